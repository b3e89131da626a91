//! A drawing from one of the sprites.

use leptos::prelude::*;

/// A drawing that says nothing beyond the text next to it. Its colors come from the class of the
/// picture around it.
#[component]
pub(crate) fn Drawing(
    /// The file and the id of the symbol: `houses.svg#vacant`.
    of: String,
) -> impl IntoView {
    view! {
        <svg viewBox="0 0 600 400" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <use_ href=format!("/{of}") />
        </svg>
    }
}
