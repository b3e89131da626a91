//! Server-sent events as a response.

use std::{convert::Infallible, time::Duration};

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use futures::Stream;
use leptos_cached::no_store;

/// How long a stream may be silent: short enough that proxies do not close it, and that a client
/// notices a lost connection.
pub(super) const HEARTBEAT: Duration = Duration::from_secs(15);

/// An admin's stream ends after this, so that whoever may no longer look does not. Clients connect
/// again.
pub(super) const LONGEST: Duration = Duration::from_hours(1);

/// The response that sends these events as they come.
pub(super) fn respond(
    events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static,
) -> Response {
    let headers = [
        (header::CACHE_CONTROL, no_store()),
        // Proxies that buffer responses would hold events back.
        (
            HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        ),
    ];
    (headers, Sse::new(events)).into_response()
}
