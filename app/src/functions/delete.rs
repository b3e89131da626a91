//! The server function that removes a row.

use catalogue::normalizer::Schema;
use leptos::prelude::*;
use leptos_cached::{Edit, Editing, Fault, Fetch};

#[cfg(feature = "ssr")]
use super::edits;
use super::{Condition, Saved};

/// A row to remove.
#[derive(Debug, Clone)]
pub struct Delete {
    /// The row's catalogue.
    pub schema: &'static Schema,
    /// The row.
    pub id: i64,
    /// What the row's version must be; otherwise nothing is done.
    pub condition: Condition,
}

/// Removes a row, and returns once no node serves answers from before that: DELETE
/// `/api/{catalogue}/{id}/`.
#[server(
    name = DeleteFn,
    prefix = "/api",
    endpoint = "{catalogue}/{id}/",
    protocol = Editing,
    client = Fetch,
    input_derive = (Clone,)
)]
pub async fn delete(
    /// The row to remove.
    delete: Delete,
) -> Result<Saved, Fault> {
    edits()?.delete(delete).await
}

impl Edit for Delete {
    const METHOD: http::Method = http::Method::DELETE;

    fn url(&self) -> String {
        super::url_of(self.schema, self.id)
    }

    fn if_match(&self) -> Option<String> {
        self.condition.if_match()
    }

    #[cfg(feature = "ssr")]
    fn from_request(request: &http::request::Parts, _: &[u8]) -> Result<Self, Fault> {
        let (schema, id) = super::row_of(request)?;
        Ok(Self {
            schema,
            id,
            condition: super::condition_of(request)?,
        })
    }
}
