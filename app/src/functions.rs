//! What islands ask of the server. Every function here is public API: it trusts nothing.

mod canonical_url;
mod count_properties;
mod count_recipes;
mod error;

pub use canonical_url::CanonicalUrl;
pub use count_properties::{CountProperties, count_properties};
pub use count_recipes::{CountRecipes, count_recipes};
pub use error::FunctionError;

use catalogue::normalizer::{Query, Rejection, Schema, normalize};

/// How many rows meet a query's filters.
///
/// # Errors
/// If the query cannot be answered.
pub async fn count(query: &Query) -> Result<u64, FunctionError> {
    let canonical = query.filters().as_str().to_owned();
    match query.schema().catalogue {
        "recipes" => count_recipes(canonical).await,
        _ => count_properties(canonical).await,
    }
}

/// The canonical form of what a form of this catalogue holds.
///
/// # Errors
/// If a value cannot be meant.
pub fn canonical(catalogue: &str, raw: &str) -> Result<Query, Rejection> {
    normalize(schema(catalogue), raw)
}

/// The schema alone: a reference to the whole declaration would carry it into the browser.
fn schema(catalogue: &str) -> &'static Schema {
    match catalogue {
        "recipes" => &catalogue::recipes::SCHEMA,
        _ => &catalogue::properties::SCHEMA,
    }
}

#[cfg(feature = "ssr")]
mod answer;
