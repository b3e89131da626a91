//! Whether this machine's clock agrees with the database's.

use super::Check;
use crate::store::{Store, StoreError};

/// Lifetimes and ages are in seconds, and compared between machines.
const AGREES_MS: i64 = 2_000;

pub(super) async fn check(store: &Store) -> Result<Check, StoreError> {
    let mut check = Check::new("clock");
    let ahead = store.clock_ahead().await?;
    if ahead.abs() > AGREES_MS {
        let direction = if ahead > 0 { "behind" } else { "ahead of" };
        let seconds = ahead.abs() / 1_000;
        check.warn(
            format!("this machine's clock is {seconds} s {direction} the database's"),
            "run an NTP client on both: the ages of answers and the times of edits are wrong",
        );
    } else {
        check.sees("agrees with the database's");
    }
    Ok(check)
}
