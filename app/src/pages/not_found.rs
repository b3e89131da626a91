//! An address that no page has.

use leptos::prelude::*;

use crate::{components, request::Request};

/// The page of an address that no page has, with status 404.
pub(crate) fn not_found() -> impl IntoView {
    let request = Request::current();
    // Later, not at once: the table of routes is also read without a request.
    Suspend::new(async move { components::missing(&request) })
}
