//! Unicode's Normalization Form KC: by tables on the server, by the browser's own in WebAssembly,
//! where the tables would be a third of all that is loaded.
//!
//! The two agree on every character that both know; Unicode never changes how an assigned character
//! is normalized. A character that is newer than the browser stays as it is there. What the browser
//! then takes for the canonical form is only a spelling for the server, which normalizes whatever it
//! is sent: the answer is right, under the right key.

#[cfg(not(target_family = "wasm"))]
pub(super) fn nfkc(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().collect()
}

#[cfg(target_family = "wasm")]
pub(super) fn nfkc(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKC").into()
}
