//! The server function that counts what each further choice would leave.

use catalogue::Facets;
use leptos::prelude::*;
use leptos_cached::{Answered, Canonical, Fetch};

#[cfg(feature = "ssr")]
use super::answer;

/// How many rows each further choice of a query's filters would leave: GET
/// `/api/{catalogue}/facets/`.
#[server(
    name = FacetsFn,
    prefix = "/api",
    endpoint = "{catalogue}/facets/",
    protocol = Canonical,
    client = Fetch,
    input_derive = (Clone,)
)]
pub async fn facets(
    /// The ask.
    ask: site::Facets,
) -> Answered<Facets> {
    answer(ask).await
}
