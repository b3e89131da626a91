//! How durations spread: counts in narrow buckets, from which percentiles are read.
//!
//! A histogram for Prometheus has few and wide buckets, as each is a series of its own. This one is
//! read within the process, and recording costs one addition.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Buckets for each doubling. A bucket is at most an eighth wider than its lower bound, and values
/// are interpolated within it, so that a percentile is right to a few percent.
const PARTS: u64 = 8;

/// The number of buckets: up to 2^27 microseconds, about two minutes.
const BUCKETS: usize = 25 * PARTS as usize;

/// Counts of durations.
#[derive(Debug)]
pub(crate) struct Spread([AtomicU64; BUCKETS]);

/// Durations that were counted up to some time, or between two times.
#[derive(Debug, Clone)]
pub struct Counts(Box<[u64]>);

impl Spread {
    pub(crate) const fn new() -> Self {
        Self([const { AtomicU64::new(0) }; BUCKETS])
    }

    pub(crate) fn record(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.0[place(micros)].fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn counts(&self) -> Counts {
        let counts = self.0.iter().map(|count| count.load(Ordering::Relaxed));
        Counts(counts.collect())
    }
}

impl Counts {
    /// What was counted after `earlier`.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        let pairs = self.0.iter().zip(&earlier.0);
        Self(pairs.map(|(now, then)| now.saturating_sub(*then)).collect())
    }

    /// How many durations there are.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The duration that this share of them, from 0 to 1, do not exceed; `None` if there are none.
    #[allow(
        clippy::cast_precision_loss,
        reason = "of counts and microseconds, for people"
    )]
    pub fn quantile(&self, share: f64) -> Option<Duration> {
        let total = self.total();
        if total == 0 {
            return None;
        }
        let wanted = share.clamp(0.0, 1.0) * total as f64;
        let mut below = 0.0;
        for (place, count) in self.0.iter().enumerate().filter(|(_, count)| **count > 0) {
            let count = *count as f64;
            if below + count >= wanted {
                let (from, to) = (lower(place), lower(place + 1));
                let part = ((wanted - below) / count).clamp(0.0, 1.0);
                let micros = from as f64 + (to - from) as f64 * part;
                return Some(Duration::from_secs_f64(micros / 1e6));
            }
            below += count;
        }
        None
    }
}

/// The bucket of a number of microseconds: each up to 8 has its own; then each doubling has eight,
/// as in an HDR histogram with three significant bits.
fn place(micros: u64) -> usize {
    if micros < PARTS {
        return usize::try_from(micros).unwrap_or_default();
    }
    let doublings = u64::from(micros.ilog2() - PARTS.ilog2());
    let place = doublings * PARTS + (micros >> doublings);
    usize::try_from(place).map_or(BUCKETS - 1, |place| place.min(BUCKETS - 1))
}

/// The least number of microseconds in a bucket.
fn lower(place: usize) -> u64 {
    let place = place as u64;
    if place < PARTS {
        return place;
    }
    let doublings = place / PARTS - 1;
    (PARTS + place % PARTS) << doublings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bucket_begins_where_the_one_before_ends() {
        for at in 1..BUCKETS {
            assert_eq!(place(lower(at)), at);
            assert_eq!(place(lower(at) - 1), at - 1);
        }
        assert_eq!(place(u64::MAX), BUCKETS - 1);
        assert!(lower(BUCKETS - 1) > 100_000_000, "two minutes fit");
    }

    #[test]
    fn percentiles_are_right_to_a_few_percent() {
        let spread = Spread::new();
        let before = spread.counts();
        assert_eq!(before.quantile(0.5), None);
        for micros in 1..=100_000 {
            spread.record(Duration::from_micros(micros));
        }
        let counts = spread.counts().since(&before);
        assert_eq!(counts.total(), 100_000);
        for (share, expect) in [(0.5, 0.05), (0.95, 0.095), (0.99, 0.099)] {
            let found = counts.quantile(share).unwrap().as_secs_f64();
            assert!((found / expect - 1.0).abs() < 0.03, "{share}: {found}");
        }
    }
}
