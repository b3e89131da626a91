//! Brings the schema up to date.

use super::{Database, Store, StoreError};

impl Store {
    /// Runs the migrations that the database has not seen. Several nodes may do so at the same
    /// time.
    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        match &self.database {
            Database::Postgres(pool, _) => {
                sqlx::migrate!("../migrations/postgres").run(pool).await?
            }
            Database::Sqlite(pool, _) => sqlx::migrate!("../migrations/sqlite").run(pool).await?,
        }
        Ok(())
    }
}
