//! Words of a card, side by side.

use leptos::prelude::*;

/// Some labels with dots between them. None of them wraps, and a dot stays with the label before it, so
/// that no line begins with one.
#[component]
pub(crate) fn Labels(
    /// The labels.
    of: Vec<String>,
) -> impl IntoView {
    let last = of.len().saturating_sub(1);
    let labels = of.into_iter().enumerate().map(|(place, label)| {
        let more = if place < last { " ·" } else { "" };
        view! {
            <span>{format!("{label}{more}")}</span>
            " "
        }
    });
    view! { <p class="muted labels">{labels.collect_view()}</p> }
}
