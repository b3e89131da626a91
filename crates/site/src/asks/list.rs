//! The ask: a page of a list.

use ask::CachePolicy;
use catalogue::normalizer::Query;

use super::{Touch, ask, matching};

/// A page of a list, with the count of the whole list: `/api/{catalogue}/`.
#[derive(Debug, Clone)]
pub struct List {
    /// The query of the list.
    pub query: Query,
}

impl List {
    /// How the answer is cached. A text search is answered and never stored.
    pub const CACHE: CachePolicy = CachePolicy::standard();

    pub(crate) fn canonical_url(&self) -> String {
        let path = ["/api/", self.query.schema().catalogue, "/"].concat();
        self.query.url(&path)
    }

    pub(crate) fn cache_key(&self) -> String {
        self.query.key()
    }

    /// Every row that matches the filters: it may be on this page, or move others there.
    pub(crate) fn touch(&self) -> Touch {
        matching(&self.query, Touch::Matching)
    }
}

ask!(List, query query);
