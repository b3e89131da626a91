//! The names of this crate's metrics, in one place.

use metrics::{Counter, Unit, counter, describe_counter};

const ANSWERS: &str = "hearth_answers_total";
const LOADS: &str = "hearth_loads_total";
const JOINED: &str = "hearth_joined_loads_total";
const SHARED_FAILURES: &str = "hearth_shared_failures_total";

/// Handles to the counters, fetched once: looking one up by its name costs more than a hit.
pub(crate) struct Counters {
    pub(crate) memory_hits: Counter,
    pub(crate) shared_hits: Counter,
    pub(crate) misses: Counter,
    pub(crate) loads: Counter,
    pub(crate) joined: Counter,
    pub(crate) shared_failures: Counter,
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
        }
    }
}

/// Describes the metrics to the recorder that is installed.
pub fn describe() {
    describe_counter!(
        ANSWERS,
        Unit::Count,
        "Answers, by the tier that remembered them"
    );
    describe_counter!(LOADS, Unit::Count, "Answers loaded from the database");
    describe_counter!(
        JOINED,
        Unit::Count,
        "Askers that joined another asker's load"
    );
    describe_counter!(
        SHARED_FAILURES,
        Unit::Count,
        "Calls to the shared tier that failed"
    );
}
