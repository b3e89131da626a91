//! The order of a list.

use leptos::prelude::*;

use super::live_form::LiveForm;

/// A GET form that is submitted when a control changes. Without scripts it has a button.
#[component]
pub fn SortForm(
    /// The catalogue's name, which is also its path.
    catalogue: String,
    /// The controls.
    children: Children,
) -> impl IntoView {
    view! {
        <LiveForm>
            <form
                class="sort"
                method="get"
                autocomplete="off"
                action=format!("/{catalogue}")
                data-live="always"
            >
                {children()}
                <button class="button quiet unscripted" r#type="submit">"Sort"</button>
            </form>
        </LiveForm>
    }
}
