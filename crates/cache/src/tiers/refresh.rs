//! Refreshing: answers that are due are served while one load replaces them.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use ask::Ask;

use super::{Cached, Tiers};
use crate::{Origin, Tier, Verdict, journal::Note};

/// How long a refresh has before another one may be tried.
const BACKOFF: Duration = Duration::from_secs(10);

impl<O: Origin> Tiers<O> {
    /// Starts a refresh of an answer that is due, unless enough are running or one was tried
    /// recently. Returns whether it did.
    pub(super) fn refresh_if_due(self: &Arc<Self>, entry: &Cached<O>) -> bool {
        if !self.is_due(entry) {
            return false;
        }
        let now = self.log.now();
        let from = entry.refresh_from.load(Ordering::Relaxed);
        if now < from {
            return false;
        }
        let Ok(permit) = Arc::clone(&self.refreshes).try_acquire_owned() else {
            return false;
        };
        let next = now + u64::try_from(BACKOFF.as_millis()).unwrap_or(u64::MAX);
        let mine =
            entry
                .refresh_from
                .compare_exchange(from, next, Ordering::Relaxed, Ordering::Relaxed);
        if mine.is_err() {
            return false;
        }
        self.counters.refreshes.increment(1);
        if self.log.wall() < entry.times.due {
            self.counters.early_refreshes.increment(1);
        }
        let refreshed = Note::new(Tier::Memory, Verdict::Refresh, None);
        self.journal.note(&entry.ask, &refreshed);
        let flight = self.flights.join(&entry.ask.key(), || {
            let flight = Arc::clone(self).run_load(entry.ask.clone(), true);
            async move {
                let _permit = permit;
                flight.await
            }
        });
        flight.is_some()
    }

    /// Whether an answer is too old to be served.
    pub(super) fn is_expired(&self, entry: &Cached<O>) -> bool {
        entry.times.is_expired(|| self.log.wall())
    }

    /// Whether an answer should be refreshed: past its interval or, by chance, shortly before the
    /// end of it.
    pub(super) fn is_due(&self, entry: &Cached<O>) -> bool {
        let due = entry.times.due;
        if due == u64::MAX {
            return false;
        }
        // Drawing a random number is not worth it when the answer is far from due.
        let now = self.log.wall();
        let took = u64::try_from(entry.took.as_millis()).unwrap_or(u64::MAX);
        if now.saturating_add(took.saturating_mul(32)) < due {
            return false;
        }
        let left = Duration::from_millis(due.saturating_sub(now));
        is_due_by_chance(left, entry.took, 1.0 - rand::random::<f64>())
    }
}

/// XFetch (Vattani, Chierichetti, Lowenstein, *Optimal Probabilistic Cache Stampede Prevention*,
/// VLDB 2015, with β = 1): the slower the load, the earlier a caller is likely to start it, so
/// that a herd seldom finds the answer expired. `left` is the time until the answer is due,
/// `chance` is uniform in (0, 1].
fn is_due_by_chance(left: Duration, took: Duration, chance: f64) -> bool {
    -took.as_secs_f64() * chance.ln() >= left.as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slower_the_load_the_earlier_it_starts() {
        let check = |left, took, chance, expect| {
            let (left, took) = (Duration::from_millis(left), Duration::from_millis(took));
            let due = is_due_by_chance(left, took, chance);
            assert_eq!(due, expect, "{left:?} {took:?} {chance}");
        };
        check(0, 100, 1.0, true);
        check(1, 100, 1.0, false);
        // -ln(0.1) = 2.3: 230 ms early when a load takes 100 ms, 2.3 s when it takes a second.
        check(200, 100, 0.1, true);
        check(300, 100, 0.1, false);
        check(2_200, 1_000, 0.1, true);
        check(2_400, 1_000, 0.1, false);
        check(60_000, 0, f64::MIN_POSITIVE, false);
    }

    /// One of a hundred callers per second refreshes before the interval ends, hardly ever two.
    #[test]
    fn early_refreshes_are_few() {
        let took = Duration::from_millis(50);
        let mut early = 0;
        for _ in 0..200 {
            for left in (1..500).rev() {
                let left = Duration::from_millis(left * 10);
                if is_due_by_chance(left, took, 1.0 - rand::random::<f64>()) {
                    early += 1;
                    break;
                }
            }
        }
        // In each round, the probability that no caller does is below 1 %.
        assert!(early > 180, "{early} of 200 were refreshed early");
    }
}
