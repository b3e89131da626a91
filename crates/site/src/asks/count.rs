//! The ask: how many rows a list has.

use ask::CachePolicy;
use catalogue::normalizer::Query;

use super::{Touch, ask};

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

    /// A row that is counted from now on, or no longer.
    pub(crate) fn touch(&self) -> Touch {
        Touch::matching(&self.query, |_| Some(Box::default()))
    }
}

ask!(Count, query query);
