//! The server function that edits a row.

use catalogue::normalizer::Schema;
use leptos::prelude::*;
use leptos_cached::{Edit, Editing, Fault, Fetch};

use super::Condition;

#[cfg(feature = "ssr")]
use super::edits;

/// New values for fields of a row.
#[derive(Debug, Clone)]
pub struct Update {
    /// The row's catalogue.
    pub schema: &'static Schema,
    /// The row.
    pub id: i64,
    /// A JSON object: the fields' values by name.
    pub fields: String,
    /// What the row's version must be; otherwise nothing is done.
    pub condition: Condition,
    /// The version that the editor read: what others have edited since then stays, unless the editor
    /// has edited it too.
    pub base: Option<i64>,
}

/// A row after an edit.
#[derive(Debug)]
pub struct Saved {
    /// The row as JSON; `None` if it was removed.
    #[cfg(feature = "ssr")]
    pub row: Option<leptos_cached::Representation>,
    /// The address of the row, if it is new.
    #[cfg(feature = "ssr")]
    pub location: Option<String>,
    /// The revision of the edit.
    #[cfg(feature = "ssr")]
    pub revision: u64,
    /// The revision by which it can be undone; `None` if nothing was changed.
    #[cfg(feature = "ssr")]
    pub undo: Option<u64>,
    /// How long the commit and its acknowledgment took: the value of `Server-Timing`.
    #[cfg(feature = "ssr")]
    pub timing: String,
    /// The row's version.
    #[cfg(not(feature = "ssr"))]
    pub version: f64,
}

/// Sets fields of a row, and returns once no node serves answers from before that: PATCH
/// `/api/{catalogue}/{id}/`.
#[server(
    name = UpdateFn,
    prefix = "/api",
    endpoint = "{catalogue}/{id}/",
    protocol = Editing,
    client = Fetch,
    input_derive = (Clone,)
)]
pub async fn update(
    /// The edit.
    update: Update,
) -> Result<Saved, Fault> {
    edits()?.update(update).await
}

impl Edit for Update {
    const METHOD: http::Method = http::Method::PATCH;

    fn url(&self) -> String {
        super::url_of(self.schema, self.id)
    }

    fn body(&self) -> Option<String> {
        Some(self.fields.clone())
    }

    fn if_match(&self) -> Option<String> {
        self.condition.if_match()
    }

    #[cfg(feature = "ssr")]
    fn from_request(request: &http::request::Parts, body: &[u8]) -> Result<Self, Fault> {
        let (schema, id) = super::row_of(request)?;
        Ok(Self {
            schema,
            id,
            fields: super::json_of(body)?,
            condition: super::condition_of(request)?,
            base: super::base_of(request)?,
        })
    }
}

#[cfg(feature = "ssr")]
impl axum::response::IntoResponse for Saved {
    fn into_response(self) -> axum::response::Response {
        use http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
        use leptos_cached::{SERVER_TIMING, no_store, represent};

        let request = use_context::<Parts>();
        let accepted = request.map_or_else(HeaderMap::new, |request| request.headers);
        let mut response = match &self.row {
            Some(row) => represent(row, HeaderValue::from_static("application/json"), &accepted),
            None => StatusCode::NO_CONTENT.into_response(),
        };
        if self.location.is_some() {
            *response.status_mut() = StatusCode::CREATED;
        }
        let headers = response.headers_mut();
        if let Some(Ok(location)) = self.location.map(|location| location.parse()) {
            headers.insert(header::LOCATION, location);
        }
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
impl leptos_cached::FromJson for Saved {
    fn from_json(json: &str) -> Result<Self, leptos_cached::Unreadable> {
        let version = leptos_cached::number(json, "version")?;
        Ok(Self { version })
    }
}
