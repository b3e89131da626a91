//! The ask: a page of a list.

use catalogue::{Catalogue, normalizer::Query};

use super::{Touch, ask, lists};

/// A page of a list, with the count of the whole list: `/api/{catalogue}/`.
#[derive(Debug, Clone)]
pub struct List {
    /// The query of the list.
    pub query: Query,
}

impl List {
    pub(crate) fn canonical_url(&self) -> String {
        let path = ["/api/", self.query.schema().catalogue, "/"].concat();
        self.query.url(&path)
    }

    pub(crate) fn cache_key(&self) -> String {
        self.query.key()
    }

    /// A row that joins the list, leaves it or moves within it: whatever page it is on, it may move
    /// others to this one.
    pub(crate) fn touch(&self) -> Touch {
        let moving = |catalogue: &'static Catalogue| catalogue.moving(catalogue.sort(&self.query));
        Touch::matching(&self.query, moving)
    }
}

ask!(List, |ask| ask.query.schema(), |ask| lists(&ask.query));
