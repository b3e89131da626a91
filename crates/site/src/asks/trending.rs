//! The ask: the most viewed rows.

use ask::CachePolicy;
use catalogue::{
    lifetimes,
    normalizer::{Query, Schema},
};

use super::{Touch, ask};

/// The rows that readers view most: `/api/{catalogue}/trending/`.
#[derive(Debug, Clone)]
pub struct Trending {
    /// The catalogue.
    pub schema: &'static Schema,
}

impl Trending {
    /// How the answer is cached. It only ages, because views are not in the change log; how fast is
    /// declared with the catalogue.
    pub fn cache(schema: &Schema) -> CachePolicy {
        let lifetimes = lifetimes(schema.catalogue);
        CachePolicy::every(lifetimes.ranking).keep(lifetimes.ranking_lifetime)
    }

    pub(crate) fn canonical_url(&self) -> String {
        ["/api/", self.schema.catalogue, "/trending/"].concat()
    }

    pub(crate) fn cache_key(&self) -> String {
        Query::all(self.schema).key_of("trending")
    }

    /// Only the rows that it shows; the ranking itself ages.
    pub(crate) fn touch(&self) -> Touch {
        Touch::Shown
    }
}

ask!(Trending, |ask| ask.schema, |ask| Self::cache(ask.schema));
