//! The server function for values that are computed for a row.

use catalogue::Figure;
use leptos::prelude::*;
use leptos_cached::{Answered, Canonical, Fetch};
use site::Computed;

#[cfg(feature = "ssr")]
use super::answer;

/// A value that is computed for a row: GET `/api/{catalogue}/{id}/computed/{name}/`.
#[server(
    name = ComputedFn,
    prefix = "/api",
    endpoint = "{catalogue}/{id}/computed/{name}/",
    protocol = Canonical,
    client = Fetch,
    input_derive = (Clone,)
)]
pub async fn computed(
    /// The ask.
    ask: Computed,
) -> Answered<Figure> {
    answer(ask).await
}
