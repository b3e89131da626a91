//! What operators ask: health, readiness, metrics.

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
    routing::get,
};

use super::{App, policy::CachePolicy};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(health))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

/// The process answers.
async fn health() -> impl IntoResponse {
    (
        [(header::CACHE_CONTROL, CachePolicy::Never.header())],
        "ok\n",
    )
}

/// The node follows the database, so what it remembers counts.
async fn ready(State(app): State<App>) -> impl IntoResponse {
    let (status, text) = if app.tiers.log().has_lease() {
        (StatusCode::OK, "ready\n")
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "the change log is not followed\n",
        )
    };
    (
        status,
        [(header::CACHE_CONTROL, CachePolicy::Never.header())],
        text,
    )
}

async fn metrics(State(app): State<App>) -> impl IntoResponse {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; version=0.0.4"),
        ),
        (header::CACHE_CONTROL, CachePolicy::Never.header()),
    ];
    (headers, app.metrics.render())
}
