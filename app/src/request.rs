//! What a page knows about its request.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use leptos::prelude::expect_context;

/// The request that is being answered. The server puts it into the context of its page. Cheap to
/// clone.
#[derive(Debug, Clone)]
pub struct Request(Arc<Inner>);

/// The parts of a request.
#[derive(Debug)]
pub struct Inner {
    /// The path, as it was sent.
    pub path: String,
    /// The query string without its `?`, as it was sent.
    pub search: String,
    /// The origin of this site, such as `https://example.org`; empty if it is not configured.
    pub origin: String,
    cut_off: AtomicBool,
}

impl Request {
    /// A request for a path and a raw query, on a site with this origin.
    pub fn new(path: &str, search: &str, origin: &str) -> Self {
        Self(Arc::new(Inner {
            path: path.to_owned(),
            search: search.to_owned(),
            origin: origin.to_owned(),
            cut_off: AtomicBool::new(false),
        }))
    }

    /// The request that is being answered.
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// Notes that an answer on the page may be from before an edit, because the database is
    /// unreachable. The page must say so.
    pub fn mark_cut_off(&self) {
        self.0.cut_off.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_cut_off(&self) -> bool {
        self.0.cut_off.load(Ordering::Relaxed)
    }

    /// An address of this site, with the site's origin if that is known.
    pub(crate) fn absolute(&self, address: &str) -> String {
        self.origin.clone() + address
    }

    /// Path and query.
    pub(crate) fn address(&self) -> String {
        let separator = if self.search.is_empty() { "" } else { "?" };
        [&self.path, separator, &self.search].concat()
    }
}

impl Deref for Request {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
