//! The WebAssembly entry: wakes the islands.

// The islands register themselves by being linked.
pub use app::islands;

use wasm_bindgen::prelude::wasm_bindgen;

/// The canonical address of a reader's page that may be remembered.
#[wasm_bindgen]
pub fn canonical(path: &str, search: &str) -> Option<String> {
    app::canonical(path, search)
}

/// Called once by the page's loader, before it wakes the islands one by one.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
