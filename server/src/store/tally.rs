//! Which statements run: a log line each (`HEARTH_LOG=sql=debug`), their number for whoever counts,
//! and their texts for whoever wants to see their plans.

use std::{
    cell::{Cell, RefCell},
    time::{Duration, Instant},
};

use sea_query_sqlx::SqlxValues;
use tracing::{Level, debug, enabled, trace};

use crate::metrics;

tokio::task_local! {
    /// How many statements this task has run since it began to count.
    static RAN: Cell<u32>;

    /// The statements that this task has run since it began to record them.
    static RECORDED: RefCell<Vec<Recorded>>;

    /// There while a task does what it repeats all the time.
    static ROUTINE: ();
}

/// Runs a future whose statements are repeated all the time, so that the log shows them only from
/// the level TRACE on.
pub(crate) async fn routine<T>(future: impl Future<Output = T>) -> T {
    ROUTINE.scope((), future).await
}

/// A statement that has run.
pub(crate) struct Recorded {
    pub(crate) sql: String,
    pub(super) values: SqlxValues,
    pub(crate) rows: u64,
    pub(crate) took: Duration,
}

/// Runs a future, and returns the statements that it has run.
pub(crate) async fn recording<T>(future: impl Future<Output = T>) -> (T, Vec<Recorded>) {
    let recorded = async { (future.await, RECORDED.with(RefCell::take)) };
    RECORDED.scope(RefCell::default(), recorded).await
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
    text: Option<(String, SqlxValues)>,
    started: Instant,
}

impl Statement {
    pub(super) fn begin(sql: &str, values: &SqlxValues) -> Self {
        add(1);
        if ROUTINE.try_with(|()| ()).is_err() {
            metrics::query();
        }
        let is_wanted = is_logged() || RECORDED.try_with(|_| ()).is_ok();
        Self {
            text: is_wanted.then(|| (sql.to_owned(), values.clone())),
            started: Instant::now(),
        }
    }

    /// Notes that it has returned, or altered, this many rows.
    pub(super) fn end(self, rows: u64) {
        let Some((sql, values)) = self.text else {
            return;
        };
        let took = self.started.elapsed();
        if ROUTINE.try_with(|()| ()).is_ok() {
            trace!(target: "sql", rows, ?took, "{sql}");
        } else {
            debug!(target: "sql", rows, ?took, "{sql}");
        }
        let statement = Recorded {
            sql,
            values,
            rows,
            took,
        };
        // Mostly, nobody records.
        let _ = RECORDED.try_with(|recorded| recorded.borrow_mut().push(statement));
    }
}
