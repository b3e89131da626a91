//! What a page says besides its HTML: its status, or that another page is meant.

use http::{StatusCode, header::LOCATION};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_cached::Fault;

/// Answers with this status. The pages render completely before their first byte, so it is
/// never too late.
pub(crate) fn status(status: StatusCode) {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(status);
    }
}

/// Answers with the status of a fault.
pub(crate) fn failed(fault: &Fault) {
    status(fault.status());
}

/// Sends the visitor elsewhere. The framework's own redirect asks the `Accept` header first,
/// which belongs to server functions; a page is a page for everybody.
pub(crate) fn redirect(path: &str) {
    if let (Some(options), Ok(path)) = (use_context::<ResponseOptions>(), path.parse()) {
        options.set_status(StatusCode::SEE_OTHER);
        options.insert_header(LOCATION, path);
    }
}
