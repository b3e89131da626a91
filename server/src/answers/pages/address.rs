//! The canonical addresses of readers' pages.

use std::sync::Arc;

use catalogue::normalizer::Schema;
use site::Page;

use crate::answers::composite::Whole;

/// The canonical address of a page that the tiers store, and the key that it is stored under. Cheap
/// to clone.
#[derive(Debug, Clone)]
pub struct Address(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    page: Page,
    key: String,
}

/// Pages never leave the node, and a node runs one build, so the key contains neither.
const PREFIX: &str = "hearth:page:";

impl Address {
    /// The address of a page, under which the browser stores it too. `None` for a page that says
    /// what is wrong with its address, and for one that no tier may store: those are rendered from
    /// the address as it was sent.
    pub(crate) fn of(page: Page) -> Option<Self> {
        let key = [PREFIX, &page.canonical()?].concat();
        Some(Self(Arc::new(Inner { page, key })))
    }

    /// The row, if this is the page of one.
    pub(crate) fn row(&self) -> Option<(&'static Schema, i64)> {
        self.0.page.row()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0.key[PREFIX.len()..]
    }
}

impl Whole for Address {
    const KIND: (&'static str, &'static str) = ("page", "pages");

    fn address(&self) -> &str {
        self.as_str()
    }

    fn key(&self) -> &str {
        &self.0.key
    }
}
