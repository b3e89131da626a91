//! Grid or list.

use leptos::{ev::MouseEvent, prelude::*, wasm_bindgen::JsCast};
use web_sys::{Element, HtmlInputElement};

/// The icons. They are constants because the macro writes `use_` into the page if the address is a
/// literal.
const GRID: &str = "/icons.svg#layout-grid";
const LIST: &str = "/icons.svg#list";

/// Two links to the same results, as a grid or as rows. In the browser they make no request: both
/// views are the same elements, so only an attribute, the address and the other links change.
#[component]
pub fn ViewToggle(
    /// Whether the results are currently rows.
    list: bool,
    /// The address of the grid.
    grid_address: String,
    /// The address of the rows.
    list_address: String,
) -> impl IntoView {
    view! {
        <LiveToggle>
            <div class="toggle" role="group" aria-label="View" data-local="">
                <a id="view-grid" href=grid_address aria-current=(!list).then_some("true")>
                    <svg class="icon" aria-hidden="true">
                        <use_ href=GRID />
                    </svg>
                    <span>"Grid"</span>
                </a>
                <a id="view-list" href=list_address aria-current=list.then_some("true")>
                    <svg class="icon" aria-hidden="true">
                        <use_ href=LIST />
                    </svg>
                    <span>"List"</span>
                </a>
            </div>
        </LiveToggle>
    }
}

/// Changes the view when a link in it is clicked.
#[island]
pub fn LiveToggle(
    /// The links.
    children: Children,
) -> impl IntoView {
    let choose = move |event: MouseEvent| {
        // A click that opens a new tab is left to the browser.
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok()?.closest("a").ok()?);
        if plain && link.and_then(|link| show(&link)).is_some() {
            event.prevent_default();
        }
    };
    view! {
        <div class="alive" on:click=choose>
            {children()}
        </div>
    }
}

/// Shows the results in the view that a link leads to, and makes the address, the links and the
/// forms preserve it.
fn show(link: &Element) -> Option<()> {
    let list = link.id() == "view-list";
    let address = link.get_attribute("href")?;
    let results = document().get_element_by_id("results")?;
    let history = window().history().ok()?;
    let state = history.state().ok()?;
    history
        .replace_state_with_url(&state, "", Some(&address))
        .ok()?;
    results
        .set_attribute("data-view", if list { "list" } else { "grid" })
        .ok()?;
    for id in ["view-grid", "view-list"] {
        if let Some(one) = document().get_element_by_id(id) {
            let _ = if one.id() == link.id() {
                one.set_attribute("aria-current", "true")
            } else {
                one.remove_attribute("aria-current")
            };
        }
    }
    let nodes = document().query_selector_all("[data-keeps-view]").ok()?;
    for node in (0..nodes.length()).filter_map(|place| nodes.item(place)) {
        match node.dyn_into::<HtmlInputElement>() {
            Ok(input) => input.set_disabled(!list),
            Err(link) => set_view(&link.unchecked_into(), list),
        }
    }
    Some(())
}

/// Makes a link lead to the view. The server writes `view` as the last parameter, if at all.
fn set_view(link: &Element, list: bool) {
    let address = link.get_attribute("href").unwrap_or_default();
    let bare = address
        .strip_suffix("view=list")
        .map_or(&*address, |bare| &bare[..bare.len() - 1]);
    let separator = if bare.contains('?') { '&' } else { '?' };
    let address = if list {
        format!("{bare}{separator}view=list")
    } else {
        bare.to_owned()
    };
    // Setting an existing attribute cannot fail.
    let _ = link.set_attribute("href", &address);
}
