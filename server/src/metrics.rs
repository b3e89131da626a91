//! The recorder of metrics, and the metrics of requests, statements and edits. Those of the tiers
//! are in the crate `cache`; `docs/metrics.md` explains all of them.

use std::{sync::LazyLock, time::Duration};

use cache::metrics::{MEMORY_BYTES, MEMORY_ENTRIES};
use metrics::{Counter, Unit, counter, describe_counter, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use parking_lot::Mutex;

pub(crate) const REQUESTS: &str = "hearth_requests_total";
pub(crate) const PREFETCHES: &str = "hearth_prefetches_total";
pub(crate) const QUERIES: &str = "hearth_queries_total";
const ACKNOWLEDGE_SECONDS: &str = "hearth_acknowledge_seconds";
pub(crate) const SPELLINGS: &str = "hearth_spellings_total";
pub(crate) const SAVED_LOADS: &str = "hearth_saved_loads_total";
const FRAGMENTS: &str = "hearth_fragments_total";

/// The counters of requests, fetched once.
#[derive(Clone)]
pub(crate) struct Requests {
    requests: Counter,
    prefetches: [Counter; 2],
}

impl Requests {
    pub(crate) fn new() -> Self {
        let from = |from| counter!(PREFETCHES, "from" => from);
        Self {
            requests: counter!(REQUESTS),
            prefetches: [from("elsewhere"), from("memory")],
        }
    }

    /// Counts a request. One that a browser makes in advance, for a page that may never be looked
    /// at, counts apart.
    pub(crate) fn count(&self, is_prefetch: bool, from_memory: bool) {
        if is_prefetch {
            self.prefetches[usize::from(from_memory)].increment(1);
        } else {
            self.requests.increment(1);
        }
    }
}

/// Counts a statement that the database runs.
pub(crate) fn query() {
    static COUNTED: LazyLock<Counter> = LazyLock::new(|| counter!(QUERIES));
    COUNTED.increment(1);
}

/// Notes how long it took from a commit until all nodes had seen it.
pub(crate) fn acknowledged(after: Duration) {
    histogram!(ACKNOWLEDGE_SECONDS).record(after);
}

/// Counts a spelling of a question that was not seen before.
pub(crate) fn spelling() {
    counter!(SPELLINGS).increment(1);
}

/// Counts a load that a cache would have made under the URL as it was sent.
pub(crate) fn saved_load() {
    counter!(SAVED_LOADS).increment(1);
}

/// Counts a fragment of a page, by whether its HTML was cached or had to be rendered.
pub(crate) fn fragment(name: &'static str, is_cached: bool) {
    let from = if is_cached { "memory" } else { "render" };
    counter!(FRAGMENTS, "name" => name, "from" => from).increment(1);
}

/// Says how much memory the cached fragments of pages take, and how many there are.
pub(crate) fn holds_fragments(bytes: u64, count: usize) {
    let gauge = |name: &'static str| gauge!(name, "answers" => "fragments");
    #[allow(clippy::cast_precision_loss, reason = "exact up to 2^53 bytes")]
    {
        gauge(MEMORY_BYTES).set(bytes as f64);
        gauge(MEMORY_ENTRIES).set(count as f64);
    }
}

fn describe() {
    let count = |name: &'static str, text: &'static str| describe_counter!(name, Unit::Count, text);
    count(REQUESTS, "Requests, without prefetches");
    count(
        PREFETCHES,
        "Requests that browsers made in advance, by whether memory had the answer",
    );
    count(
        QUERIES,
        "Statements, without those that follow the change log",
    );
    count(SPELLINGS, "Spellings of questions, without canonical ones");
    count(
        SAVED_LOADS,
        "Loads that a cache would have made under the URLs as they were sent",
    );
    count(
        FRAGMENTS,
        "Fragments of rendered pages, by whether their HTML was cached",
    );
    describe_histogram!(
        ACKNOWLEDGE_SECONDS,
        Unit::Seconds,
        "How long it took from a commit until all nodes had seen it"
    );
    // So that all of them are there before anything has happened.
    let _ = (Requests::new(), counter!(SPELLINGS), counter!(SAVED_LOADS));
}

/// How often the samples of histograms are put into their buckets, when nobody reads them.
const UPKEEP: Duration = Duration::from_secs(5);

/// The recorder of this process.
static RECORDER: Mutex<Option<PrometheusHandle>> = Mutex::new(None);

/// Installs the recorder, once in a process: whoever comes later, or at the same time, gets the
/// same one.
///
/// # Errors
/// If another one is installed.
pub fn record() -> Result<PrometheusHandle, BuildError> {
    let mut recorder = RECORDER.lock();
    if let Some(handle) = &*recorder {
        return Ok(handle.clone());
    }
    let builder = PrometheusBuilder::new().set_buckets(&cache::BUCKETS)?;
    let handle = builder.install_recorder()?;
    cache::describe_metrics();
    describe();
    Ok(recorder.insert(handle).clone())
}

/// Looks after the histograms for as long as the task runs.
pub async fn keep_up(handle: PrometheusHandle) {
    let mut pace = tokio::time::interval(UPKEEP);
    loop {
        pace.tick().await;
        handle.run_upkeep();
    }
}
