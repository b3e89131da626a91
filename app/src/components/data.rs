//! Structured data about a page, in schema.org's vocabulary.

use leptos::prelude::*;
use serde_json::Value;

/// Linked data (JSON-LD) about what the page shows.
#[component]
pub(crate) fn Data(
    /// The data, with its `@context`.
    of: Value,
) -> impl IntoView {
    // A `<` could end the element early.
    let json = of.to_string().replace('<', "\\u003c");
    view! { <script r#type="application/ld+json" inner_html=json></script> }
}
