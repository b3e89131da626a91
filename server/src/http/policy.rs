//! What may be kept where: the only source of `Cache-Control`.

use axum::http::HeaderValue;

/// How long browsers and proxies may keep a response.
///
/// | policy | browser and proxies | for |
/// |---|---|---|
/// | `Remembered` | keep, but ask before use | lists, objects and pages without a session |
/// | `Distributed` | browsers as above; networks may use it for a while | the same, where `HEARTH_CDN_SECONDS` is set |
/// | `Immutable` | keep for a year | files whose name carries their content's hash |
/// | `Revisited` | keep for an hour | files without a hash in their name |
/// | `Never` | keep nothing | searches, previews, the admin's pages, errors |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// Kept, and asked about before each use: browsers hold no fence against edits.
    Remembered,
    /// As above for browsers, but given out by a content delivery network for so many seconds
    /// without asking. That is outside the promise: the network holds no fence either.
    Distributed(u32),
    /// Never changes under this name.
    Immutable,
    /// Changes seldom.
    Revisited,
    /// Never kept.
    Never,
}

impl CachePolicy {
    /// The value of `Cache-Control` (RFC 9111, RFC 8246).
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Distributed(seconds) => return distributed(seconds),
            Self::Remembered => "public, no-cache",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Revisited => "public, max-age=3600",
            Self::Never => "no-store",
        })
    }
}

/// RFC 9111 and RFC 5861: fresh for so long, then served while the network asks, and for a day
/// while this server cannot be reached.
fn distributed(seconds: u32) -> HeaderValue {
    let value = format!(
        "public, max-age=0, must-revalidate, s-maxage={seconds}, \
         stale-while-revalidate={seconds}, stale-if-error=86400"
    );
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("no-store"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_private_is_kept_and_nothing_remembered_is_used_unasked() {
        let check = |policy: CachePolicy, expect: &str| assert_eq!(policy.header(), expect);
        check(CachePolicy::Remembered, "public, no-cache");
        check(
            CachePolicy::Immutable,
            "public, max-age=31536000, immutable",
        );
        check(CachePolicy::Revisited, "public, max-age=3600");
        check(CachePolicy::Never, "no-store");
        check(
            CachePolicy::Distributed(30),
            "public, max-age=0, must-revalidate, s-maxage=30, stale-while-revalidate=30, \
             stale-if-error=86400",
        );
    }
}
