//! What a page knows of the request that it answers.

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

/// What is known of it.
#[derive(Debug)]
pub struct Inner {
    /// The path, as it was sent.
    pub path: String,
    /// What stands behind the `?`, as it was sent.
    pub search: String,
    /// What this site is called, such as `https://example.org`; empty if nobody has said.
    pub origin: String,
    cut_off: AtomicBool,
}

impl Request {
    /// A request for a path and a raw query, on a site of this name.
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

    /// Notes that an answer on the page may be from before an edit, because the database cannot be
    /// reached: the page has to say so.
    pub fn mark_cut_off(&self) {
        self.0.cut_off.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_cut_off(&self) -> bool {
        self.0.cut_off.load(Ordering::Relaxed)
    }

    /// An address of this site with the site's name, where that is known.
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
