//! An end for SQLite's statements, which has no `statement_timeout`.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use sqlx::SqliteConnection;

/// After how many of its virtual machine's instructions SQLite asks whether to go on: after less than a
/// millisecond.
const INSTRUCTIONS: i32 = 10_000;

/// No statement runs.
const NONE: u64 = u64::MAX;

/// The end of the statement that runs on a connection.
#[derive(Debug, Clone)]
pub struct Deadline {
    limit: Duration,
    begin: Instant,
    /// In microseconds since `begin`.
    end: Arc<AtomicU64>,
}

impl Deadline {
    /// Lets SQLite ask for the end of each statement that is limited from now on.
    pub(super) async fn watch(
        connection: &mut SqliteConnection,
        limit: Duration,
    ) -> Result<Self, sqlx::Error> {
        let deadline = Self {
            limit,
            begin: Instant::now(),
            end: Arc::new(AtomicU64::new(NONE)),
        };
        let handed_over = deadline.clone();
        let mut handle = connection.lock_handle().await?;
        handle.set_progress_handler(INSTRUCTIONS, move || handed_over.is_ahead());
        Ok(deadline)
    }

    /// Runs one statement, which ends with an error if it takes too long. It ends too if nobody waits for
    /// it any more.
    pub(super) async fn limit<T>(&self, statement: impl Future<Output = T>) -> T {
        let running = Running(self);
        self.set(self.begin.elapsed() + self.limit);
        let result = statement.await;
        std::mem::forget(running);
        self.end.store(NONE, Ordering::Relaxed);
        result
    }

    fn set(&self, end: Duration) {
        let end = u64::try_from(end.as_micros()).unwrap_or(NONE);
        self.end.store(end, Ordering::Relaxed);
    }

    fn is_ahead(&self) -> bool {
        let end = self.end.load(Ordering::Relaxed);
        end == NONE || self.begin.elapsed() < Duration::from_micros(end)
    }
}

/// A statement that has not ended.
struct Running<'a>(&'a Deadline);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.set(Duration::ZERO);
    }
}
