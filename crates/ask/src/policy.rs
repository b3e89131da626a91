//! The ways an answer can be cached, of which each ask chooses one.

use std::{fmt, time::Duration};

use normalizer::Query;

/// How an answer is cached: when it is revalidated, how long it may be served, how long the shared
/// tier stores it, and what browsers are told. This is the only source of all four.
///
/// | policy | memory | shared tier | browser |
/// |---|---|---|---|
/// | [`standard()`](Self::standard) | revalidated at the interval that the server is configured with | 24 h | may store, must revalidate before use |
/// | [`every(i)`](Self::every) | revalidated every `i` | 24 h | may store, must revalidate before use |
/// | [`on_change()`](Self::on_change) | valid until a change touches it | 24 h | may store, must revalidate before use |
/// | [`never()`](Self::never) | not stored | not stored | not stored |
/// | [`hourly()`](Self::hourly) | not stored | not stored | for an hour |
/// | [`immutable()`](Self::immutable) | not stored | not stored | for a year |
///
/// An answer that has passed its interval is *served while one load in the background refreshes it*
/// (RFC 5861, `stale-while-revalidate`); it is no longer served once it is older than
/// [`keep`](Self::keep) says. Each answer has its own interval. It does not keep an answer right: a
/// change that touches the answer makes it invalid immediately, however young it is.
///
/// ```
/// # use std::time::Duration;
/// # use ask::CachePolicy;
/// const RANKING: CachePolicy = CachePolicy::every(Duration::from_secs(60)).keep(Duration::from_secs(300));
/// assert_eq!(RANKING.to_string(), "every 60 s, stored 300 s");
/// assert_eq!(RANKING.shared(), Duration::from_secs(300));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CachePolicy {
    revalidate: Revalidate,
    keep: Option<Duration>,
    browser: Browser,
}

/// When an answer is refreshed although nothing touches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revalidate {
    /// At the interval that the server is configured with.
    AtDefault,
    /// At this interval.
    Every(Duration),
    /// Never: only a change makes it outdated.
    OnChange,
}

/// What a browser may do with a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Browser {
    /// Store it, and revalidate it before each use: browsers hold no lease.
    Revalidate,
    /// Use it for an hour.
    Hour,
    /// Use it for a year: it never changes under its name.
    Year,
    /// Store nothing.
    Nothing,
}

/// How long the shared tier stores an answer if its policy sets no lifetime. This is garbage
/// collection and a safety net: an answer that no change touches stays valid however old it is.
const SHARED: Duration = Duration::from_hours(24);

impl CachePolicy {
    const fn new(revalidate: Revalidate, browser: Browser) -> Self {
        Self {
            revalidate,
            keep: None,
            browser,
        }
    }

    /// Revalidated at the interval that the server is configured with.
    pub const fn standard() -> Self {
        Self::new(Revalidate::AtDefault, Browser::Revalidate)
    }

    /// Revalidated at this interval.
    pub const fn every(interval: Duration) -> Self {
        Self::new(Revalidate::Every(interval), Browser::Revalidate)
    }

    /// Never revalidated: valid until a change touches it.
    pub const fn on_change() -> Self {
        Self::new(Revalidate::OnChange, Browser::Revalidate)
    }

    /// Not stored anywhere: searches, previews, answers that depend on the user, errors.
    pub const fn never() -> Self {
        Self::new(Revalidate::OnChange, Browser::Nothing)
    }

    /// A file that rarely changes: browsers use it for an hour.
    pub const fn hourly() -> Self {
        Self::new(Revalidate::OnChange, Browser::Hour)
    }

    /// A file whose name carries its content's hash: browsers use it for a year.
    pub const fn immutable() -> Self {
        Self::new(Revalidate::OnChange, Browser::Year)
    }

    /// The same, for an answer that is useless once it is older than this: it is no longer served,
    /// and the shared tier no longer stores it.
    #[must_use]
    pub const fn keep(mut self, lifetime: Duration) -> Self {
        self.keep = Some(lifetime);
        self
    }

    /// The same, but [`never`](Self::never) for a query with a search or a preview: it is answered,
    /// but not stored.
    #[must_use]
    pub fn unless_bypass(self, query: &Query) -> Self {
        if query.is_bypass() {
            Self::never()
        } else {
            self
        }
    }

