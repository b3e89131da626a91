//! Grid or list.

use leptos::{ev::MouseEvent, prelude::*, wasm_bindgen::JsCast};
use web_sys::{Element, HtmlInputElement};

/// The icons; the macro writes `use_` into the page where an address is a literal.
const GRID: &str = "/icons.svg#layout-grid";
const LIST: &str = "/icons.svg#list";

/// Two links to the same results, side by side or as rows. In the browser they ask the server
/// nothing: both views are the same elements, so an attribute, the address and the other links change.
#[island]
pub fn ViewToggle(
    /// Whether the results are rows now.
    list: bool,
    /// The address of the grid.
    grid_address: String,
    /// The address of the rows.
    list_address: String,
) -> impl IntoView {
    let is_list = RwSignal::new(list);
    let choose = move |event: MouseEvent, list: bool, address: &str| {
        // A click that opens a tab of its own is the browser's.
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if plain && show(list, address).is_some() {
            event.prevent_default();
            is_list.set(list);
        }
    };
    let current = move |list: bool| move || (is_list.get() == list).then_some("true");
    view! {
        <div class="toggle" role="group" aria-label="View" data-local="">
            <a
                id="view-grid"
                href=grid_address.clone()
                aria-current=current(false)
                on:click=move |event| choose(event, false, &grid_address)
            >
                <svg class="icon" aria-hidden="true">
                    <use_ href=GRID />
                </svg>
                <span>"Grid"</span>
            </a>
            <a
                id="view-list"
                href=list_address.clone()
                aria-current=current(true)
                on:click=move |event| choose(event, true, &list_address)
            >
                <svg class="icon" aria-hidden="true">
                    <use_ href=LIST />
                </svg>
                <span>"List"</span>
            </a>
        </div>
    }
}

/// Shows the results in a view, and makes the address, the links and the forms keep it.
fn show(list: bool, address: &str) -> Option<()> {
    let results = document().get_element_by_id("results")?;
    let history = window().history().ok()?;
    let state = history.state().ok()?;
    history
        .replace_state_with_url(&state, "", Some(address))
        .ok()?;
    results
        .set_attribute("data-view", if list { "list" } else { "grid" })
        .ok()?;
    let keepers = document().query_selector_all("[data-keeps-view]").ok()?;
    for keeper in (0..keepers.length()).filter_map(|place| keepers.item(place)) {
        match keeper.dyn_into::<HtmlInputElement>() {
            Ok(input) => input.set_disabled(!list),
            Err(keeper) => keep(&keeper.unchecked_into(), list),
        }
    }
    Some(())
}

/// Makes a link lead to the view. The server writes `view` last, if at all.
fn keep(link: &Element, list: bool) {
    let address = link.get_attribute("href").unwrap_or_default();
    let bare = address
        .strip_suffix("view=list")
        .map_or(&*address, |bare| &bare[..bare.len() - 1]);
    let separator = if bare.contains('?') { '&' } else { '?' };
    let kept = if list {
        format!("{bare}{separator}view=list")
    } else {
        bare.to_owned()
    };
    // An attribute that exists can be set.
    let _ = link.set_attribute("href", &kept);
}
