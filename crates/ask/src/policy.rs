//! The ways an answer can be cached, of which each question chooses one.

use std::{fmt, time::Duration};

use normalizer::Query;

/// How an answer is cached: when it is revalidated, how long it may be served, how long the shared
/// tier stores it, and what browsers are told. This is the only source of all four.
///
/// | policy | memory | shared tier | browser |
/// |---|---|---|---|
/// | [`standard()`](Self::standard) | revalidated at the interval that the server is configured with | 24 h | may store, must ask before use |
/// | [`every(i)`](Self::every) | revalidated every `i` | 24 h | may store, must ask before use |
/// | [`on_change()`](Self::on_change) | valid until a change touches it | 24 h | may store, must ask before use |
/// | [`never()`](Self::never) | not stored | not stored | not stored |
/// | [`hourly()`](Self::hourly) | not stored | not stored | for an hour |
/// | [`immutable()`](Self::immutable) | not stored | not stored | for a year |
///
/// An answer that has passed its interval is *served while one load in the background refreshes it*
/// (RFC 5861, `stale-while-revalidate`); it is not served any more once it is older than
/// [`keep`](Self::keep) says. The interval is the answer's own. It does not make an answer right: a
/// change that touches the answer makes it invalid at once, however young it is.
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
    /// Store it, and ask before each use: browsers hold no lease.
    Ask,
    /// Use it for an hour.
    Hour,
    /// Use it for a year: it never changes under its name.
    Year,
    /// Store nothing.
    Nothing,
}

/// How long the shared tier stores an answer that says nothing else. Its lifetime is garbage
/// collection, and a safety net: what no change touches stays valid however old it is.
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
        Self::new(Revalidate::AtDefault, Browser::Ask)
    }

    /// Revalidated at an interval of its own.
    pub const fn every(interval: Duration) -> Self {
        Self::new(Revalidate::Every(interval), Browser::Ask)
    }

    /// Never revalidated: valid until a change touches it.
    pub const fn on_change() -> Self {
        Self::new(Revalidate::OnChange, Browser::Ask)
    }

    /// Stored by nobody: searches, previews, what depends on who asks, errors.
    pub const fn never() -> Self {
        Self::new(Revalidate::OnChange, Browser::Nothing)
    }

    /// A file that changes seldom: browsers use it for an hour.
    pub const fn hourly() -> Self {
        Self::new(Revalidate::OnChange, Browser::Hour)
    }

    /// A file whose name carries its content's hash: browsers use it for a year.
    pub const fn immutable() -> Self {
        Self::new(Revalidate::OnChange, Browser::Year)
    }

    /// The same, for an answer that is worth nothing once it is older than this: it is not served
    /// any more, and the shared tier stores it no longer.
    #[must_use]
    pub const fn keep(mut self, lifetime: Duration) -> Self {
        self.keep = Some(lifetime);
        self
    }

    /// The same, but [`never`](Self::never) for a query that asks for a search or a preview: it is
    /// answered, and stored by nobody.
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
        matches!(self.browser, Browser::Ask)
    }

    /// When the answer is refreshed although nothing touches it.
    pub const fn revalidate(self) -> Revalidate {
        self.revalidate
    }

    /// The interval at which the answer is refreshed, where the server's default is `default`.
    /// `None`: never.
    pub const fn interval(self, default: Duration) -> Option<Duration> {
        match self.revalidate {
            Revalidate::AtDefault => Some(default),
            Revalidate::Every(interval) => Some(interval),
            Revalidate::OnChange => None,
        }
    }

    /// The age from which on the answer is not served any more. `None`: however old it is.
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
            Browser::Ask => "public, no-cache",
            Browser::Hour => "public, max-age=3600",
            Browser::Year => "public, max-age=31536000, immutable",
            Browser::Nothing => "no-store",
        }
    }

    /// The value of `Cache-Control` where a content delivery network may serve what is
    /// [stored](Self::is_stored) for so many seconds without asking, then while it asks, and for a
    /// day while this server cannot be reached (RFC 5861). It holds no lease either: that is
    /// outside of what an edit's acknowledgement promises.
    pub fn cache_control_for_cdn(self, seconds: u32) -> String {
        if !self.is_stored() {
            return self.cache_control().to_owned();
        }
        format!(
            "public, max-age=0, must-revalidate, s-maxage={seconds}, \
             stale-while-revalidate={seconds}, stale-if-error=86400"
        )
    }
}

impl Default for CachePolicy {
    fn default() -> Self {
        Self::standard()
    }
}

/// For people: `every 60 s, stored 300 s`, `default interval`, `on change`.
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
    fn nothing_private_is_stored_and_nothing_stored_is_used_without_asking() {
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
            "public, max-age=31536000, immutable",
        );
        check(CachePolicy::hourly(), false, "public, max-age=3600");
        check(CachePolicy::never(), false, "no-store");
    }

    #[test]
    fn a_content_delivery_network_serves_what_is_stored_and_nothing_else() {
        let check = |policy: CachePolicy, expect: &str| {
            assert_eq!(policy.cache_control_for_cdn(30), expect, "{policy}");
        };
        check(
            CachePolicy::standard(),
            "public, max-age=0, must-revalidate, s-maxage=30, stale-while-revalidate=30, \
             stale-if-error=86400",
        );
        check(CachePolicy::never(), "no-store");
    }

    #[test]
    fn an_interval_of_its_own_comes_before_the_default() {
        let (minute, hour) = (Duration::from_secs(60), Duration::from_hours(1));
        let check = |policy: CachePolicy, expect| assert_eq!(policy.interval(hour), expect);
        check(CachePolicy::standard(), Some(hour));
        check(CachePolicy::every(minute), Some(minute));
        check(CachePolicy::on_change(), None);
    }
}
