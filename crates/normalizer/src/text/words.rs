//! Names and tokens: the words of a query.

use std::borrow::Cow;

use super::decode::{clean, decode};
use crate::Kind;

/// The name that a raw name spells: `City%5B%5D` is `city`.
pub(crate) fn name(raw: &str) -> Cow<'_, str> {
    let name = clean(decode(raw), true);
    match name {
        Cow::Borrowed(name) => Cow::Borrowed(name.strip_suffix("[]").unwrap_or(name)),
        Cow::Owned(mut name) => {
            if name.ends_with("[]") {
                name.truncate(name.len() - 2);
            }
            Cow::Owned(name)
        }
    }
}

/// Whether rule 3 ignores this name. Rule 4 drops every name that the schema does not have, so this
/// only distinguishes the two rules in a trace.
pub(crate) fn is_ignored(name: &str) -> bool {
    const IGNORED: &[&str] = &[
        "_",
        "csrftoken",
        "fbclid",
        "gclid",
        "msclkid",
        "ref",
        "timestamp",
        "view",
    ];
    name.starts_with("utm_") || IGNORED.contains(&name)
}

/// Whether rule 4 drops this value: it is empty, or JavaScript's text for a missing one.
///
/// Where case is preserved, it matters: a person may be called Null.
pub(crate) fn is_nothing(value: &str, kind: Kind) -> bool {
    match value {
        "" | "null" | "undefined" => true,
        _ if kind.bypasses() => false,
        _ => value.eq_ignore_ascii_case("null") || value.eq_ignore_ascii_case("undefined"),
    }
}

/// The words of a list, for a message.
pub(crate) fn join_with_or(of: &[&str], any: Option<&str>) -> String {
    let words: Vec<&str> = of.iter().copied().chain(any).collect();
    words.join(", ")
}

/// The token of a text: the element of a query that finds it.
///
/// This is how a city's name becomes the key by which it is found. A comma cannot be part of an
/// element, so it separates words as a space does.
///
/// ```
/// use normalizer::token;
///
/// assert_eq!(token("  San  José "), "san-jose");
/// assert_eq!(token("Winston_Salem"), "winston-salem");
/// assert_eq!(token("Washington, D.C."), "washington-d.c.");
/// ```
#[must_use]
pub fn token(text: &str) -> String {
    let text = clean(Cow::Borrowed(text), true).replace(',', " ");
    joined(text.trim()).into_owned()
}

/// Turns each run of white space, `_` and `-` into one `-`.
pub(crate) fn joined(text: &str) -> Cow<'_, str> {
    if is_joined(text) {
        return Cow::Borrowed(text);
    }
    let mut token = String::with_capacity(text.len());
    for character in text.chars() {
        let separates = character.is_whitespace() || matches!(character, '_' | '-');
        match (separates, token.ends_with('-')) {
            (false, _) => token.push(character),
            (true, false) => token.push('-'),
            (true, true) => {}
        }
    }
    Cow::Owned(token)
}

/// Whether a text is certainly a token. Quick; may be false for a text that is one.
pub(crate) fn is_joined(text: &str) -> bool {
    let mut last = 0;
    text.bytes().all(|byte| {
        let fits =
            matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.') || (byte == b'-' && last != b'-');
        last = byte;
        fits
    })
}
