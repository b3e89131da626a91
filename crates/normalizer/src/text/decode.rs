//! Rule 1: from raw text to text that can be compared.

use std::borrow::Cow;

use super::nfkc::nfkc;

/// Decodes percent escapes and `+` once. An invalid `%` stays as it is, invalid UTF-8 is replaced.
pub(crate) fn decode(raw: &str) -> Cow<'_, str> {
    if !raw.bytes().any(|byte| matches!(byte, b'%' | b'+')) {
        return Cow::Borrowed(raw);
    }
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, escaped(tail)) {
            (b'%', Some((byte, tail))) => {
                bytes.push(byte);
                rest = tail;
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(*first),
        }
    }
    let text = String::from_utf8(bytes);
    Cow::Owned(text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// The byte that two hexadecimal digits stand for, and the text after them.
fn escaped(text: &[u8]) -> Option<(u8, &[u8])> {
    let [high, low, rest @ ..] = text else {
        return None;
    };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let byte = digit(high)? * 16 + digit(low)?;
    Some((u8::try_from(byte).ok()?, rest))
}

/// NFKC, lower case where case has no meaning, NFKC, trim.
///
/// The second NFKC is needed: `J` with a caron has no composed form, `ǰ` does. Lower-casing goes
/// character by character, so a capital sigma becomes `σ` even at the end of a word.
pub(crate) fn clean(text: Cow<'_, str>, fold: bool) -> Cow<'_, str> {
    if !text.is_ascii() {
        let mut text = nfkc(&text);
        if fold {
            let small: String = text.chars().flat_map(char::to_lowercase).collect();
            text = nfkc(&small);
        }
        return trim(Cow::Owned(text));
    }
    if fold && text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let mut text = text.into_owned();
        text.make_ascii_lowercase();
        return trim(Cow::Owned(text));
    }
    trim(text)
}

fn trim(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
