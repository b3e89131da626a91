//! The names of this crate's metrics, in one place.

use metrics::{Counter, Gauge, Unit, counter, describe_counter, describe_gauge, gauge};

const ANSWERS: &str = "hearth_answers_total";
const LOADS: &str = "hearth_loads_total";
const JOINED: &str = "hearth_joined_loads_total";
const SHARED_FAILURES: &str = "hearth_shared_failures_total";
const FLEET_WAITS: &str = "hearth_fleet_waits_total";
const REFRESHES: &str = "hearth_refreshes_total";
const CUT_OFF: &str = "hearth_cut_off_answers_total";
const REFUSED: &str = "hearth_refused_askers_total";
const BREAKER: &str = "hearth_breaker_open";

/// Handles to the counters, fetched once: looking one up by its name costs more than a hit.
pub(crate) struct Counters {
    pub(crate) memory_hits: Counter,
    pub(crate) shared_hits: Counter,
    pub(crate) misses: Counter,
    pub(crate) loads: Counter,
    pub(crate) joined: Counter,
    pub(crate) shared_failures: Counter,
    pub(crate) fleet_waits: Counter,
    pub(crate) refreshes: Counter,
    pub(crate) cut_off: Counter,
    pub(crate) refused: Counter,
}

impl Counters {
    pub(crate) fn new() -> Self {
        Self {
            memory_hits: counter!(ANSWERS, "tier" => "memory"),
            shared_hits: counter!(ANSWERS, "tier" => "redis"),
            misses: counter!(ANSWERS, "tier" => "none"),
            loads: counter!(LOADS),
            joined: counter!(JOINED),
            shared_failures: counter!(SHARED_FAILURES),
            fleet_waits: counter!(FLEET_WAITS),
            refreshes: counter!(REFRESHES),
            cut_off: counter!(CUT_OFF),
            refused: counter!(REFUSED),
        }
    }
}

pub(crate) fn breaker() -> Gauge {
    gauge!(BREAKER)
}

/// Describes the metrics to the recorder that is installed.
pub fn describe() {
    describe_counter!(
        ANSWERS,
        Unit::Count,
        "Answers, by the tier that had them cached"
    );
    describe_counter!(LOADS, Unit::Count, "Answers loaded from the database");
    describe_counter!(
        JOINED,
        Unit::Count,
        "Requests that joined another request's load"
    );
    describe_counter!(
        SHARED_FAILURES,
        Unit::Count,
        "Calls to the shared tier that failed"
    );
    describe_counter!(
        FLEET_WAITS,
        Unit::Count,
        "Loads that waited for another node's load of the same answer"
    );
    describe_counter!(
        REFRESHES,
        Unit::Count,
        "Answers refreshed in the background while they were served"
    );
    describe_counter!(
        CUT_OFF,
        Unit::Count,
        "Cached answers served, marked, while the database was unreachable"
    );
    describe_counter!(
        REFUSED,
        Unit::Count,
        "Requests refused because too many were waiting"
    );
    describe_gauge!(
        BREAKER,
        Unit::Count,
        "1 while the shared tier is known to be down, 0 while it answers"
    );
}
