//! The server function for the prices that a row has had.

use catalogue::Price;
use leptos::prelude::*;
use leptos_cached::{Answered, Canonical, Fetch};
use site::History;

#[cfg(feature = "ssr")]
use super::answer;

/// The prices that a row has had, the first one from the day on which it was listed: GET
/// `/api/{catalogue}/{id}/history/`.
#[server(
    name = HistoryFn,
    prefix = "/api",
    endpoint = "{catalogue}/{id}/history/",
    protocol = Canonical,
    client = Fetch,
    input_derive = (Clone,)
)]
pub async fn history(
    /// The ask.
    ask: History,
) -> Answered<Vec<Price>> {
    answer(ask).await
}
