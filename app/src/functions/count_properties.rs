//! How many homes meet some filters.

use leptos::prelude::*;

use super::{CanonicalUrl, FunctionError};

/// How many homes meet the filters of a canonical query.
///
/// # Errors
/// If the query cannot be meant, or the server cannot answer.
#[server(input = CanonicalUrl, prefix = "/api/fn", endpoint = "properties/count")]
pub async fn count_properties(
    /// The canonical query.
    query: String,
) -> Result<u64, FunctionError> {
    super::answer::count(&catalogue::properties::SCHEMA, &query).await
}
