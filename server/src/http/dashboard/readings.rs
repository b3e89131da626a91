//! What the metrics were in the last hour: a reading every few seconds, in memory.
//!
//! The dashboard shows differences of these, so it cannot disagree with `/metrics`.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use app::dashboard::Point;
use cache::{
    Took,
    metrics::{FIRST_SERVED_SECONDS, FOLLOW_SECONDS},
};
use metrics_exporter_prometheus::PrometheusHandle;
use parking_lot::Mutex;

use crate::credentials::now_millis;

/// How often a reading is taken.
pub(super) const STEP: Duration = Duration::from_secs(10);

/// How many of them are an hour.
const STEPS: usize = 360;

/// Of these, the counts in the buckets are read too; of other histograms, the sum and the number.
const WITH_BUCKETS: [&str; 2] = [FOLLOW_SECONDS, FIRST_SERVED_SECONDS];

/// The readings of the last hour.
pub(crate) struct Readings {
    metrics: PrometheusHandle,
    past: Mutex<Past>,
}

#[derive(Default)]
struct Past {
    /// All series that were ever read; a reading has its values in this order.
    series: Vec<Arc<Series>>,
    places: HashMap<String, usize>,
    readings: VecDeque<Reading>,
    /// What [`Readings::points`] has made since the last reading.
    points: Option<Arc<[Point]>>,
}

/// A name with its labels.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Series {
    name: String,
    labels: BTreeMap<String, String>,
}

/// The values at one time.
#[derive(Clone)]
struct Reading {
    /// In milliseconds since 1970.
    at: u64,
    values: Vec<f64>,
    took: Took,
}

/// What was counted between two readings.
pub(super) struct Counted {
    /// When it ends, in milliseconds since 1970.
    pub(super) at: u64,
    /// How long it is.
    pub(super) seconds: f64,
    /// How long requests and loads took.
    pub(super) took: Took,
    values: Vec<Value>,
}

/// How a series has changed.
struct Value {
    series: Arc<Series>,
    added: f64,
    now: f64,
}

impl Readings {
    /// Begins now.
    pub(crate) fn new(metrics: PrometheusHandle) -> Self {
        let readings = Self {
            metrics,
            past: Mutex::default(),
        };
        readings.take();
        readings
    }

    /// Takes a reading, and drops those that are older than an hour.
    pub(crate) fn take(&self) {
        let text = self.metrics.render();
        let mut past = self.past.lock();
        let reading = past.read(&text);
        past.readings.push_back(reading);
        past.points = None;
        while past.readings.len() > STEPS + 1 {
            past.readings.pop_front();
        }
    }

    /// What was counted from the first reading up to now.
    pub(super) fn up_to_now(&self) -> Counted {
        let text = self.metrics.render();
        let mut past = self.past.lock();
        let now = past.read(&text);
        let first = past.readings.front().unwrap_or(&now);
        past.between(first, &now)
    }

    /// What was counted from each reading to a later one, as points of a chart: at most so many, of
    /// equal length. They are made once for each reading.
    pub(super) fn points(&self, most: usize, make: impl Fn(&Counted) -> Point) -> Arc<[Point]> {
        let mut past = self.past.lock();
        if let Some(made) = &past.points {
            return Arc::clone(made);
        }
        let each = past.readings.len().div_ceil(most.max(1));
        // The last step ends at the last reading.
        let ends = past.readings.iter().rev().step_by(each.max(1));
        let mut ends: Vec<&Reading> = ends.collect();
        ends.reverse();
        let points = ends.windows(2);
        let points: Arc<[Point]> = points
            .map(|pair| make(&past.between(pair[0], pair[1])))
            .collect();
        past.points = Some(Arc::clone(&points));
        points
    }
}

impl Past {
    fn read(&mut self, text: &str) -> Reading {
        let mut values = vec![0.0; self.series.len()];
        for line in text.lines() {
            let Some((series, value)) = line.rsplit_once(' ') else {
                continue;
            };
            if line.starts_with('#') || !is_wanted(series) {
                continue;
            }
            let place = match self.places.get(series) {
                Some(place) => *place,
                None => {
                    self.series.push(Arc::new(Series::parse(series)));
                    self.places.insert(series.to_owned(), self.series.len() - 1);
                    values.push(0.0);
                    self.series.len() - 1
                }
            };
            values[place] = value.parse().unwrap_or_default();
        }
        Reading {
            at: u64::try_from(now_millis()).unwrap_or_default(),
            values,
            took: Took::so_far(),
        }
    }

