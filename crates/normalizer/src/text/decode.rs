//! Rule 1: from raw text to text that can be compared.

use std::borrow::Cow;

use super::fold::fold;
use super::unicode::nfkc;

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

/// NFKC, [`fold`]ed where case and accents have no meaning, trimmed.
pub(crate) fn clean(text: Cow<'_, str>, folds: bool) -> Cow<'_, str> {
    if folds {
        return trim(fold(text));
    }
    if !text.is_ascii() {
        return trim(Cow::Owned(nfkc(&text)));
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
