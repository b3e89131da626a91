//! The filters of a list.

use leptos::prelude::*;

use super::live_form::{LiveForm, label};

/// A GET form whose button says how many rows its filters leave. Next to the results it is
/// submitted when a control changes; as a sheet over them it waits for the button.
#[component]
pub fn FilterForm(
    /// The catalogue's name, which is also its path.
    catalogue: String,
    /// Whether it is submitted when a control changes, if the results are next to it.
    live: bool,
    /// How many rows its current filters leave, if known.
    count: Option<u64>,
    /// What one row is called.
    one: String,
    /// What several rows are called.
    many: String,
    /// The controls.
    children: Children,
) -> impl IntoView {
    let label = label(count, &one, &many);
    view! {
        <LiveForm>
            <form
                class="filters"
                method="get"
                // Browsers would restore what was chosen before, whatever the address says.
                autocomplete="off"
                action=format!("/{catalogue}")
                data-live=live.then_some("beside")
                data-one=one
                data-many=many
            >
                <div class="filters-fields">{children()}</div>
                <div class="filters-foot">
                    <button id="show" class="button" r#type="submit">
                        {label}
                    </button>
                </div>
            </form>
        </LiveForm>
    }
}
