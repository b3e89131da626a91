//! The ask: one row.

use ask::CachePolicy;
use catalogue::normalizer::{Schema, object_key};

use super::{Touch, ask};

/// One row, whether it exists or not: `/api/{catalogue}/{id}/`.
#[derive(Debug, Clone)]
pub struct Object {
    /// The row's catalogue.
    pub schema: &'static Schema,
    /// The row's id.
    pub id: i64,
}

impl Object {
    /// How the answer is cached.
    pub const CACHE: CachePolicy = CachePolicy::standard();

    pub(crate) fn canonical_url(&self) -> String {
        format!("/api/{}/{}/", self.schema.catalogue, self.id)
    }

    pub(crate) fn cache_key(&self) -> String {
        object_key(self.schema, self.id)
    }

    /// The row alone, which the answer shows, or would show.
    pub(crate) fn touch(&self) -> Touch {
        Touch::Shown
    }
}

ask!(Object, schema schema);
