//! The order of a list.

use leptos::{ev::Event, prelude::*};

use super::form::{form_of, leave};

/// A GET form that is sent when something in it changes. Without scripts it has a button.
#[island]
pub fn SortForm(
    /// The catalogue's name, which is also its path.
    catalogue: String,
    /// The controls.
    children: Children,
) -> impl IntoView {
    let action = format!("/{catalogue}");
    let send = move |event: Event| {
        if let Some(form) = form_of(&event) {
            let gone = leave(&form, &catalogue);
            if gone.is_some() {
                event.prevent_default();
            }
        }
    };
    let on_submit = send.clone();
    view! {
        <form
            class="sort"
            method="get"
            action=action
            on:change=send
            on:submit=move |event| on_submit(event.into())
        >
            {children()}
            <button class="button quiet unscripted" r#type="submit">"Sort"</button>
        </form>
    }
}
