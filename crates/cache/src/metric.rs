//! The names of this crate's metrics, in one place. `docs/metrics.md` explains each.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
    time::Duration,
};

use metrics::{
    Counter, Gauge, Histogram, Unit, counter, describe_counter, describe_gauge, describe_histogram,
    gauge, histogram,
};
use parking_lot::RwLock;

use crate::{Reason, Source, Tier};

const ANSWERS: &str = "hearth_answers_total";
const ANSWER_SECONDS: &str = "hearth_answer_seconds";
const MISSES: &str = "hearth_misses_total";
const LOADS: &str = "hearth_loads_total";
const LOAD_SECONDS: &str = "hearth_load_seconds";
const RENDERS: &str = "hearth_renders_total";
const UNANSWERED: &str = "hearth_unanswered_total";
const JOINED: &str = "hearth_joined_loads_total";
const SHARED_FAILURES: &str = "hearth_shared_failures_total";
const FLEET_WAITS: &str = "hearth_fleet_waits_total";
const REFRESHES: &str = "hearth_refreshes_total";
const CUT_OFF: &str = "hearth_cut_off_answers_total";
const REFUSED: &str = "hearth_refused_askers_total";
const BREAKER: &str = "hearth_breaker_open";
const REVISION: &str = "hearth_revision";
const LEASE: &str = "hearth_lease";
const MEMORY_BYTES: &str = "hearth_memory_bytes";
const MEMORY_ENTRIES: &str = "hearth_memory_entries";

/// Handles to the counters, fetched once: looking one up by its name costs more than a hit.
pub(crate) struct Counters {
    pub(crate) loads: Counter,
    pub(crate) unanswered: Counter,
    pub(crate) joined: Counter,
    pub(crate) shared_failures: Counter,
    pub(crate) fleet_waits: Counter,
    pub(crate) refreshes: Counter,
    pub(crate) cut_off: Counter,
    pub(crate) refused: Counter,
}

impl Counters {
    /// `composes` is whether the origin makes its answers of other answers.
    pub(crate) fn new(composes: bool) -> Self {
        Self {
            loads: counter!(if composes { RENDERS } else { LOADS }),
            unanswered: counter!(UNANSWERED),
            joined: counter!(JOINED),
            shared_failures: counter!(SHARED_FAILURES),
            fleet_waits: counter!(FLEET_WAITS),
            refreshes: counter!(REFRESHES),
            cut_off: counter!(CUT_OFF),
            refused: counter!(REFUSED),
        }
    }
}

/// The metrics of one kind of ask about one catalogue.
#[derive(Debug)]
pub struct Kind {
    catalogue: &'static str,
    kind: &'static str,
    answers: [Counter; 3],
    seconds: [Histogram; 3],
    load_seconds: Histogram,
}

/// All kinds that were asked for so far. There are few.
static KINDS: LazyLock<RwLock<HashMap<[&'static str; 2], Arc<Kind>>>> =
    LazyLock::new(RwLock::default);

impl Kind {
    pub(crate) fn of(catalogue: &'static str, kind: &'static str) -> Arc<Self> {
        if let Some(known) = KINDS.read().get(&[catalogue, kind]) {
            return Arc::clone(known);
        }
        let labels = |source: Source| {
            [
                ("tier", source.name()),
                ("catalogue", catalogue),
                ("kind", kind),
            ]
        };
        let made = Self {
            catalogue,
            kind,
            answers: Source::ALL.map(|source| counter!(ANSWERS, &labels(source))),
            seconds: Source::ALL.map(|source| histogram!(ANSWER_SECONDS, &labels(source))),
            load_seconds: histogram!(LOAD_SECONDS, "catalogue" => catalogue, "kind" => kind),
        };
        let mut kinds = KINDS.write();
        Arc::clone(
            kinds
                .entry([catalogue, kind])
                .or_insert_with(|| Arc::new(made)),
        )
    }

    /// Counts an answer.
    pub(crate) fn answered(&self, source: Source) {
        self.answers[source as usize].increment(1);
    }

    /// Counts an answer that a tier did not have.
    pub(crate) fn missed(&self, tier: Tier, reason: &Reason) {
        let labels = [
            ("tier", tier.name()),
            ("reason", reason.name()),
            ("catalogue", self.catalogue),
            ("kind", self.kind),
        ];
        counter!(MISSES, &labels).increment(1);
    }

    /// Notes how long a load took.
    pub(crate) fn loaded(&self, took: Duration) {
        self.load_seconds.record(took);
    }

    /// Notes how long a request took that got its answer from there.
    pub fn took(&self, source: Source, took: Duration) {
        self.seconds[source as usize].record(took);
    }
}

pub(crate) fn breaker() -> Gauge {
    gauge!(BREAKER)
}

/// Says how far a node has followed the log, and whether it holds a lease.
pub(crate) fn follows(revision: u64, lease: bool) {
    #[allow(clippy::cast_precision_loss, reason = "exact up to 2^53 revisions")]
    gauge!(REVISION).set(revision as f64);
    gauge!(LEASE).set(f64::from(u8::from(lease)));
}

/// Says how much memory the answers of some tiers take, and how many there are.
pub(crate) fn holds(answers: &'static str, bytes: u64, entries: usize) {
    #[allow(clippy::cast_precision_loss, reason = "exact up to 2^53 bytes")]
    {
        gauge!(MEMORY_BYTES, "answers" => answers).set(bytes as f64);
        gauge!(MEMORY_ENTRIES, "answers" => answers).set(entries as f64);
    }
}

/// Describes the metrics to the recorder that is installed.
pub fn describe() {
    // A node without Redis has no breaker.
    breaker().set(0.0);
    let count = |name: &'static str, text: &'static str| describe_counter!(name, Unit::Count, text);
    let seconds =
        |name: &'static str, text: &'static str| describe_histogram!(name, Unit::Seconds, text);
    count(ANSWERS, "Answers, by the tier that had them cached");
    seconds(
        ANSWER_SECONDS,
        "How long requests took, by the tier that had the answer",
    );
    count(MISSES, "Answers that a tier did not have, by reason");
    count(LOADS, "Answers loaded from the database");
    seconds(LOAD_SECONDS, "How long loads took");
    count(RENDERS, "Pages rendered for the memory tier");
    count(
        UNANSWERED,
        "Requests that got no answer, because a load failed",
    );
    count(JOINED, "Requests that joined another request's load");
    count(SHARED_FAILURES, "Calls to the shared tier that failed");
    count(
        FLEET_WAITS,
        "Loads that waited for another node's load of the same answer",
    );
    count(
        REFRESHES,
        "Answers refreshed in the background while they were served",
    );
    count(
        CUT_OFF,
        "Cached answers served, marked, while the database was unreachable",
    );
    count(REFUSED, "Requests refused because too many were waiting");
    let gauge = |name: &'static str, text: &'static str| describe_gauge!(name, Unit::Count, text);
    gauge(
        BREAKER,
        "1 while the shared tier is known to be down, 0 while it answers",
    );
    gauge(REVISION, "The last revision that this node has followed");
    gauge(
        LEASE,
        "1 while the node holds a lease, so that it may use cached answers",
    );
    gauge(MEMORY_ENTRIES, "Answers in the memory tier");
    describe_gauge!(
        MEMORY_BYTES,
        Unit::Bytes,
        "Memory that the answers in the memory tier take"
    );
}

/// The bounds of the buckets of all histograms, in seconds: from a hit to a load that times out.
pub const BUCKETS: [f64; 14] = [
    0.000_02, 0.000_05, 0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 2.0,
    10.0,
];
