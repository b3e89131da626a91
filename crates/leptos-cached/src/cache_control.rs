//! `Cache-Control` (RFC 9111), which comes from [`CachePolicy`] alone.

use ask::CachePolicy;
use http::HeaderValue;

/// What caches behind this server are told of the answers that it stores: `Cache-Control`. A server
/// that has another one than the default puts it into the context of its functions.
#[derive(Debug, Clone)]
pub struct Downstream(HeaderValue);

impl Default for Downstream {
    fn default() -> Self {
        Self(cache_control(CachePolicy::standard()))
    }
}

impl Downstream {
    /// A content delivery network may serve answers for so many seconds without asking.
    pub fn cdn(seconds: u32) -> Self {
        let policy = CachePolicy::standard().cache_control_for_cdn(seconds);
        HeaderValue::try_from(policy).map_or_else(|_| Self::default(), Self)
    }

    /// The value of `Cache-Control` for an answer of this policy.
    pub fn cache_control(&self, policy: CachePolicy) -> HeaderValue {
        if policy.is_stored() {
            self.0.clone()
        } else {
            cache_control(policy)
        }
    }
}

/// The value of `Cache-Control` of a policy, whatever stands behind this server.
pub fn cache_control(policy: CachePolicy) -> HeaderValue {
    HeaderValue::from_static(policy.cache_control())
}

/// The value of `Cache-Control` for what nobody may store.
pub fn no_store() -> HeaderValue {
    cache_control(CachePolicy::never())
}
