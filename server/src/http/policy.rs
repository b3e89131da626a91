//! `Cache-Control`, which comes from [`CachePolicy`] alone.

use ask::CachePolicy;
use axum::http::HeaderValue;

/// The value of the header.
pub(super) fn cache_control(policy: CachePolicy) -> HeaderValue {
    HeaderValue::from_static(policy.cache_control())
}

/// The value of the header for what nobody may store.
pub(super) fn no_store() -> HeaderValue {
    cache_control(CachePolicy::never())
}
