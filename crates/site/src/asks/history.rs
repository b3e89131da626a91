//! The ask: the prices that a row has had.

use ask::CachePolicy;
use catalogue::normalizer::{Query, Schema};

use super::{Touch, ask};

/// The prices that a row has had: `/api/{catalogue}/{id}/history/`.
#[derive(Debug, Clone)]
pub struct History {
    /// The row's catalogue.
    pub schema: &'static Schema,
    /// The row's id.
    pub id: i64,
}

impl History {
    /// How the answer is cached. It comes from the change log, which only an edit extends.
    pub const CACHE: CachePolicy = CachePolicy::on_change();

    pub(crate) fn canonical_url(&self) -> String {
        format!("/api/{}/{}/history/", self.schema.catalogue, self.id)
    }

    pub(crate) fn cache_key(&self) -> String {
        Query::all(self.schema).key_of(&format!("history:{}", self.id))
    }

    /// The row alone.
    pub(crate) fn touch(&self) -> Touch {
        Touch::Shown
    }
}

ask!(History, schema schema);
