//! The filters of a list.

use leptos::prelude::*;

use super::live_form::{LiveForm, label};

/// A GET form whose button says how many rows its filters leave. Beside the results it is sent when
/// a control changes; as a sheet over them it waits for the button.
#[component]
pub fn FilterForm(
    /// The catalogue's name, which is also its path.
    catalogue: String,
    /// Whether it is sent as soon as a control changes, where the results stand beside it.
    live: bool,
    /// How many rows it asks for as it is, where that is known.
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
                action=format!("/{catalogue}")
                data-live=live.then_some("beside")
                data-one=one
                data-many=many
            >
                {children()}
                <div class="filters-foot">
                    <button id="show" class="button" r#type="submit">
                        {label}
                    </button>
                </div>
            </form>
        </LiveForm>
    }
}
