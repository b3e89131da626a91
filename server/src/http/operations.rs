//! Endpoints for operators: health, readiness, metrics.

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use leptos_cached::no_store;
use site::Fixed;

use super::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(Fixed::Health.path(), get(health))
        .route(Fixed::Ready.path(), get(ready))
        .route(Fixed::Metrics.path(), get(metrics))
}

/// Whether the process answers.
async fn health() -> Response {
    healthy()
}

/// The answer of a process that answers.
pub(super) fn healthy() -> Response {
    ([(header::CACHE_CONTROL, no_store())], "ok\n").into_response()
}

/// The answer of a node that is not to get requests, and why.
pub(super) fn not_ready(why: &'static str) -> Response {
    let headers = [(header::CACHE_CONTROL, no_store())];
    (StatusCode::SERVICE_UNAVAILABLE, headers, why).into_response()
}

/// Whether the node is to get requests: it follows the database, and so may use its cached answers,
/// and it is not about to stop.
async fn ready(State(app): State<App>) -> Response {
    if app.is_leaving() {
        not_ready("stopping\n")
    } else if app.tiers.log().has_lease() {
        ([(header::CACHE_CONTROL, no_store())], "ready\n").into_response()
    } else {
        not_ready("not following the change log\n")
    }
}

async fn metrics(State(app): State<App>) -> impl IntoResponse {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; version=0.0.4"),
        ),
        (header::CACHE_CONTROL, no_store()),
    ];
    app.tiers.report("data");
    app.pages.report("pages");
    app.graphql.responses().report("graphql");
    app.pages.origin().fragments().report();
    (headers, app.metrics.render())
}
