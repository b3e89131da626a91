//! `Cache-Control` (RFC 9111), which comes from [`CachePolicy`] alone.

use ask::CachePolicy;
use http::HeaderValue;

/// The `Cache-Control` that caches downstream of this server get for answers that it stores. To use
/// a value other than the default, put it into the context of the server functions.
#[derive(Debug, Clone)]
pub struct Downstream(HeaderValue);

impl Default for Downstream {
    fn default() -> Self {
        Self(cache_control(CachePolicy::standard()))
    }
}

impl Downstream {
    /// Lets a content delivery network serve answers for the given number of seconds without
    /// revalidation.
    pub fn cdn(seconds: u32) -> Self {
        let policy = CachePolicy::standard().cache_control_for_cdn(seconds);
        HeaderValue::try_from(policy).map_or_else(|_| Self::default(), Self)
    }

    /// The value of `Cache-Control` for an answer with this policy.
    pub fn cache_control(&self, policy: CachePolicy) -> HeaderValue {
        if policy.is_stored() {
            self.0.clone()
        } else {
            cache_control(policy)
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
