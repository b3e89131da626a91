//! An icon from the sprite.

use leptos::prelude::*;

/// An icon next to text that says the same, so it is hidden from screen readers.
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
