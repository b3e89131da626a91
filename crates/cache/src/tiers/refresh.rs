//! Refreshing: answers that grow old are served while one load replaces them.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use super::{Lifetimes, Remembered, Tiers};
use crate::{Body, Entry, Origin, Question};

/// How long a refresh has before another one may be tried.
const BACKOFF: Duration = Duration::from_secs(10);

impl<O: Origin> Tiers<O> {
    /// How long the answer to a question is kept.
    pub(super) fn lifetimes_of(&self, question: &O::Question) -> Lifetimes {
        question.ages().unwrap_or(self.settings.lifetimes)
    }

    /// Starts a refresh of an answer that is due, unless enough are running or one was tried a
    /// moment ago; whether it did.
    pub(super) fn refresh_if_due(self: &Arc<Self>, entry: &Remembered<O>) -> bool {
        let lifetimes = self.lifetimes_of(&entry.question);
        if !is_due(entry, lifetimes) {
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
        let question = &entry.question;
        let flight = self.flights.join(question.key(), || {
            let flight = Arc::clone(self).fly(question.clone(), Some(lifetimes));
            async move {
                let _permit = permit;
                flight.await
            }
        });
        flight.is_some()
    }
}

/// Whether an answer that ages has grown too old to be believed.
pub(super) fn is_expired<Q: Question, B: Body>(entry: &Entry<Q, B>) -> bool {
    entry
        .question
        .ages()
        .is_some_and(|lifetimes| entry.age() >= lifetimes.shared)
}

/// Whether an answer should be refreshed: past its revalidate interval, or, by chance, a little
/// before it.
pub(super) fn is_due<Q: Question, B: Body>(entry: &Entry<Q, B>, lifetimes: Lifetimes) -> bool {
    let interval = lifetimes.revalidate.mul_f32(entry.jitter);
    let age = entry.age();
    // No chance is worth drawing for when the interval is far from over.
    if age + entry.took * 32 < interval {
        return false;
    }
    is_due_by_chance(age, entry.took, interval, 1.0 - rand::random::<f64>())
}

/// XFetch (Vattani, Chierichetti, Lowenstein, *Optimal Probabilistic Cache Stampede Prevention*,
/// VLDB 2015, with β = 1): the dearer the load, the earlier somebody is likely to begin it, so
/// that a herd seldom finds the answer expired. `chance` is uniform in (0, 1].
fn is_due_by_chance(age: Duration, took: Duration, interval: Duration, chance: f64) -> bool {
    age.as_secs_f64() - took.as_secs_f64() * chance.ln() >= interval.as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dearer_the_load_the_earlier_it_begins() {
        let check = |age, took, chance, expect| {
            let (age, took) = (Duration::from_millis(age), Duration::from_millis(took));
            let due = is_due_by_chance(age, took, Duration::from_secs(60), chance);
            assert_eq!(due, expect, "{age:?} {took:?} {chance}");
        };
        check(60_000, 100, 1.0, true);
        check(59_999, 100, 1.0, false);
        // -ln(0.1) = 2.3: 230 ms early when a load takes 100 ms, 2.3 s when it takes a second.
        check(59_800, 100, 0.1, true);
        check(59_700, 100, 0.1, false);
        check(57_800, 1_000, 0.1, true);
        check(57_600, 1_000, 0.1, false);
        check(0, 0, f64::MIN_POSITIVE, false);
    }

    /// One of a hundred askers a second refreshes before the interval ends, hardly ever two.
    #[test]
    fn early_refreshes_are_few() {
        let (took, interval) = (Duration::from_millis(50), Duration::from_secs(60));
        let mut early = 0;
        for _ in 0..200 {
            let mut age = Duration::from_secs(55);
            while age < interval {
                if is_due_by_chance(age, took, interval, 1.0 - rand::random::<f64>()) {
                    early += 1;
                    break;
                }
                age += Duration::from_millis(10);
            }
        }
        // The probability of none is below 1 % for each of them.
        assert!(early > 180, "{early} of 200 were refreshed in time");
    }
}
