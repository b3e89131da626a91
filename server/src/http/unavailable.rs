//! What is answered where nothing else can be.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use leptos_cached::{Fault, no_store};

use super::policy::CONTENT_SECURITY_POLICY;

/// The answer if there is none: a page for people, a problem for programs.
pub(super) fn unavailable(request: &HeaderMap, fault: Fault) -> Response {
    let accept = request.get(header::ACCEPT);
    let accept = accept.and_then(|value| value.to_str().ok());
    let is_for_people = accept.is_some_and(|accept| accept.contains("text/html"));
    if is_for_people && fault.status() == StatusCode::SERVICE_UNAVAILABLE {
        page()
    } else {
        fault.into_response()
    }
}

/// A page that needs nothing: neither the database, nor rendering, nor a style.
fn page() -> Response {
    const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
        <meta name=\"viewport\" content=\"width=device-width\">\
        <meta name=\"color-scheme\" content=\"light dark\">\
        <title>Back in a moment · Hearth</title></head>\
        <body><main><h1>Back in a moment</h1>\
        <p>This page cannot be shown just now. Please load it again in a few seconds.</p>\
        </main></body></html>\n";
    let headers = [
        (header::CACHE_CONTROL, no_store()),
        (header::RETRY_AFTER, HeaderValue::from_static("2")),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    ];
    (StatusCode::SERVICE_UNAVAILABLE, headers, Html(PAGE)).into_response()
}
