//! Reading a question off a URL.

use normalizer::Rejection;

use crate::Ask;

/// A question that can be read off the URL of a request.
pub trait FromUrl: Ask {
    /// The question of a path and of what stands behind its `?`, in whatever spelling: the inverse
    /// of [`url`](Ask::url), and more, as many spellings mean the same.
    ///
    /// # Errors
    /// If the URL is no such question's, or if its parameters are invalid.
    fn from_url(path: &str, query: &str) -> Result<Self, UrlError>;
}

/// Why a URL is no question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// There is nothing at that path.
    #[error("there is nothing at this address")]
    NotFound,
    /// The path is right, but parameters are not.
    #[error(transparent)]
    Parameters(#[from] Rejection),
}
