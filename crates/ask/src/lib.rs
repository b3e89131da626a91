//! What a question is, for every place that asks, answers or caches one.
//!
//! A question has one answer at any moment. Its type says, once, all that the browser, the web
//! tier and the shared tier have to agree on: the canonical [URL](Ask::url) under which it is
//! asked, the [key](Ask::key) under which every tier stores its answer, [which edits
//! touch](Ask::holds_for) that answer, and its [`CachePolicy`].
//!
//! [`QueryAsk`] is the usual kind, in a few lines. An app whose database logs its changes implements
//! [`Ask`] itself, and says which rows a question is about.
//!
//! This crate does no I/O and is compiled for WebAssembly and natively.

#![forbid(unsafe_code)]

mod policy;
mod query;
mod url;

use std::{borrow::Cow, fmt::Debug};

pub use normalizer;
pub use policy::{CachePolicy, Revalidate};
pub use query::QueryAsk;
pub use url::{FromUrl, UrlError};

/// A question that has one answer at any moment.
///
/// Two requests that mean the same are the same question: they have the same [`url`](Self::url),
/// and so the same [`key`](Self::key).
pub trait Ask: Clone + Debug + Send + Sync + 'static {
    /// The part of a row that decides whether the question is about it; `()` where nothing is
    /// known of rows.
    type Image: Send + Sync + 'static;

    /// The canonical URL: a path and a canonical query. It says the whole question, so a cached
    /// entry holds it and is compared with it when it is read: two questions that share a
    /// shortened key never share an answer.
    fn url(&self) -> Cow<'_, str>;

    /// The name under which every tier stores the answer.
    fn key(&self) -> Cow<'_, str>;

    /// The catalogue whose rows the answer is made of.
    fn catalogue(&self) -> &'static str;

    /// How the answer is cached.
    fn policy(&self) -> CachePolicy;

    /// Whether the question's predicate holds for a row: a change of such a row touches the
    /// answer. What the answer shows is touched by every change of it, whatever this says.
    fn holds_for(&self, image: &Self::Image) -> bool {
        let _ = image;
        false
    }

    /// Whether a row, as a change left it, may not be shown any more, not even in an answer that
    /// is marked as possibly old. `None` is a row that was deleted.
    fn is_withdrawn(&self, image: Option<&Self::Image>) -> bool {
        image.is_none()
    }
}
