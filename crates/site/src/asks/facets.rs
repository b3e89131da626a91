//! The ask: what each further choice would leave.

use catalogue::normalizer::Query;

use super::{Touch, ask, lists};

/// How many rows each further choice of a query's filters would leave: `/api/{catalogue}/facets/`.
#[derive(Debug, Clone)]
pub struct Facets {
    /// The filters, without page and order.
    query: Query,
}

impl Facets {
    /// The facets for the filters of a query, on any page and in any order.
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
        let path = ["/api/", self.query.schema().catalogue, "/facets/"].concat();
        self.query.url(&path)
    }

    pub(crate) fn cache_key(&self) -> String {
        self.query.key_of("facets")
    }

    /// A row that counts for another choice than before, or no longer, or in other words.
    pub(crate) fn touch(&self) -> Touch {
        Touch::counting(&self.query)
    }
}

ask!(Facets, |ask| ask.query.schema(), |ask| lists(&ask.query));
