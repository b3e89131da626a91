//! The first start of several nodes at once, on one empty database.

use std::time::Duration;

use sqlx::{Postgres, Transaction};

use super::{Database, Store, StoreError};

/// How often a node looks whether another one has ended its first start.
const AGAIN: Duration = Duration::from_millis(200);

/// While a node has this, no other one has it. Dropping it, or dying, lets the next one in.
pub struct FirstStart {
    _lock: Option<Transaction<'static, Postgres>>,
}

impl Store {
    /// Waits until no other node fills the database. On SQLite there is only one node.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn first_start(&self) -> Result<FirstStart, StoreError> {
        let Database::Postgres(pool, ..) = &self.database else {
            return Ok(FirstStart { _lock: None });
        };
        loop {
            // A transaction's lock, of an arbitrary number: a pooler may lend the session to others. It is not waited
            // for, because a statement that waits has a snapshot, and while there is one, VACUUM cannot note that
            // the new rows are visible to all.
            let mut transaction = pool.begin().await?;
            let taken: bool =
                sqlx::query_scalar("SELECT pg_try_advisory_xact_lock(79600436966505)")
                    .persistent(false)
                    .fetch_one(&mut *transaction)
                    .await?;
            if taken {
                return Ok(FirstStart {
                    _lock: Some(transaction),
                });
            }
            transaction.rollback().await?;
            tokio::time::sleep(AGAIN).await;
        }
    }
}
