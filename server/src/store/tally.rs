//! Which statements run: a log line each (`HEARTH_LOG=sql=debug`), and their number for whoever
//! counts.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use tracing::{Level, debug, enabled};

tokio::task_local! {
    /// How many statements this task has run since it began to count.
    static RAN: Cell<u32>;
}

/// Runs a future, and counts the statements that it runs, or that it [adds](add).
pub(crate) async fn counting<T>(future: impl Future<Output = T>) -> (T, u32) {
    let counted = async { (future.await, RAN.with(Cell::get)) };
    let (result, ran) = RAN.scope(Cell::new(0), counted).await;
    add(ran);
    (result, ran)
}

/// Adds statements that another task has run for this one.
pub(crate) fn add(ran: u32) {
    // Nobody counts at the start of the server, for example.
    let _ = RAN.try_with(|total| total.set(total.get() + ran));
}

/// Whether each statement is logged.
pub(crate) fn is_logged() -> bool {
    enabled!(target: "sql", Level::DEBUG)
}

/// Logs how many statements a request took, if statements are logged.
pub(crate) fn log_request(path: &str, ran: u32, took: Duration) {
    debug!(target: "sql", path, statements = ran, ?took, "request");
}

/// A statement that runs.
pub(super) struct Statement {
    sql: Option<String>,
    started: Instant,
}

impl Statement {
    pub(super) fn begin(sql: &str) -> Self {
        add(1);
        Self {
            sql: is_logged().then(|| sql.to_owned()),
            started: Instant::now(),
        }
    }

    /// Notes that it has returned, or altered, this many rows.
    pub(super) fn end(self, rows: u64) {
        if let Some(sql) = self.sql {
            debug!(target: "sql", rows, took = ?self.started.elapsed(), "{sql}");
        }
    }
}
