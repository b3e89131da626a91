//! A text of several paragraphs.

use leptos::prelude::*;

/// The paragraphs of a text, which empty lines separate.
#[component]
pub(crate) fn Paragraphs(
    /// The text.
    text: String,
) -> impl IntoView {
    text.split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| view! { <p>{text.to_owned()}</p> })
        .collect_view()
}
