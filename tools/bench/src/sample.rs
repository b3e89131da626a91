//! One measurement, and the summary of several.

use serde::Serialize;

/// The result of one load.
#[derive(Clone, Default, Debug, Serialize)]
pub(super) struct Sample {
    /// Requests that were answered.
    pub(super) requests: f64,
    pub(super) seconds: f64,
    /// Requests a second.
    pub(super) rate: f64,
    /// In milliseconds, like `p99`.
    pub(super) p50: f64,
    pub(super) p99: f64,
    /// Bytes per answer, including its headers.
    pub(super) bytes: f64,
    /// The server's CPU time per request, in microseconds.
    pub(super) cpu: f64,
    /// The same for the database and Redis behind it.
    pub(super) behind: f64,
    /// The share of one core that the load generator used: near 1, it was the bottleneck.
    pub(super) generator: f64,
    /// Answers that do not count: errors, broken connections, and hits where a cold answer was expected.
    pub(super) failed: f64,
}

impl Sample {
    /// The median of each figure separately.
    pub(super) fn median(samples: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| {
            median(&samples.iter().map(figure).collect::<Vec<_>>()).unwrap_or_default()
        };
        Self {
            requests: of(|s| s.requests),
            seconds: of(|s| s.seconds),
            rate: of(|s| s.rate),
            p50: of(|s| s.p50),
            p99: of(|s| s.p99),
            bytes: of(|s| s.bytes),
            cpu: of(|s| s.cpu),
            behind: of(|s| s.behind),
            generator: of(|s| s.generator),
            // Even one is too many.
            failed: samples.iter().map(|s| s.failed).sum(),
        }
    }
}

/// The middle value, or the mean of the two in the middle.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

/// The value that this share of all values does not exceed, by nearest rank.
pub(super) fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied()
}

/// The median of the ratios between measurements from the same round, because a machine that is slow
/// for a while is slow for both.
pub(super) fn ratio(one: &[Sample], other: &[Sample], figure: fn(&Sample) -> f64) -> Option<f64> {
    let pairs = one.iter().zip(other);
    let ratios: Vec<f64> = pairs
        .map(|(one, other)| figure(one) / figure(other))
        .filter(|ratio| ratio.is_finite())
        .collect();
    median(&ratios)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        let check = |values: &[f64], expect| assert_eq!(median(values), expect, "{values:?}");
        check(&[], None);
        check(&[3.0], Some(3.0));
        check(&[9.0, 1.0, 2.0], Some(2.0));
        check(&[4.0, 1.0, 2.0, 9.0], Some(3.0));
    }

    #[test]
    fn quantiles() {
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        let check = |share, expect| assert_eq!(quantile(&hundred, share), Some(expect));
        check(0.0, 1.0);
        check(0.5, 50.0);
        check(0.99, 99.0);
        check(1.0, 100.0);
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn ratios_are_within_one_round() {
        let rates = |rates: [f64; 3]| {
            rates.map(|rate| Sample {
                rate,
                ..Sample::default()
            })
        };
        // The second round was slow for both.
        let (one, other) = (rates([90.0, 45.0, 99.0]), rates([100.0, 50.0, 100.0]));
        assert_eq!(ratio(&one, &other, |sample| sample.rate), Some(0.9));
        assert_eq!(ratio(&one, &other, |sample| sample.cpu), None);
    }
}
