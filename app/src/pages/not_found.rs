//! An address that no page has.

use leptos::prelude::*;

use crate::{Request, components};

/// The page of an address that no page has, with status 404.
pub(crate) fn not_found(request: Request) -> impl IntoView {
    components::missing(&request)
}
