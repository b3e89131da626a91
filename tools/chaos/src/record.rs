//! Counts, and the violations that were found.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

use super::{timeline::Timeline, violation::Violation};

/// How many violations are recorded in full.
const IN_FULL: usize = 50;

/// A broken promise, with everything that helps to find the cause.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct ViolationReport {
    pub(super) kind: Violation,
    /// Seconds since the start.
    pub(super) at: f64,
    pub(super) node: Option<usize>,
    pub(super) request: String,
    pub(super) found: String,
    pub(super) cache_status: String,
    /// How long the answer took, in milliseconds.
    pub(super) took: f64,
    pub(super) faults: Vec<String>,
}

/// A count of something that is not wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Count {
    Reads,
    Pages,
    NotModified,
    MemoryHits,
    RedisHits,
    Loads,
    Edits,
    SqlEdits,
    Refused,
    UnknownEdits,
    Marked,
    ErrorsCutOff,
    ErrorsDown,
    UnansweredCutOff,
    UnansweredDown,
}

/// What else happened while an edit was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Conditions {
    /// Nothing.
    Alone,
    /// Reads and other edits.
    Calm,
    /// Those, and a fault somewhere, meanwhile or shortly before.
    Faults,
}

/// An acknowledged edit, with times in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Acknowledged {
    pub(super) conditions: Conditions,
    pub(super) node: usize,
    pub(super) at: Instant,
    /// The time that the writer measured.
    pub(super) whole: f64,
    /// The time beyond the commit, as reported by the node.
    pub(super) beyond: Option<f64>,
}

impl From<&Acknowledged> for Sample {
    fn from(edit: &Acknowledged) -> Self {
        Self {
            from: edit.at,
            until: edit.at + Duration::from_secs_f64(edit.whole / 1_000.0),
            version: None,
        }
    }
}

pub(super) struct Record {
    pub(super) started: Instant,
    pub(super) state: Mutex<State>,
    /// Each answer, if this is recorded.
    samples: Option<Mutex<Vec<Sample>>>,
}

/// When a request was sent and answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    pub(super) from: Instant,
    pub(super) until: Instant,
    /// The schema version of the node that answered, if the answer names its key.
    pub(super) version: Option<u32>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) counts: BTreeMap<Count, u64>,
    pub(super) acknowledged: Vec<Acknowledged>,
    pub(super) broken: BTreeMap<Violation, u64>,
    pub(super) violations: Vec<ViolationReport>,
}

/// A request, and when it was sent and answered.
pub(super) struct Request<'a> {
    pub(super) node: Option<usize>,
    pub(super) what: &'a str,
    pub(super) from: Instant,
    pub(super) until: Instant,
}

impl Record {
    pub(super) fn new() -> Self {
        Self {
            started: Instant::now(),
            state: Mutex::default(),
            samples: None,
        }
    }

    /// One that also records each answer.
    pub(super) fn of_each_answer() -> Self {
        Self {
            samples: Some(Mutex::default()),
            ..Self::new()
        }
    }

    pub(super) fn answered(&self, from: Instant, until: Instant, cache_status: &str) {
        if let Some(samples) = &self.samples {
            samples.lock().push(Sample {
                from,
                until,
                version: schema_version(cache_status),
            });
        }
    }

    /// The answers so far, in the order in which they arrived.
    pub(super) fn samples(&self) -> Vec<Sample> {
        let samples = self.samples.as_ref().map(|samples| samples.lock().clone());
        let mut samples = samples.unwrap_or_default();
        samples.sort_by_key(|sample| sample.until);
        samples
    }

    pub(super) fn count(&self, what: Count) {
        *self.state.lock().counts.entry(what).or_default() += 1;
    }

    pub(super) fn acknowledged(&self, edit: Acknowledged) {
        self.state.lock().acknowledged.push(edit);
    }

    /// Records a violation.
    pub(super) fn violation(
        &self,
        timeline: &Timeline,
        kind: Violation,
        request: &Request<'_>,
        found: String,
        cache_status: &str,
    ) {
        let violation = ViolationReport {
            kind,
            at: request
                .from
                .saturating_duration_since(self.started)
                .as_secs_f64(),
            node: request.node,
            request: request.what.to_owned(),
            found,
            cache_status: cache_status.to_owned(),
            took: milliseconds(request.until.saturating_duration_since(request.from)),
            faults: timeline.active(request.from, request.until),
        };
        let mut state = self.state.lock();
        *state.broken.entry(kind).or_default() += 1;
        if state.violations.len() < IN_FULL {
            state.violations.push(violation);
        }
    }
}

/// The version in a key such as `hearth:properties:v2:@object:7`.
fn schema_version(cache_status: &str) -> Option<u32> {
    let (_, key) = cache_status.split_once("key=\"")?;
    key.split(':').nth(2)?.strip_prefix('v')?.parse().ok()
}

pub(super) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_its_schema_version() {
        let hit = "hearth-memory; hit; key=\"hearth:properties:v3:city=austin\"";
        assert_eq!(schema_version(hit), Some(3));
        assert_eq!(schema_version("hearth-memory; fwd=bypass"), None);
    }
}
