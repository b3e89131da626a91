//! The recorder of metrics. Their names stand in the crate `cache`; `docs/metrics.md` explains them.

use std::time::Duration;

use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use parking_lot::Mutex;

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
