//! The picture of a home.

use leptos::prelude::*;

use crate::components::Drawing;

/// A drawing for the type of the home; the id chooses its tint and whether it is mirrored, so that
/// neighbours differ and a home always looks the same.
#[component]
pub(crate) fn House(
    /// The home's number.
    id: i64,
    /// The home's type, the id of a symbol in `assets/houses.svg`.
    kind: String,
) -> impl IntoView {
    // A multiplicative hash: consecutive ids shall not walk through the tints in order.
    let shuffled = id.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let tint = shuffled % 6;
    let mirrored = if shuffled & 0x1000 == 0 {
        ""
    } else {
        " mirrored"
    };
    view! {
        <div class=format!("picture house tint-{tint}{mirrored}")>
            <Drawing of=format!("houses.svg#{kind}") />
        </div>
    }
}
