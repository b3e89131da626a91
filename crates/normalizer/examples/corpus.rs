//! The corpus as a WebAssembly module, for `tests/wasm/run.mjs`.
#![allow(missing_docs, unreachable_pub)]

use unicode_normalization::UnicodeNormalization;
use wasm_bindgen::prelude::wasm_bindgen;

#[path = "../tests/corpus/check.rs"]
mod check;
#[path = "../tests/corpus/schemas.rs"]
mod schemas;

/// One line for each case that fails.
#[wasm_bindgen]
pub fn failures() -> String {
    check::check_corpus().0.join("\n")
}

/// How many cases there are.
#[wasm_bindgen]
pub fn cases() -> usize {
    check::check_corpus().1
}

/// NFKC from the server's tables.
#[wasm_bindgen]
pub fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}
