//! The server function that creates a row.

use catalogue::normalizer::Schema;
use leptos::prelude::*;
use leptos_cached::{Edit, Editing, Fault, Fetch};
use site::Edited;

use super::Saved;
#[cfg(feature = "ssr")]
use super::edits;

/// A row to create.
#[derive(Debug, Clone)]
pub struct Create {
    /// Its catalogue.
    pub schema: &'static Schema,
    /// A JSON object: the fields' values by name.
    pub fields: String,
    /// The key by which the request is known when it is sent again.
    pub idempotency_key: Option<String>,
}

/// Creates a row, and returns once no node serves answers from before that: POST
/// `/api/{catalogue}/`.
#[server(
    name = CreateFn,
    prefix = "/api",
    endpoint = "{catalogue}/",
    protocol = Editing,
    client = Fetch,
    input_derive = (Clone,)
)]
pub async fn create(
    /// The row.
    create: Create,
) -> Result<Saved, Fault> {
    edits()?.create(create).await
}

impl Edit for Create {
    const METHOD: http::Method = http::Method::POST;

    fn url(&self) -> String {
        Edited::Rows(self.schema).path()
    }

    fn body(&self) -> Option<String> {
        Some(self.fields.clone())
    }

    #[cfg(feature = "ssr")]
    fn from_request(request: &http::request::Parts, body: &[u8]) -> Result<Self, Fault> {
        Ok(Self {
            schema: super::rows_of(request)?,
            fields: super::json_of(body)?,
            idempotency_key: super::idempotency_key_of(request)?,
        })
    }
}
