//! The store's answer to an ask, as JSON.

use bytes::Bytes;

/// The store's answer to an ask.
#[derive(Debug, Clone)]
pub struct Json {
    /// The text: `null` where there is nothing.
    pub text: Bytes,
    /// Whether there is such a row or page.
    pub found: bool,
    /// The version of the row; `None` for a list.
    pub version: Option<i64>,
}

impl Json {
    /// An answer that is not a row.
    pub(crate) fn of(text: impl Into<Bytes>) -> Self {
        Self {
            text: text.into(),
            found: true,
            version: None,
        }
    }

    /// The answer where there is nothing.
    pub(crate) fn nothing() -> Self {
        Self {
            text: Bytes::from_static(b"null"),
            found: false,
            version: None,
        }
    }
}