    /// Whether the tiers store the answer.
    pub const fn is_stored(self) -> bool {
        matches!(self.browser, Browser::Revalidate)
    }

    /// When the answer is refreshed although nothing touches it.
    pub const fn revalidate(self) -> Revalidate {
        self.revalidate
    }

    /// The interval at which the answer is refreshed, if the server's default is `default`.
    /// `None`: never.
    pub const fn interval(self, default: Duration) -> Option<Duration> {
        match self.revalidate {
            Revalidate::AtDefault => Some(default),
            Revalidate::Every(interval) => Some(interval),
            Revalidate::OnChange => None,
        }
    }

    /// The age from which the answer is no longer served. `None`: it is served at any age.
    pub const fn lifetime(self) -> Option<Duration> {
        self.keep
    }

    /// How long the shared tier stores the answer.
    pub const fn shared(self) -> Duration {
        match self.keep {
            Some(lifetime) => lifetime,
            None => SHARED,
        }
    }

    /// The value of `Cache-Control` (RFC 9111, RFC 8246).
    pub const fn cache_control(self) -> &'static str {
        match self.browser {
            Browser::Revalidate => "public, no-cache",
            Browser::Hour => "max-age=3600",
            Browser::Year => "max-age=31536000, immutable",
            Browser::Nothing => "no-store",
        }
    }

    /// The value of `CDN-Cache-Control` (RFC 9213) if a content delivery network may serve
    /// [stored](Self::is_stored) answers for the given number of seconds without revalidating, for
    /// as long again while it revalidates, and for a day while this server cannot be reached
    /// (RFC 5861). It stands beside [`cache_control`](Self::cache_control), which browsers obey.
    /// A network holds no lease, so an edit's acknowledgement does not cover it.
    pub fn cdn_cache_control(self, seconds: u32) -> Option<String> {
        self.is_stored().then(|| {
            format!("max-age={seconds}, stale-while-revalidate={seconds}, stale-if-error=86400")
        })
    }
}

impl Default for CachePolicy {
    fn default() -> Self {
        Self::standard()
    }
}

/// Human-readable: `every 60 s, stored 300 s`, `default interval`, `on change`.
impl fmt::Display for CachePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_stored() {
            return f.write_str("not stored");
        }
        match self.revalidate {
            Revalidate::AtDefault => f.write_str("default interval")?,
            Revalidate::Every(interval) => write!(f, "every {} s", interval.as_secs_f64())?,
            Revalidate::OnChange => f.write_str("on change")?,
        }
        match self.keep {
            Some(lifetime) => write!(f, ", stored {} s", lifetime.as_secs_f64()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_answers_are_not_stored_and_stored_ones_are_revalidated_before_use() {
        let check = |policy: CachePolicy, stored: bool, expect: &str| {
            assert_eq!(policy.cache_control(), expect, "{policy}");
            assert_eq!(policy.is_stored(), stored, "{policy}");
        };
        check(CachePolicy::standard(), true, "public, no-cache");
        check(CachePolicy::on_change(), true, "public, no-cache");
        check(CachePolicy::every(SHARED), true, "public, no-cache");
        check(
            CachePolicy::immutable(),
            false,
            "max-age=31536000, immutable",
        );
        check(CachePolicy::hourly(), false, "max-age=3600");
        check(CachePolicy::never(), false, "no-store");
    }

    #[test]
    fn a_content_delivery_network_serves_only_stored_answers() {
        let check = |policy: CachePolicy, expect: Option<&str>| {
            assert_eq!(policy.cdn_cache_control(30).as_deref(), expect, "{policy}");
        };
        // Neither `must-revalidate` nor `s-maxage`: both forbid what the last two allow.
        let expect = "max-age=30, stale-while-revalidate=30, stale-if-error=86400";
        check(CachePolicy::standard(), Some(expect));
        check(CachePolicy::never(), None);
    }

    #[test]
    fn an_explicit_interval_overrides_the_default() {
        let (minute, hour) = (Duration::from_secs(60), Duration::from_hours(1));
        let check = |policy: CachePolicy, expect| assert_eq!(policy.interval(hour), expect);
        check(CachePolicy::standard(), Some(hour));
        check(CachePolicy::every(minute), Some(minute));
        check(CachePolicy::on_change(), None);
    }
}
