//! Words for a shell.

use std::ffi::OsStr;

/// A word that a shell takes as it is.
pub(crate) fn quote(word: impl AsRef<OsStr>) -> String {
    let word = word.as_ref().to_string_lossy();
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_does_not_end_the_word() {
        assert_eq!(quote("it's $1"), r"'it'\''s $1'");
    }
}
