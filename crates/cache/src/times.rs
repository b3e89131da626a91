//! When an answer falls due, and when it expires.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ask::CachePolicy;

/// When an answer falls due for a refresh, and from when it is no longer served.
///
/// The interval and the shared tier's lifetime are jittered, so that answers that were loaded
/// together do not fall due together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// Milliseconds since 1970.
    pub(crate) due: u64,
    /// Milliseconds since 1970.
    expires: u64,
    /// How long the shared tier stores it.
    pub(crate) shared: Duration,
}

/// A time that never comes.
const NEVER: u64 = u64::MAX;

impl Times {
    /// The times of an answer loaded at `loaded_at`, in milliseconds since 1970. `revalidate` is
    /// the interval for policies that name none.
    pub(crate) fn of(policy: CachePolicy, loaded_at: u64, revalidate: Duration) -> Self {
        let jitter = draw_jitter();
        let after = |time: Duration| {
            let millis = u64::try_from(time.as_millis()).unwrap_or(NEVER);
            loaded_at.saturating_add(millis)
        };
        Self {
            due: policy
                .interval(revalidate)
                .map_or(NEVER, |interval| after(interval.mul_f32(jitter))),
            expires: policy.lifetime().map_or(NEVER, after),
            shared: policy.shared().mul_f32(jitter),
        }
    }

    /// The times of an answer that is composed of two: the earlier of each.
    pub(crate) fn earliest(self, other: Self) -> Self {
        Self {
            due: self.due.min(other.due),
            expires: self.expires.min(other.expires),
            shared: self.shared.min(other.shared),
        }
    }

    /// How long until the answer falls due; `None` if it never does.
    pub(crate) fn due_in(self, now: u64) -> Option<Duration> {
        let left = Duration::from_millis(self.due.saturating_sub(now));
        (self.due != NEVER).then_some(left)
    }

    /// How long until the answer expires; `None` if it never does.
    pub(crate) fn expires_in(self, now: u64) -> Option<Duration> {
        let left = Duration::from_millis(self.expires.saturating_sub(now));
        (self.expires != NEVER).then_some(left)
    }

    /// Whether the answer is too old to be served.
    pub(crate) fn is_expired(self, now: impl FnOnce() -> u64) -> bool {
        self.expires != NEVER && now() >= self.expires
    }
}

/// The machine's clock, in milliseconds since 1970.
pub(crate) fn unix_millis() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    u64::try_from(since.unwrap_or_default().as_millis()).unwrap_or(u64::MAX)
}

/// From 0.9 up to 1.
fn draw_jitter() -> f32 {
    1.0 - 0.1 * rand::random::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    #[test]
    fn an_answer_falls_due_near_the_end_of_its_interval_or_never() {
        let minute = CachePolicy::every(Duration::from_secs(60));
        for _ in 0..100 {
            let due = Times::of(minute, 1_000, HOUR).due;
            assert!((55_000..=61_000).contains(&due), "{due}");
            let due = Times::of(CachePolicy::standard(), 0, HOUR).due;
            assert!((3_240_000..=3_600_000).contains(&due), "{due}");
        }
        assert_eq!(Times::of(CachePolicy::on_change(), 1_000, HOUR).due, NEVER);
    }

    #[test]
    fn an_answer_with_a_lifetime_expires() {
        let policy = CachePolicy::on_change().keep(Duration::from_secs(5));
        let times = Times::of(policy, 1_000, HOUR);
        assert!(!times.is_expired(|| 5_999));
        assert!(times.is_expired(|| 6_000));
        let times = Times::of(CachePolicy::standard(), 1_000, HOUR);
        assert!(!times.is_expired(|| NEVER));
    }

    #[test]
    fn a_composed_answer_has_the_earliest_times_of_its_parts() {
        let policies = [
            CachePolicy::on_change(),
            CachePolicy::every(Duration::from_secs(60)),
            CachePolicy::standard().keep(Duration::from_secs(5)),
        ];
        let parts = policies.map(|policy| Times::of(policy, 1_000, HOUR));
        let all = parts.into_iter().reduce(Times::earliest).unwrap();
        assert_eq!(all.due, parts[1].due);
        assert_eq!(all.expires, 6_000);
        assert_eq!(all.shared, parts[2].shared);
    }
}
