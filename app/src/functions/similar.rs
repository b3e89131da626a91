//! The server function for homes that are similar to a home.

use catalogue::properties::Property;
use leptos::prelude::*;
use leptos_cached::{Answered, Canonical, Fetch};
use site::Similar;

#[cfg(feature = "ssr")]
use super::answer;

/// The homes that are most similar to a home: GET `/api/properties/similar/`.
#[server(
    name = SimilarFn,
    prefix = "/api",
    endpoint = "properties/similar/",
    protocol = Canonical,
    client = Fetch,
    input_derive = (Clone,)
)]
pub async fn similar(
    /// The ask.
    ask: Similar,
) -> Answered<Vec<Property>> {
    answer(ask).await
}
