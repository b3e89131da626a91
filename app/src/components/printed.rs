//! The foot of a printed page.

use leptos::prelude::*;

/// Where a printed page is from. Only paper shows it.
#[component]
pub(crate) fn Printed(
    /// The page's address.
    address: String,
) -> impl IntoView {
    view! { <p class="printed">"Hearth · " {address}</p> }
}
