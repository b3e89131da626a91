//! One round trip: the answer to an edit brings along what its editor has on screen, as it is after the
//! edit.
//!
//! The request says which addresses those are, each with the entity tag that it has:
//! `Hearth-Refresh: [["/api/properties/?city=austin", "\"abc\""], ["/properties/7", null]]`. The answer is
//! then an object:
//!
//! | member | |
//! |---|---|
//! | `row` | the row, or what else the edit is answered with; `null` if nothing |
//! | `revision` | that of the edit |
//! | `touched` | how many cached answers the edit touched on this node, with the first of their `addresses` |
//! | `answers` | those of the wanted addresses that are not as they were: `url`, `etag`, `type` and `body` |
//!
//! Nobody declares which answers an edit changes: the log's rule decides which of them are still valid,
//! and their entity tags whether they are the same.

use std::time::Instant;

use app::functions::{HEARTH_REVISION, HEARTH_UNDO};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use catalogue::normalizer::Rejection;
use leptos_cached::{Fault, respond_to};
use serde_json::{Value, json};
use site::{AnyAsk, Edited, Page, Route};

use super::{App, json, rendered::respond};
use crate::answers::pages::{Address, PageAsk};

/// The addresses that the editor has on screen.
pub(super) const HEARTH_REFRESH: HeaderName = HeaderName::from_static("hearth-refresh");

/// How many addresses an edit brings along at most.
const MOST: usize = 20;

/// The largest answer, in bytes.
const LARGEST: usize = 4 << 20;

/// The addresses of a request, each with the entity tag that its client has.
pub(super) struct Wanted(Vec<(String, Option<String>)>);

impl Wanted {
    /// Reads the header; `None` if there is none.
    ///
    /// # Errors
    /// If it is not such a list.
    pub(super) fn read(headers: &HeaderMap) -> Result<Option<Self>, Fault> {
        let Some(value) = headers.get(HEARTH_REFRESH) else {
            return Ok(None);
        };
        let text = value.to_str().unwrap_or_default();
        let list = serde_json::from_str(text).ok();
        let list = list.filter(|list: &Vec<(String, Option<String>)>| list.len() <= MOST);
        let expected =
            format!("a JSON array of at most {MOST} pairs: an address and its entity tag");
        let list = list.ok_or_else(|| Rejection::of("Hearth-Refresh", text, &expected))?;
        Ok(Some(Self(list)))
    }

    /// The answer to an edit, with what is wanted. A refusal stays as it is.
    pub(super) async fn with(self, app: &App, response: Response) -> Response {
        if !response.status().is_success() {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, LARGEST).await else {
            return Fault::Unavailable.into_response();
        };
        let row: Value = serde_json::from_slice(&body).unwrap_or_default();
        let revision = parts.headers.get(HEARTH_REVISION);
        let revision: u64 = revision
            .and_then(|revision| revision.to_str().ok()?.parse().ok())
            .unwrap_or_default();
        let undo = parts.headers.get(HEARTH_UNDO);
        let undo = undo.and_then(|address| Edited::parse(address.to_str().ok()?));
        let touched = match undo {
            Some(Edited::Undo { revision }) => touched(app, revision).await,
            _ => json!({ "count": 0, "addresses": [] }),
        };
        let mut answers = Vec::new();
        for (url, etag) in self.0 {
            if let Some(answer) = changed(app, &url, etag.as_deref()).await {
                answers.push(answer);
            }
        }
        let answer = json::respond(json!({
            "row": row,
            "revision": revision,
            "touched": touched,
            "answers": answers,
        }));
        // What describes the body is that of the new one.
        let (described, body) = answer.into_parts();
        for name in [
            header::CONTENT_LENGTH,
            header::CONTENT_ENCODING,
            header::ETAG,
        ] {
            parts.headers.remove(name);
        }
        parts.headers.extend(described.headers);
        if parts.status == StatusCode::NO_CONTENT {
            parts.status = StatusCode::OK;
        }
        Response::from_parts(parts, body)
    }
}

/// How many answers an edit touched.
async fn touched(app: &App, revision: u64) -> Value {
    let changes = match app.tiers.origin().changes_of_edit(revision).await {
        Ok(changes) => changes,
        Err(error) => {
            tracing::warn!(%error, "cannot tell which answers an edit touched");
            Vec::new()
        }
    };
    let (count, addresses) = app.touched_by(&changes);
    json!({ "count": count, "addresses": addresses })
}

/// An answer that is not as it was; `None` for one that is, and for an address that has none.
async fn changed(app: &App, url: &str, etag: Option<&str>) -> Option<Value> {
    let uri: Uri = url.parse().ok()?;
    let mut headers = HeaderMap::new();
    if let Some(etag) = etag {
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_str(etag).ok()?);
    }
    let route = Route::parse(uri.path(), uri.query().unwrap_or_default());
    let response = match route.ok()? {
        Route::Ask(ask) => of_ask(app, &ask, &uri, &headers).await?,
        Route::Page(page) => of_page(app, page, &headers).await?,
        Route::Admin(_) | Route::Fixed(_) => return None,
    };
    if response.status() == StatusCode::NOT_MODIFIED {
        return None;
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LARGEST).await.ok()?;
    let text = |name: HeaderName| {
        let value = parts.headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    Some(json!({
        "url": url,
        "status": parts.status.as_u16(),
        "etag": text(header::ETAG),
        "type": text(header::CONTENT_TYPE),
        "body": String::from_utf8_lossy(&body),
    }))
}

async fn of_ask(app: &App, ask: &AnyAsk, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
    let started = Instant::now();
    let answer = app.tiers.answer(ask).await.ok()?.into();
    Some(respond_to(&answer, uri, headers, &app.downstream, started))
}

async fn of_page(app: &App, page: Page, headers: &HeaderMap) -> Option<Response<Body>> {
    let address = Address::of(page)?;
    let answer = app.pages.answer(&PageAsk::page(&address)).await.ok()?;
    Some(respond(&answer, &app.downstream, headers))
}
