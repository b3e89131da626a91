//! What may be kept where: the only source of `Cache-Control`.

use axum::http::HeaderValue;

/// How long browsers and proxies may keep a response.
///
/// | policy | browser and proxies | for |
/// |---|---|---|
/// | `Remembered` | keep, but ask before use | lists, objects and pages without a session |
/// | `Immutable` | keep for a year | files whose name carries their content's hash |
/// | `Revisited` | keep for an hour | files without a hash in their name |
/// | `Never` | keep nothing | searches, previews, the admin's pages, errors |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// Kept, and asked about before each use: browsers hold no fence against edits.
    Remembered,
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
            Self::Remembered => "public, no-cache",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Revisited => "public, max-age=3600",
            Self::Never => "no-store",
        })
    }
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
    }
}
