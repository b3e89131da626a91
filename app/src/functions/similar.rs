//! The server function: homes that are like a home.

use catalogue::properties::Property;
use leptos::prelude::*;
use leptos_cached::{Answered, Canonical, Fetch};
use site::Similar;

#[cfg(feature = "ssr")]
use super::answer;

/// The homes that are most like a home: GET `/api/properties/similar/`.
#[server(
    name = SimilarFn,
    prefix = "/api",
    endpoint = "properties/similar/",
    protocol = Canonical,
    client = Fetch,
    input_derive = (Clone,)
)]
pub async fn similar(
    /// What is asked.
    ask: Similar,
) -> Answered<Vec<Property>> {
    answer(ask).await
}
