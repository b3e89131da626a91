//! What is counted and what is held against the cluster.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use super::{breach::Breach, timeline::Timeline};
use parking_lot::Mutex;

/// How many violations are kept in full.
const KEPT: usize = 50;

/// A broken promise, with everything that helps to find out why.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Violation {
    pub(super) kind: Breach,
    /// Seconds since the start.
    pub(super) at: f64,
    pub(super) node: Option<usize>,
    pub(super) asked: String,
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

/// What went on while an edit was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Conditions {
    /// Nothing else.
    Alone,
    /// Reads and other edits.
    Calm,
    /// Those, and a fault somewhere or shortly before.
    Faults,
}

/// An acknowledged edit, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Acknowledged {
    pub(super) conditions: Conditions,
    pub(super) node: usize,
    pub(super) at: Instant,
    /// As the editor sees it.
    pub(super) whole: f64,
    /// Beyond the commit, as the node says.
    pub(super) beyond: Option<f64>,
}

pub(super) struct Record {
    pub(super) started: Instant,
    pub(super) state: Mutex<State>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) counts: BTreeMap<Count, u64>,
    pub(super) acknowledged: Vec<Acknowledged>,
    pub(super) broken: BTreeMap<Breach, u64>,
    pub(super) violations: Vec<Violation>,
}

/// A question that was asked, and when.
pub(super) struct Asked<'a> {
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
        }
    }

    pub(super) fn count(&self, what: Count) {
        *self.state.lock().counts.entry(what).or_default() += 1;
    }

    pub(super) fn acknowledged(&self, edit: Acknowledged) {
        self.state.lock().acknowledged.push(edit);
    }

    /// Holds something against the cluster.
    pub(super) fn violation(
        &self,
        timeline: &Timeline,
        breach: Breach,
        asked: &Asked<'_>,
        found: String,
        cache_status: &str,
    ) {
        let violation = Violation {
            kind: breach,
            at: asked
                .from
                .saturating_duration_since(self.started)
                .as_secs_f64(),
            node: asked.node,
            asked: asked.what.to_owned(),
            found,
            cache_status: cache_status.to_owned(),
            took: milliseconds(asked.until.saturating_duration_since(asked.from)),
            faults: timeline.active(asked.from, asked.until),
        };
        let mut state = self.state.lock();
        *state.broken.entry(breach).or_default() += 1;
        if state.violations.len() < KEPT {
            state.violations.push(violation);
        }
    }
}

pub(super) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
