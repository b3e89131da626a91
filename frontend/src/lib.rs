//! The WebAssembly entry point: hydrates the islands.

// The islands register themselves by being linked.
pub use app::islands;

use wasm_bindgen::prelude::wasm_bindgen;

/// The canonical address of a reader's page, under which the browser may cache it; `None` for
/// everything else.
#[wasm_bindgen]
pub fn canonical(path: &str, search: &str) -> Option<String> {
    site::Page::parse(path, search)?.canonical()
}

/// Called once by the page's loader, before it hydrates the islands one by one.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
