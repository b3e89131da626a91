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

use self::names::{
    ANSWER_SECONDS, ANSWERS, BREAKER, CUT_OFF, EARLY_REFRESHES, EVICTIONS, FIRST_SERVED_SECONDS,
    FLEET_WAITS, FOLLOW_SECONDS, JOINED, LEASE, LOAD_SECONDS, LOADS, MEMORY_BYTES, MEMORY_ENTRIES,
    MISSES, REFRESHES, REFUSED, RELOADS, RENDERS, REVISION, SHARED_FAILURES, UNANSWERED,
};
use crate::{
    Reason, Source, Tier,
    spread::{Counts, Spread},
};

/// The names.
#[allow(missing_docs, reason = "`describe` says what they mean")]
pub mod names {
    pub const ANSWERS: &str = "hearth_answers_total";
    pub const ANSWER_SECONDS: &str = "hearth_answer_seconds";
    pub const MISSES: &str = "hearth_misses_total";
    pub const LOADS: &str = "hearth_loads_total";
    pub const LOAD_SECONDS: &str = "hearth_load_seconds";
    pub const RENDERS: &str = "hearth_renders_total";
    pub const UNANSWERED: &str = "hearth_unanswered_total";
    pub const JOINED: &str = "hearth_joined_loads_total";
    pub const SHARED_FAILURES: &str = "hearth_shared_failures_total";
    pub const FLEET_WAITS: &str = "hearth_fleet_waits_total";
    pub const REFRESHES: &str = "hearth_refreshes_total";
    pub const EARLY_REFRESHES: &str = "hearth_early_refreshes_total";
    pub const RELOADS: &str = "hearth_reloads_total";
    pub const EVICTIONS: &str = "hearth_evictions_total";
    pub const FOLLOW_SECONDS: &str = "hearth_follow_seconds";
    pub const FIRST_SERVED_SECONDS: &str = "hearth_first_served_seconds";
    pub const CUT_OFF: &str = "hearth_cut_off_answers_total";
    pub const REFUSED: &str = "hearth_refused_askers_total";
    pub const BREAKER: &str = "hearth_breaker_open";
    pub const REVISION: &str = "hearth_revision";
    pub const LEASE: &str = "hearth_lease";
    pub const MEMORY_BYTES: &str = "hearth_memory_bytes";
    pub const MEMORY_ENTRIES: &str = "hearth_memory_entries";
}

/// Handles to the counters, fetched once: looking one up by its name costs more than a hit.
pub(crate) struct Counters {
    pub(crate) loads: Counter,
    pub(crate) unanswered: Counter,
    pub(crate) joined: Counter,
    pub(crate) shared_failures: Counter,
    pub(crate) fleet_waits: Counter,
    pub(crate) refreshes: Counter,
    pub(crate) early_refreshes: Counter,
    pub(crate) evictions: Counter,
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
            early_refreshes: counter!(EARLY_REFRESHES),
            evictions: counter!(EVICTIONS),
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

    /// Counts an answer that was loaded again because of an edit.
    pub(crate) fn reloaded(&self, is_same: bool) {
        let labels = [
            ("catalogue", self.catalogue),
            ("kind", self.kind),
            ("changed", if is_same { "false" } else { "true" }),
        ];
        counter!(RELOADS, &labels).increment(1);
    }

    /// Notes how long a load took.
    pub(crate) fn loaded(&self, took: Duration) {
        self.load_seconds.record(took);
        LOAD_TIMES.record(took);
    }

    /// Notes how long a request took that got its answer from there.
    pub fn took(&self, source: Source, took: Duration) {
        self.seconds[source as usize].record(took);
        let times = match source {
            Source::Memory => &HIT_TIMES,
            Source::Shared | Source::Origin => &MISS_TIMES,
        };
        times.record(took);
    }
}

/// How long requests took that were hits of the memory tier, how long others took, and how long
/// loads took: for percentiles, which the histograms' few buckets cannot tell.
static HIT_TIMES: Spread = Spread::new();
static MISS_TIMES: Spread = Spread::new();
static LOAD_TIMES: Spread = Spread::new();

/// How long things took since this process started.
#[derive(Debug, Clone)]
pub struct Took {
    /// Requests that the memory tier had the answer to.
    pub hits: Counts,
    /// Requests that it did not have the answer to.
    pub misses: Counts,
    /// Loads.
    pub loads: Counts,
}

impl Took {
    /// What was counted after `earlier`.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        Self {
            hits: self.hits.since(&earlier.hits),
            misses: self.misses.since(&earlier.misses),
            loads: self.loads.since(&earlier.loads),
        }
    }

    /// How long things took so far.
    pub fn so_far() -> Self {
        Self {
            hits: HIT_TIMES.counts(),
            misses: MISS_TIMES.counts(),
            loads: LOAD_TIMES.counts(),
        }
    }
}

/// Notes how long after an edit was logged this node had followed it.
pub(crate) fn followed(after: Duration) {
    histogram!(FOLLOW_SECONDS).record(after);
}

/// Notes how long after an edit was logged its first effect was served. `road` says where the edit
/// was made.
pub(crate) fn first_served(road: &'static str, after: Duration) {
    histogram!(FIRST_SERVED_SECONDS, "road" => road).record(after);
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
        EARLY_REFRESHES,
        "Refreshes that began before the interval was over, so that no herd finds the answer due",
    );
    count(
        RELOADS,
        "Answers loaded again because of an edit, and whether that changed them",
    );
    count(
        EVICTIONS,
        "Answers that the memory tier dropped because it had no room",
    );
    seconds(
        FOLLOW_SECONDS,
        "How long after an edit was logged this node had followed it",
    );
    seconds(
        FIRST_SERVED_SECONDS,
        "How long after an edit was logged its first effect was served",
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
