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
    cdn: Option<HeaderValue>,
}

impl Downstream {
    /// Lets a content delivery network serve answers for the given number of seconds without
    /// revalidation.
    pub fn cdn(seconds: u32) -> Self {
        let policy = CachePolicy::standard().cdn_cache_control(seconds);
        let cdn = policy.and_then(|policy| policy.try_into().ok());
        Self { cdn }
    }

    /// Sets the headers of an answer with this policy.
    pub fn set(&self, headers: &mut HeaderMap, policy: CachePolicy) {
        headers.insert(header::CACHE_CONTROL, cache_control(policy));
        if let Some(cdn) = self.cdn.as_ref().filter(|_| policy.is_stored()) {
            headers.insert(CDN_CACHE_CONTROL, cdn.clone());
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
