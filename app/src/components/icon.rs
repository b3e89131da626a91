//! One of the sprite's icons.

use leptos::prelude::*;

/// An icon beside a text that says the same, and so silent to screen readers.
#[component]
pub(crate) fn Icon(
    /// The id of its symbol in `assets/icons.svg`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use_ href=format!("/icons.svg#{name}") />
        </svg>
    }
}
