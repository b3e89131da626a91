//! Unicode's Normalization Form KC: from tables on the server, from the browser itself in
//! WebAssembly, where the tables would be a third of the download.
//!
//! The two agree on every character that both know; Unicode never changes how an assigned character
//! is normalized. A character that is newer than the browser stays as it is there. The server
//! normalizes every request itself, so the answer and its key are right even then.

#[cfg(not(target_family = "wasm"))]
pub(super) fn nfkc(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().collect()
}

#[cfg(target_family = "wasm")]
pub(super) fn nfkc(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKC").into()
}
