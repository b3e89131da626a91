//! What pages may do, which is the same for all of them.

use axum::http::HeaderValue;

/// Only this site's own files run, and no page contains code: a shared page cannot carry a nonce.
pub(super) const CONTENT_SECURITY_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);
