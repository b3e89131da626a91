//! A steady rate: when each request or edit is due.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use services::process::pause;

/// How long a thread sleeps at most before it looks whether the traffic has ended.
const NAP: Duration = Duration::from_millis(50);

/// When each of many is due. Whoever is free takes the next one.
pub(super) struct Schedule {
    /// How many a second.
    rate: f64,
    started: Instant,
    next: AtomicU64,
}

impl Schedule {
    pub(super) fn new(rate: f64, started: Instant) -> Self {
        Self {
            rate,
            started,
            next: AtomicU64::new(0),
        }
    }

    /// Waits for the next one and returns its number and when it was due; `None` once `has_ended`.
    pub(super) fn next(&self, has_ended: impl Fn() -> bool) -> Option<(u64, Instant)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let after = Duration::try_from_secs_f64(number as f64 / self.rate).ok()?;
        let due = self.started.checked_add(after)?;
        loop {
            if has_ended() {
                return None;
            }
            match due.saturating_duration_since(Instant::now()) {
                Duration::ZERO => return Some((number, due)),
                early => pause(early.min(NAP)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_due_once_and_in_time() {
        let started = Instant::now();
        let schedule = Schedule::new(100.0, started);
        for number in 0..5 {
            let due = started + Duration::from_millis(10) * number;
            assert_eq!(schedule.next(|| false), Some((number.into(), due)));
            assert!(Instant::now() >= due);
        }
        assert_eq!(schedule.next(|| true), None);
    }
}
