//! How many recipes meet some filters.

use leptos::prelude::*;

use super::{CanonicalUrl, FunctionError};

/// How many recipes meet the filters of a canonical query.
///
/// # Errors
/// If the query cannot be meant, or the server cannot answer.
#[server(input = CanonicalUrl, prefix = "/api/fn", endpoint = "recipes/count")]
pub async fn count_recipes(
    /// The canonical query.
    query: String,
) -> Result<u64, FunctionError> {
    super::answer::count(&catalogue::recipes::SCHEMA, &query).await
}