    fn between(&self, from: &Reading, to: &Reading) -> Counted {
        let then = from.values.iter().copied().chain(std::iter::repeat(0.0));
        let values = self.series.iter().zip(to.values.iter().zip(then));
        Counted {
            at: to.at,
            seconds: Duration::from_millis(to.at.saturating_sub(from.at)).as_secs_f64(),
            took: to.took.since(&from.took),
            values: values
                .map(|(series, (now, then))| Value {
                    series: Arc::clone(series),
                    added: now - then,
                    now: *now,
                })
                .collect(),
        }
    }
}

impl Counted {
    /// The sum of the series of a name with these labels.
    pub(super) fn sum(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        self.of(name, labels).iter().map(|value| value.added).sum()
    }

    /// The same, as a whole number.
    pub(super) fn count(&self, name: &str, labels: &[(&str, &str)]) -> u64 {
        whole(self.sum(name, labels))
    }

    /// What a gauge showed at the end.
    pub(super) fn gauge(&self, name: &str) -> f64 {
        self.of(name, &[]).iter().map(|value| value.now).sum()
    }

    /// Sums by the values of one label, in their order.
    pub(super) fn by(
        &self,
        name: &str,
        labels: &[(&str, &str)],
        label: &str,
    ) -> BTreeMap<&str, f64> {
        let mut sums = BTreeMap::new();
        for value in self.of(name, labels) {
            if let Some(of) = value.series.labels.get(label) {
                *sums.entry(&**of).or_default() += value.added;
            }
        }
        sums
    }

    fn of(&self, name: &str, labels: &[(&str, &str)]) -> Vec<&Value> {
        let all = self.values.iter();
        all.filter(|value| value.series.name == name && value.series.has(labels))
            .collect()
    }
}

impl Series {
    /// A series as the text format of Prometheus has it: `name{label="value",…}`.
    fn parse(text: &str) -> Self {
        let (name, rest) = text.split_once('{').unwrap_or((text, ""));
        // No value of ours contains a comma or a quote.
        let pairs = rest.trim_end_matches('}').split(',');
        let labels = pairs.filter_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            Some((name.to_owned(), value.trim_matches('"').to_owned()))
        });
        Self {
            name: name.to_owned(),
            labels: labels.collect(),
        }
    }

    fn has(&self, labels: &[(&str, &str)]) -> bool {
        let mut labels = labels.iter();
        labels.all(|(name, value)| self.labels.get(*name).is_some_and(|own| own == value))
    }
}

/// A number that is none below zero, rounded: counters are whole and never fall while the process
/// runs.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it saturates"
)]
pub(super) fn whole(number: f64) -> u64 {
    number.round() as u64
}

fn is_wanted(series: &str) -> bool {
    let name = series.split('{').next().unwrap_or_default();
    match name.strip_suffix("_bucket") {
        Some(histogram) => WITH_BUCKETS.contains(&histogram),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_the_difference_of_two_readings() {
        let mut past = Past::default();
        let first = past.read("# TYPE a counter\na{tier=\"memory\",kind=\"list\"} 5\n");
        let second = past.read(
            "a{tier=\"memory\",kind=\"list\"} 8\na{tier=\"redis\",kind=\"list\"} 2\n\
             b_bucket{le=\"1\"} 4\nhearth_follow_seconds_bucket{le=\"+Inf\"} 4\n\nb_sum 0.5\n",
        );
        let counted = past.between(&first, &second);
        assert_eq!(counted.count("a", &[]), 5);
        assert_eq!(counted.count("a", &[("tier", "memory")]), 3);
        assert_eq!(
            counted.by("a", &[("kind", "list")], "tier"),
            BTreeMap::from([("memory", 3.0), ("redis", 2.0)])
        );
        assert_eq!(counted.sum("b_bucket", &[]), 0.0);
        assert_eq!(counted.count("hearth_follow_seconds_bucket", &[]), 4);
        assert_eq!(counted.sum("b_sum", &[]), 0.5);
        assert_eq!(counted.sum("c", &[]), 0.0);
    }
}
