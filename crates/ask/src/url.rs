//! Parsing an ask from a URL.

use normalizer::Rejection;

use crate::Ask;

/// An ask that can be parsed from the URL of a request.
pub trait FromUrl: Ask {
    /// Parses a path and the query string after its `?`, in any spelling: the inverse of
    /// [`url`](Ask::url), and more, because many spellings mean the same.
    ///
    /// # Errors
    /// If the URL does not belong to such an ask, or if its parameters are invalid.
    fn from_url(path: &str, query: &str) -> Result<Self, UrlError>;
}

/// Why a URL is not an ask.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// There is nothing at that path.
    #[error("there is nothing at this address")]
    NotFound,
    /// The path is right, but its parameters are not.
    #[error(transparent)]
    Parameters(#[from] Rejection),
}
