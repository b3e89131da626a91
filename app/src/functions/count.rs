//! The server function that counts the rows of a list.

use leptos::prelude::*;
use leptos_cached::{Answered, Canonical, Fetch};
use site::Count;

#[cfg(feature = "ssr")]
use super::answer;

/// How many rows there are.
#[cfg_attr(feature = "ssr", derive(serde::Deserialize))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The number of rows.
    pub count: u64,
}

#[cfg(not(feature = "ssr"))]
impl leptos_cached::FromJson for Counted {
    fn from_json(json: &str) -> Result<Self, leptos_cached::Unreadable> {
        let count = leptos_cached::number(json, "count")?;
        // Counts are far below 2^53, up to which JavaScript numbers are exact.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let count = count as u64;
        Ok(Self { count })
    }
}

/// How many rows meet a query's filters, on all pages together: GET `/api/{catalogue}/count/`.
#[server(
    name = CountFn,
    prefix = "/api",
    endpoint = "{catalogue}/count/",
    protocol = Canonical,
    client = Fetch,
    input_derive = (Clone,)
)]
pub async fn count(
    /// The ask.
    ask: Count,
) -> Answered<Counted> {
    answer(ask).await
}
