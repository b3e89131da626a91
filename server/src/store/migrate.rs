//! Brings the schema up to date, and works on one that a newer release has brought further.
//!
//! While a release is deployed, nodes of the release before it start on a database that the new one
//! has migrated. They can: a migration expands the schema first, and a later release contracts it.
//! What a contracting migration removes is missing for good, so a binary that does not know it
//! refuses to start.

use sqlx::migrate::Migrator;
use tracing::warn;

use super::{
    Database, Purpose, Store, StoreError,
    database::{Record, Way},
};

/// How the description of a migration begins that removes what the release before it uses. sqlx
/// makes the description of the file's name.
const CONTRACTING: &str = "contract";

/// Whose schema the database has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Schema {
    /// This build's.
    Own,
    /// A newer release's, which has everything that this build uses.
    Newer,
}

/// A migration that has run.
struct Applied {
    version: i64,
    description: String,
}

/// The migrations of this build for a database.
pub(super) fn migrator(database: &Database) -> Migrator {
    let mut migrator = match database {
        Database::Postgres(..) => sqlx::migrate!("../migrations/postgres"),
        Database::Sqlite(..) => sqlx::migrate!("../migrations/sqlite"),
    };
    // Those of a newer release are looked at afterwards.
    migrator.set_ignore_missing(true);
    migrator
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
    pub(super) async fn migrate(&self) -> Result<Schema, StoreError> {
        let mut migrator = migrator(&self.database);
        match &self.database {
            Database::Postgres(pool, _, Way::Direct) => migrator.run(pool).await?,
            Database::Postgres(pool, _, Way::Pooler) => {
                // Of one session, whose prepared statements must not be left to others. The
                // lock, of an arbitrary number, is the transaction's: other nodes wait.
                let mut transaction = pool.begin().await?;
                sqlx::raw_sql("SELECT pg_advisory_xact_lock(79600436966504); DEALLOCATE ALL")
                    .execute(&mut *transaction)
                    .await?;
                migrator.set_locking(false).run(&mut *transaction).await?;
                sqlx::raw_sql("DEALLOCATE ALL")
                    .execute(&mut *transaction)
                    .await?;
                transaction.commit().await?;
            }
            Database::Sqlite(pool, _) => migrator.run(pool).await?,
        }
        let mut newer = self.applied().await?;
        newer.retain(|applied| !migrator.version_exists(applied.version));
        if newer.is_empty() {
            return Ok(Schema::Own);
        }
        if let Some(contracting) = newer.iter().find(|applied| applied.is_contracting()) {
            return Err(StoreError::Contracted {
                version: contracting.version,
                description: contracting.description.clone(),
            });
        }
        let versions: Vec<String> = newer.iter().map(Applied::name).collect();
        warn!(
            migrations = versions.join(", "),
            "a newer release has migrated the database; it has what this one uses, so this one works on"
        );
        Ok(Schema::Newer)
    }

    /// All migrations that have run on the database.
    async fn applied(&self) -> Result<Vec<Applied>, StoreError> {
        const APPLIED: &str =
            "SELECT version, description FROM _sqlx_migrations WHERE success ORDER BY version";
        let mut transaction = self.database.begin(Purpose::Read).await?;
        let records = transaction.target().fetch_fixed(APPLIED, APPLIED).await?;
        let applied = |record: &Record| {
            Ok(Applied {
                version: record.get(0)?,
                description: record.get(1)?,
            })
        };
        records.iter().map(applied).collect()
    }
}

impl Applied {
    fn is_contracting(&self) -> bool {
        self.description.split(' ').next() == Some(CONTRACTING)
    }

    fn name(&self) -> String {
        format!("{:04} {}", self.version, self.description)
    }
}
