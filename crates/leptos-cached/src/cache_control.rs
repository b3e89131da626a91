//! `Cache-Control` (RFC 9111), which comes from [`CachePolicy`] alone.

use ask::CachePolicy;
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// `CDN-Cache-Control` (RFC 9213), for content delivery networks that cache answers of this server.
/// `Cache-Control` beside it is for everybody else.
const CDN_CACHE_CONTROL: HeaderName = HeaderName::from_static("cdn-cache-control");

/// What caches downstream of this server are told. To use a value other than the default, put it
/// into the context of the server functions.
#[derive(Debug, Clone, Default)]
pub struct Downstream {
    cdn_seconds: Option<u32>,
}

impl Downstream {
    /// Lets a content delivery network serve answers for the given number of seconds without
    /// revalidation.
    pub fn cdn(seconds: u32) -> Self {
        let cdn_seconds = Some(seconds);
        Self { cdn_seconds }
    }

    /// Sets the headers of an answer with this policy.
    pub fn set(&self, headers: &mut HeaderMap, policy: CachePolicy) {
        headers.insert(header::CACHE_CONTROL, cache_control(policy));
        let cdn = self
            .cdn_seconds
            .and_then(|seconds| policy.cdn_cache_control(seconds));
        if let Some(value) = cdn.and_then(|value| value.try_into().ok()) {
            headers.insert(CDN_CACHE_CONTROL, value);
        }
    }
}

/// The value of `Cache-Control` for a policy, whatever caches are downstream of this server.
pub fn cache_control(policy: CachePolicy) -> HeaderValue {
    HeaderValue::from_static(policy.cache_control())
}

/// The value of `Cache-Control` for a response that no cache may store.
pub fn no_store() -> HeaderValue {
    cache_control(CachePolicy::never())
}
