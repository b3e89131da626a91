//! The ask: the most viewed rows.

use std::time::Duration;

use ask::CachePolicy;
use catalogue::normalizer::{Query, Schema};

use super::{Touch, ask};

/// The rows that readers view most: `/api/{catalogue}/trending/`.
#[derive(Debug, Clone)]
pub struct Trending {
    /// The catalogue.
    pub schema: &'static Schema,
}

impl Trending {
    /// How the answer is cached. It only ages, because views are not in the change log.
    pub const CACHE: CachePolicy =
        CachePolicy::every(Duration::from_secs(60)).keep(Duration::from_secs(300));

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

ask!(Trending, schema schema);
