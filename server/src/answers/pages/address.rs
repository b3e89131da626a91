//! The canonical addresses of readers' pages.

use std::sync::Arc;

use catalogue::normalizer::Schema;
use site::Page;

/// The canonical address of a page that the tiers store, and the key that it is stored under. Cheap
/// to clone.
#[derive(Debug, Clone)]
pub struct Address(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    page: Page,
    key: String,
}

/// Pages never leave the node, and a node runs one build: neither is part of the key.
const PREFIX: &str = "hearth:page:";

impl Address {
    /// The address of a page, under which the browser stores it too. `None` for a page that says what
    /// is wrong with its address, and for what no tier may store: those are rendered as they were
    /// sent.
    pub(crate) fn of(page: Page) -> Option<Self> {
        let key = [PREFIX, &page.canonical()?].concat();
        Some(Self(Arc::new(Inner { page, key })))
    }

    /// The row whose page it is.
    pub(crate) fn row(&self) -> Option<(&'static Schema, i64)> {
        match self.0.page {
            Page::Row { schema, id } => Some((schema, id)),
            _ => None,
        }
    }

    pub(crate) fn key(&self) -> &str {
        &self.0.key
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0.key[PREFIX.len()..]
    }
}
