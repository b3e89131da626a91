//! One of the sprites' drawings.

use leptos::prelude::*;

/// A drawing, which says nothing that the text beside it does not say. Its colours come from the
/// class of the picture around it.
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
