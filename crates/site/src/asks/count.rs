//! The ask: how many rows a list has.

use ask::CachePolicy;
use catalogue::normalizer::Query;

use super::{Touch, ask, matching};

/// How many rows match a query's filters, on all pages together: `/api/{catalogue}/count/`.
#[derive(Debug, Clone)]
pub struct Count {
    /// The filters, without page and order.
    query: Query,
}

impl Count {
    /// How the answer is cached. Only an edit changes it.
    pub const CACHE: CachePolicy = CachePolicy::on_change();

    /// The count for the filters of a query, on any page and in any order.
    pub fn of(query: &Query) -> Self {
        Self {
            query: query.filters(),
        }
    }

    /// The filters.
    pub fn filters(&self) -> &Query {
        &self.query
    }

    pub(crate) fn canonical_url(&self) -> String {
        let path = ["/api/", self.query.schema().catalogue, "/count/"].concat();
        self.query.url(&path)
    }

    pub(crate) fn cache_key(&self) -> String {
        self.query.key_of("count")
    }

    /// Every row that is counted.
    pub(crate) fn touch(&self) -> Touch {
        matching(&self.query, Touch::Matching)
    }
}

ask!(Count, query query);
