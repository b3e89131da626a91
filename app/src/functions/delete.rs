//! The server function that removes a row.

use catalogue::normalizer::Schema;
use leptos::prelude::*;
use leptos_cached::{Edit, Editing, Fault, Fetch};

use super::Saved;
#[cfg(feature = "ssr")]
use super::edits;

/// A row to remove.
#[derive(Debug, Clone)]
pub struct Delete {
    /// The row's catalogue.
    pub schema: &'static Schema,
    /// The row.
    pub id: i64,
    /// The expected version. If the row has another one by then, nothing is changed.
    pub version: Option<i64>,
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
        self.version.map(|version| format!("\"{version}\""))
    }

    #[cfg(feature = "ssr")]
    fn from_request(request: &http::request::Parts, _: &[u8]) -> Result<Self, Fault> {
        let (schema, id) = super::row_of(request)?;
        Ok(Self {
            schema,
            id,
            version: super::expected_version(request)?,
        })
    }
}
