//! Endpoints for operators: health, readiness, metrics.

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
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
async fn health() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, no_store())], "ok\n")
}

/// Whether the node is to get requests: it follows the database, and so may use its cached answers,
/// and it is not about to stop.
async fn ready(State(app): State<App>) -> impl IntoResponse {
    let (status, text) = if app.is_leaving() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if app.tiers.log().has_lease() {
        (StatusCode::OK, "ready\n")
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "not following the change log\n",
        )
    };
    (status, [(header::CACHE_CONTROL, no_store())], text)
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
