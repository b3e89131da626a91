//! What admin pages show, as JSON for programs at the same addresses.

use axum::{
    Json,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use leptos_cached::no_store;
use serde::Serialize;

/// Whether a client prefers JSON to a page.
pub(super) fn is_preferred(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| {
        accepted.contains("application/json") && !accepted.contains("text/html")
    })
}

/// The response with a value. Nobody may store it, as it is for one visitor and of this moment.
pub(super) fn respond(value: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, no_store())], Json(value)).into_response()
}
