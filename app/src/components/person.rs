//! A person, without a picture.

use leptos::prelude::*;

/// A person's initials, in place of a picture.
#[component]
pub(crate) fn Initials(
    /// The name.
    of: String,
) -> impl IntoView {
    view! { <span class="initials" aria-hidden="true">{initials(&of)}</span> }
}

fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .collect()
}

/// A telephone number as it is dialled.
pub(crate) fn telephone(shown: &str) -> String {
    shown
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect()
}
