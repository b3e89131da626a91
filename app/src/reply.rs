//! What a page sends besides its HTML: its status, or a redirect.

use http::{StatusCode, header::LOCATION};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_cached::Fault;

/// Answers with this status. Pages are rendered completely before their first byte is sent, so it
/// is never too late.
pub(crate) fn status(status: StatusCode) {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(status);
    }
}

/// Answers with the status of a fault.
pub(crate) fn failed(fault: &Fault) {
    status(fault.status());
}

/// Redirects the visitor. The framework's own redirect checks the `Accept` header first, which is
/// for server functions; a page is the same for every client.
pub(crate) fn redirect(path: &str) {
    if let (Some(options), Ok(path)) = (use_context::<ResponseOptions>(), path.parse()) {
        options.set_status(StatusCode::SEE_OTHER);
        options.insert_header(LOCATION, path);
    }
}
