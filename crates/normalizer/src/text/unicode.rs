//! Unicode's normalization forms: from tables on the server, from the browser itself in WebAssembly,
//! where the tables would be a third of the download.
//!
//! The two agree on every character that both know; Unicode never changes how an assigned character
//! is normalized. A character that is newer than the browser stays as it is there. The server
//! normalizes every request itself, so the answer and its key are right even then.

/// Normalization Form KC: composed, without differences of width and the like.
pub(super) use form::nfkc;

/// The letter that a composed character begins with: the first of its Normalization Form D.
pub(super) use form::first_of_nfd;

#[cfg(not(target_family = "wasm"))]
mod form {
    use unicode_normalization::UnicodeNormalization;

    pub(in crate::text) fn nfkc(text: &str) -> String {
        text.nfkc().collect()
    }

    pub(in crate::text) fn first_of_nfd(character: char) -> char {
        let mut parts = std::iter::once(character).nfd();
        parts.next().unwrap_or(character)
    }
}

#[cfg(target_family = "wasm")]
mod form {
    use js_sys::JsString;

    pub(in crate::text) fn nfkc(text: &str) -> String {
        JsString::from(text).normalize("NFKC").into()
    }

    pub(in crate::text) fn first_of_nfd(character: char) -> char {
        let text = JsString::from(&*character.encode_utf8(&mut [0; 4]));
        let parts = String::from(text.normalize("NFD"));
        parts.chars().next().unwrap_or(character)
    }
}
