//! A length of time.

use leptos::prelude::*;

use crate::text;

/// A number of minutes in words, with the number for programs.
#[component]
pub(crate) fn Duration(minutes: i64, words: String) -> impl IntoView {
    let seconds = minutes.unsigned_abs().saturating_mul(60);
    view! { <time datetime=text::iso_duration(seconds)>{words}</time> }
}
