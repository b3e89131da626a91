//! Brings the schema up to date.

use super::{Database, Store, StoreError, database::Way};

impl Store {
    /// Runs the migrations that the database has not seen. Several nodes may do so at the same
    /// time.
    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        match &self.database {
            Database::Postgres(pool, _, way) => {
                let mut migrator = sqlx::migrate!("../migrations/postgres");
                match way {
                    Way::Direct => migrator.run(pool).await?,
                    Way::Pooler => {
                        // Of one session, whose prepared statements must not be left to others. The
                        // lock, of an arbitrary number, is the transaction's: other nodes wait.
                        let mut transaction = pool.begin().await?;
                        sqlx::raw_sql(
                            "SELECT pg_advisory_xact_lock(79600436966504); DEALLOCATE ALL",
                        )
                        .execute(&mut *transaction)
                        .await?;
                        migrator.set_locking(false).run(&mut *transaction).await?;
                        sqlx::raw_sql("DEALLOCATE ALL")
                            .execute(&mut *transaction)
                            .await?;
                        transaction.commit().await?;
                    }
                }
            }
            Database::Sqlite(pool, _) => sqlx::migrate!("../migrations/sqlite").run(pool).await?,
        }
        Ok(())
    }
}
