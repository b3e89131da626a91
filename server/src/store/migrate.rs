//! Brings the schema up to date.

use sqlx::migrate::Migrator;

use super::{Database, Store, StoreError, database::Way};

/// This build's migrations for a database.
pub(super) fn migrator(database: &Database) -> Migrator {
    match database {
        Database::Postgres(..) => sqlx::migrate!("../migrations/postgres"),
        Database::Sqlite(..) => sqlx::migrate!("../migrations/sqlite"),
    }
}

/// The number of the last migration that this build knows.
pub(super) fn newest() -> i64 {
    let migrations = sqlx::migrate!("../migrations/sqlite");
    let last = migrations.iter().map(|migration| migration.version).max();
    last.unwrap_or_default()
}

impl Store {
    /// Runs the migrations that the database has not seen. Several nodes may do so at the same
    /// time.
    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        let mut migrator = migrator(&self.database);
        match &self.database {
            Database::Postgres(pool, _, way) => {
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
            Database::Sqlite(pool, _) => migrator.run(pool).await?,
        }
        Ok(())
    }
}
