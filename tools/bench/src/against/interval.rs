//! A median with its confidence interval.
//!
//! No distribution of the values is assumed. Of `n` independent values, the number of those below the true median is
//! binomial with `p = ½`: so the median lies between the `k`-th smallest and the `k`-th largest value with
//! probability `1 − 2·P(X < k)`, and `k` is the largest for which that is 95 % or more. See J.-Y. Le Boudec,
//! *Performance Evaluation of Computer and Communication Systems* (2010), theorem 2.1 with the table in appendix A,
//! or H. A. David and H. N. Nagaraja, *Order Statistics* (3rd ed., 2003), section 7.1.

use serde::Serialize;

use crate::sample::median;

/// The confidence that an interval should reach.
pub(super) const CONFIDENCE: f64 = 0.95;

#[derive(Serialize, Clone, Copy, PartialEq, Debug)]
pub(super) struct Interval {
    pub(super) median: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Interval {
    /// `None` if there are no values, or if one of them is not finite.
    pub(super) fn of(values: &[f64]) -> Option<Self> {
        if !values.iter().all(|value| value.is_finite()) {
            return None;
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (rank, _) = rank(sorted.len());
        Some(Self {
            median: median(&sorted)?,
            low: *sorted.get(rank - 1)?,
            high: *sorted.get(sorted.len() - rank)?,
        })
    }

    /// Whether it contains 1, which means that both sides may be equal.
    pub(super) fn has_one(&self) -> bool {
        (self.low..=self.high).contains(&1.0)
    }
}

/// The confidence of the interval of this many values. Fewer than six cannot reach 95 %: their interval is from the
/// smallest to the largest value, and says less.
pub(super) fn confidence(values: usize) -> f64 {
    rank(values).1
}

/// The rank of the values that bound the interval, counted from 1 at both ends, and the interval's confidence.
fn rank(values: usize) -> (usize, f64) {
    let doubt = (1.0 - CONFIDENCE) / 2.0;
    // P(X = at), and P(X ≤ at).
    let mut exactly = 0.5_f64.powi(i32::try_from(values).unwrap_or(i32::MAX));
    let mut at_most = exactly;
    let mut outside = at_most;
    let mut rank = 1;
    for at in 1..=values / 2 {
        exactly *= (values - at + 1) as f64 / at as f64;
        at_most += exactly;
        if at_most > doubt {
            break;
        }
        rank = at + 1;
        outside = at_most;
    }
    (rank, (1.0 - 2.0 * outside).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_match_the_published_tables() {
        let check = |values, expect, sure: f64| {
            let (rank, confidence) = rank(values);
            assert_eq!(rank, expect, "of {values}");
            assert!((confidence - sure).abs() < 5e-4, "{values}: {confidence}");
        };
        check(6, 1, 0.969);
        check(8, 1, 0.992);
        check(9, 2, 0.961);
        check(10, 2, 0.979);
        check(20, 6, 0.959);
        check(30, 10, 0.957);
        check(50, 18, 0.967);
        check(100, 40, 0.965);
        // Too few: from the smallest to the largest.
        check(5, 1, 0.938);
        check(4, 1, 0.875);
        check(2, 1, 0.5);
        check(1, 1, 0.0);
    }

    #[test]
    fn many_values_do_not_underflow() {
        let (rank, confidence) = rank(1_000);
        assert_eq!(rank, 469);
        assert!((0.95..0.96).contains(&confidence), "{confidence}");
    }

    #[test]
    fn the_order_of_the_values_does_not_matter() {
        let mut values: Vec<f64> = (1..=20).map(f64::from).collect();
        let expect = Interval {
            median: 10.5,
            low: 6.0,
            high: 15.0,
        };
        assert_eq!(Interval::of(&values), Some(expect));
        values.reverse();
        assert_eq!(Interval::of(&values), Some(expect));
    }

    #[test]
    fn one_outlier_does_not_move_it_far() {
        let mut values = vec![1.0; 20];
        values[7] = 900.0;
        let interval = Interval::of(&values);
        assert!(interval.is_some_and(|it| it.has_one() && it.high == 1.0));
    }

    #[test]
    fn empty_and_non_finite_values_have_no_interval() {
        assert_eq!(Interval::of(&[]), None);
        assert_eq!(Interval::of(&[1.0, f64::NAN]), None);
        assert_eq!(Interval::of(&[f64::INFINITY]), None);
    }

    /// Over many samples whose true median is 1, the interval must contain it as often as its confidence says.
    #[test]
    fn intervals_reach_their_stated_confidence() {
        use rand::{Rng as _, SeedableRng as _};
        let mut draw = rand_chacha::ChaCha8Rng::seed_from_u64(1);
        let runs = 4_000;
        let held = (0..runs).filter(|_| {
            let values: Vec<f64> = (0..20).map(|_| draw.random_range(0.0..2.0)).collect();
            Interval::of(&values).is_some_and(|it| it.has_one())
        });
        let share = held.count() as f64 / f64::from(runs);
        assert!((share - confidence(20)).abs() < 0.015, "{share}");
    }
}
