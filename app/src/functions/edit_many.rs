//! The server function that edits many rows at once.

use catalogue::normalizer::Schema;
use leptos::prelude::*;
use leptos_cached::{Edit, Editing, Fault, Fetch};
use site::Edited;

#[cfg(feature = "ssr")]
use super::edits;

/// New values for fields of many rows.
#[derive(Debug, Clone)]
pub struct EditMany {
    /// The rows' catalogue.
    pub schema: &'static Schema,
    /// A JSON object: `fields`, the fields' values by name; and either `rows`, an array of objects with
    /// an `id`, optionally the `version` that the editor saw, and `fields` of its own, or `where`, a
    /// query, optionally with `as_of`, the revision at which the editor saw its rows.
    pub edit: String,
}

/// What an edit of many rows has done.
#[derive(Debug)]
pub struct ManySaved {
    /// A JSON object: `revision`, `edited` and `unchanged` (how many rows), `refused`: an array with the
    /// `id`, the `title` and the reason (`why`) of each row that was left alone, and `rows`: those that
    /// were changed, unless they are many, each with its `id`, its `version` and its `fields` as a form
    /// shows them.
    pub json: String,
    /// The revision of the edit.
    #[cfg(feature = "ssr")]
    pub revision: u64,
    /// The revision by which it can be undone; `None` if nothing was changed.
    #[cfg(feature = "ssr")]
    pub undo: Option<u64>,
    /// How long the commit and its acknowledgment took: the value of `Server-Timing`.
    #[cfg(feature = "ssr")]
    pub timing: String,
}

/// Sets fields of many rows in one transaction, and returns once no node serves answers from before
/// that: PATCH `/api/{catalogue}/`. Rows that others have edited since are left alone and reported.
#[server(
    name = EditManyFn,
    prefix = "/api",
    endpoint = "{catalogue}/",
    protocol = Editing,
    client = Fetch,
    input_derive = (Clone,)
)]
pub async fn edit_many(
    /// The edit.
    edit: EditMany,
) -> Result<ManySaved, Fault> {
    edits()?.edit_many(edit).await
}

impl Edit for EditMany {
    const METHOD: http::Method = http::Method::PATCH;

    fn url(&self) -> String {
        Edited::Rows(self.schema).path()
    }

    fn body(&self) -> Option<String> {
        Some(self.edit.clone())
    }

    #[cfg(feature = "ssr")]
    fn from_request(request: &http::request::Parts, body: &[u8]) -> Result<Self, Fault> {
        Ok(Self {
            schema: super::rows_of(request)?,
            edit: super::json_of(body)?,
        })
    }
}

#[cfg(feature = "ssr")]
impl axum::response::IntoResponse for ManySaved {
    fn into_response(self) -> axum::response::Response {
        use http::{HeaderValue, header};
        use leptos_cached::{SERVER_TIMING, no_store};

        let mut response = self.json.into_response();
        let headers = response.headers_mut();
        let json = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, json);
        headers.insert(header::CACHE_CONTROL, no_store());
        headers.insert(super::HEARTH_REVISION, self.revision.into());
        super::say_undo(headers, self.undo);
        if let Ok(timing) = self.timing.parse() {
            headers.insert(SERVER_TIMING, timing);
        }
        response
    }
}

#[cfg(not(feature = "ssr"))]
impl leptos_cached::FromJson for ManySaved {
    fn from_json(json: &str) -> Result<Self, leptos_cached::Unreadable> {
        let json = json.to_owned();
        Ok(Self { json })
    }
}
