//! Waiting for a database that cannot be reached yet: one that starts, or is cut off.

use std::{error::Error, time::Duration};

use backon::{ExponentialBuilder, Retryable};
use tracing::warn;

use crate::store::{Store, StoreError};

/// How long a command waits for the database that somebody waits for.
const PATIENCE: Duration = Duration::from_secs(60);

/// The waits between attempts: short at first, then at most half a second, none like another, as nodes
/// that were started together would otherwise come together again.
pub(super) fn delays() -> ExponentialBuilder {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(50))
        .with_max_delay(Duration::from_millis(400))
        .with_jitter()
        .without_max_times()
}

/// Whether the same attempt may succeed later.
pub(super) fn may_be_later(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<StoreError>()
        .is_some_and(StoreError::may_be_reached_later)
}

/// Opens a store, and waits for its database for a minute.
pub(super) async fn open(url: &str) -> Result<Store, StoreError> {
    let mut is_first = true;
    (|| Store::open(url))
        .retry(delays().with_total_delay(Some(PATIENCE)))
        .when(StoreError::may_be_reached_later)
        .notify(|error, _| {
            if std::mem::take(&mut is_first) {
                let seconds = PATIENCE.as_secs();
                warn!(%error, "cannot reach the database; trying again for {seconds} s");
            }
        })
        .await
}
