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
    database::{Record, Transaction, Way},
};

/// How the description of a migration begins that removes what the release before it uses. sqlx
/// makes the description of the file's name.
const CONTRACTING: &str = "contract";

/// Lets other nodes wait until the transaction ends. The number is arbitrary.
const LOCK: &str = "SELECT pg_advisory_xact_lock(79600436966504)";

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
        Database::Postgres(..) => migrations_of_postgres(),
        Database::Sqlite(..) => migrations_of_sqlite(),
    };
    // Those of a newer release are looked at afterwards.
    migrator.set_ignore_missing(true);
    migrator
}

fn migrations_of_postgres() -> Migrator {
    sqlx::migrate!("../migrations/postgres")
}

fn migrations_of_sqlite() -> Migrator {
    sqlx::migrate!("../migrations/sqlite")
}

/// The number of the last migration that this build knows.
pub(super) fn newest() -> i64 {
    let migrations = migrations_of_sqlite();
    let last = migrations.iter().map(|migration| migration.version).max();
    last.unwrap_or_default()
}

impl Store {
    /// Runs the migrations that the database has not seen. Several nodes may do so at the same
    /// time.
    pub(super) async fn migrate(&self) -> Result<Schema, StoreError> {
        let mut migrator = migrator(&self.database);
        match &self.database {
            Database::Postgres(pool, _, Way::Direct, _) => migrator.run(pool).await?,
            Database::Postgres(pool, _, Way::Pooler, _) => {
                // Of one session, whose prepared statements must not be left to others. The
                // lock is the transaction's: other nodes wait.
                let mut transaction = pool.begin().await?;
                sqlx::raw_sql(LOCK).execute(&mut *transaction).await?;
                sqlx::raw_sql("DEALLOCATE ALL")
                    .execute(&mut *transaction)
                    .await?;
                migrator.set_locking(false).run(&mut *transaction).await?;
                sqlx::raw_sql("DEALLOCATE ALL")
                    .execute(&mut *transaction)
                    .await?;
                transaction.commit().await?;
            }
            Database::Sqlite(pool, ..) => migrator.run(pool).await?,
        }
        let mut transaction = self.database.begin(Purpose::Read).await?;
        let newer = newer(&mut transaction, &migrator).await?;
        drop(transaction);
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
}

/// Lets other nodes that change the schema wait until the transaction ends.
pub(super) async fn wait_for_others(transaction: &mut Transaction) -> Result<(), StoreError> {
    // SQLite has one writer at a time anyway.
    transaction.target().run(LOCK, "").await
}

/// Whether a newer release has migrated the database.
pub(super) async fn is_newer(transaction: &mut Transaction) -> Result<bool, StoreError> {
    let migrator = match transaction {
        Transaction::Postgres(..) => migrations_of_postgres(),
        Transaction::Sqlite(_) => migrations_of_sqlite(),
    };
    Ok(!newer(transaction, &migrator).await?.is_empty())
}

/// The migrations that have run on the database, but are not this build's.
async fn newer(
    transaction: &mut Transaction,
    migrator: &Migrator,
) -> Result<Vec<Applied>, StoreError> {
    const APPLIED: &str =
        "SELECT version, description FROM _sqlx_migrations WHERE success ORDER BY version";
    let records = transaction.target().fetch_fixed(APPLIED, APPLIED).await?;
    let applied = |record: &Record| {
        Ok(Applied {
            version: record.get(0)?,
            description: record.get(1)?,
        })
    };
    let mut applied = records
        .iter()
        .map(applied)
        .collect::<Result<Vec<Applied>, StoreError>>()?;
    applied.retain(|applied| !migrator.version_exists(applied.version));
    Ok(applied)
}

impl Applied {
    fn is_contracting(&self) -> bool {
        self.description.split(' ').next() == Some(CONTRACTING)
    }

    fn name(&self) -> String {
        format!("{:04} {}", self.version, self.description)
    }
}
