//! The page for unknown addresses.

use leptos::prelude::*;

use crate::{Request, components};

/// The page for an unknown address, with status 404.
pub(crate) fn not_found(request: Request) -> impl IntoView {
    components::missing(&request)
}
