//! What can be asked, stated once for every place that asks, answers or caches.
//!
//! An ask has one answer at any time. Its type states, once, everything that the browser, the web
//! tier and the shared tier must agree on: the canonical [URL](Ask::url) at which it is requested,
//! the [key](Ask::key) under which every tier stores its answer, [which edits
//! touch](Ask::is_touched_by) that answer, and its [`CachePolicy`].
//!
//! [`QueryAsk`] is the usual kind, in a few lines. An app whose database logs its changes
//! implements [`Ask`] itself, and says which rows an ask is about.
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

/// Something that can be asked, and that has one answer at any time.
///
/// Two requests that mean the same are the same ask: they have the same [`url`](Self::url),
/// and so the same [`key`](Self::key).
pub trait Ask: Clone + Debug + Send + Sync + 'static {
    /// The part of a row that decides whether the ask is about it; `()` if nothing is known about
    /// rows.
    type Image: Send + Sync + 'static;

    /// The canonical URL: a path and a canonical query. It states the whole ask, so a cached entry
    /// contains it and is compared with it when it is read: two asks that share a shortened key
    /// never share an answer.
    fn url(&self) -> Cow<'_, str>;

    /// The name under which every tier stores the answer.
    fn key(&self) -> Cow<'_, str>;

    /// The catalogue whose rows the answer is made of.
    fn catalogue(&self) -> &'static str;

    /// What kind of ask it is, such as `list`: one of few names, by which metrics count.
    fn kind(&self) -> &'static str {
        "answer"
    }

    /// How the answer is cached.
    fn policy(&self) -> CachePolicy;

    /// Whether the ask's predicate holds for a row.
    fn holds_for(&self, image: &Self::Image) -> bool {
        let _ = image;
        false
    }

    /// Whether a change of a row touches the answer: `before` is `None` if the row was added,
    /// `after` if it was removed. A change of a row that the answer shows always does, whatever
    /// this returns.
    ///
    /// An ask that knows more about its answer than its predicate says may be more precise: a count
    /// stays the same when a row is edited that matches before and after.
    fn is_touched_by(&self, before: Option<&Self::Image>, after: Option<&Self::Image>) -> bool {
        let mut rows = [before, after].into_iter().flatten();
        rows.any(|row| self.holds_for(row))
    }

    /// Whether a row, as a change left it, must no longer be shown, not even in an answer that is
    /// marked as possibly old. `None` is a row that was deleted.
    fn is_withdrawn(&self, image: Option<&Self::Image>) -> bool {
        image.is_none()
    }
}
