//! The store: the database, as the rest of the server sees it.
//!
//! [`Database`] hides which of the two databases is in use; everything above it is written once.
//! Reading (`read`) knows only what a catalogue declares. Editing (`edit`) relies on the triggers
//! for the change log. `feed` is what the tiers follow. Nothing here knows of HTTP, the tiers'
//! entries or the URLs of asks.

mod accounts;
mod backup;
mod bulk;
mod changes;
mod computed;
mod contents;
mod copying;
mod database;
pub(crate) mod desk;
mod edit;
mod examination;
mod facets;
mod feed;
mod first_start;
mod history;
mod json;
mod keys;
mod laboratory;
mod logged;
mod migrate;
mod nodes;
mod pruning;
pub(crate) mod read;
mod released;
mod requested;
mod seeding;
mod select;
mod similar;
mod sitemap;
pub(crate) mod stamp;
mod statement;
pub(crate) mod tally;
mod triggers;
mod views;

use std::{path::PathBuf, sync::atomic::AtomicBool};

use sqlx::{error::DatabaseError, migrate::MigrateError};
use tokio::sync::Mutex;

pub use accounts::{Account, Role};
pub use backup::{Backup, BackupError, Manifest, Product, Restored, Temporary};
pub use changes::{PER_PAGE, Wanted};
pub use contents::{Contents, Held, LEFT_OUT, Progress, Watch};
pub use copying::Copied;
pub(crate) use database::{CONNECTIONS, Transaction};
pub use database::{Database, Limit, Purpose, Way};
pub use desk::RowsWanted;
pub use edit::{
    Action, Committed, Created, Creation, Difference, Edit, EditError, Idempotency, MOST_ROWS,
    Many, ManyEdited, Refused, Rows, Seen, Why,
};
pub(crate) use examination::sqlite_file;
pub use first_start::FirstStart;
pub use json::Json;
pub use laboratory::Specimen;
use migrate::Schema;
pub use nodes::{Node, Reached};
pub use released::Released;
pub use seeding::{Amounts, Seeded};

/// The database, with the state that it needs besides its pool.
pub struct Store {
    database: Database,
    /// The follower's own connection: it must not wait for a pool that a stampede has emptied.
    feed: Mutex<Option<database::Connection>>,
    /// This node's id among the nodes.
    node: String,
    /// Whether this node has left the list for good.
    leaving: AtomicBool,
    views: views::Views,
    acknowledgements: nodes::Acknowledgements,
}

/// Why the store has no answer. The text is for the log, never for a reader.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, or refuses.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The database could not be brought to this build's schema.
    #[error("cannot migrate the database: {0}")]
    Migration(#[from] MigrateError),
    /// A newer release has removed what this build uses.
    #[error(
        "a newer release has removed from the database what this one uses \
         (migration {version:04}, {description:?}): use the newer binary, or restore a backup from \
         before that migration"
    )]
    Contracted {
        /// The migration's number.
        version: i64,
        /// What its file is called.
        description: String,
    },
    /// The address names no known database.
    #[error("DATABASE_URL must start with sqlite:// or postgres://")]
    Address,
    /// The folder of a SQLite file cannot be created.
    #[error("cannot create the directory {0}: {1}")]
    Folder(PathBuf, std::io::Error),
    /// The database contains something that this build cannot have written.
    #[error("unexpected content in the database: {0}")]
    Unexpected(String),
}

impl StoreError {
    /// What the database, or the way to it, has said.
    fn said(&self) -> Option<&sqlx::Error> {
        match self {
            Self::Database(error)
            | Self::Migration(
                MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _),
            ) => Some(error),
            _ => None,
        }
    }

    /// What the database has said.
    fn refusal(&self) -> Option<&dyn DatabaseError> {
        self.said()?.as_database_error()
    }

    fn has_code(&self, matches: impl Fn(&str) -> bool) -> bool {
        let code = self.refusal().and_then(DatabaseError::code);
        code.is_some_and(|code| matches(&code))
    }

    /// Whether the same transaction may succeed when it is tried again: a deadlock or a
    /// serialization failure on PostgreSQL, a lock on SQLite.
    pub fn is_transient(&self) -> bool {
        self.has_code(|code| matches!(code, "40001" | "40P01" | "5" | "517"))
    }

    /// Whether a row refers to one that is not there, or would if it were gone.
    pub fn is_broken_reference(&self) -> bool {
        // On SQLite, a trigger may find it first.
        self.refusal().is_some_and(|error| {
            error.is_foreign_key_violation()
                || ["must be the id of a row of", "is used by"]
                    .iter()
                    .any(|words| error.message().contains(words))
        })
    }

    /// Whether one connection has ended, by an administrator or with its server, which says nothing of
    /// the others.
    pub fn is_lost_connection(&self) -> bool {
        use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
        match self.said() {
            Some(sqlx::Error::Io(error)) => matches!(
                error.kind(),
                BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof
            ),
            _ => self.has_code(|code| code.starts_with("57P0")),
        }
    }

    /// Whether PostgreSQL was given the number of a transaction that it has not issued yet. It calls that an
    /// invalid parameter.
    fn is_of_the_future(&self) -> bool {
        self.has_code(|code| code == "22023")
    }

    /// Whether a start that failed may succeed later: the database server cannot be reached yet, or a
    /// SQLite file is locked. One that cannot be opened will not open by itself.
    pub fn may_be_reached_later(&self) -> bool {
        self.is_transient() || self.is_unreachable() && !self.has_code(|code| code == "14")
    }

    /// Whether the database is unreachable at present, or refuses all clients. Waiting in vain for one
    /// of this node's own connections says nothing of the database.
    pub fn is_unreachable(&self) -> bool {
        match self.said() {
            Some(sqlx::Error::Database(_)) => self.has_code(refuses_everybody),
            Some(error) => matches!(
                error,
                sqlx::Error::Io(_)
                    | sqlx::Error::Tls(_)
                    | sqlx::Error::Protocol(_)
                    | sqlx::Error::PoolClosed
                    | sqlx::Error::WorkerCrashed
            ),
            None => false,
        }
    }

    /// Whether there was no free connection to the database.
    pub fn is_busy(&self) -> bool {
        matches!(self.said(), Some(sqlx::Error::PoolTimedOut))
    }
}

/// PostgreSQL's classes 08 (connection), 53 (resources) and 57P (shutdown, start, crash); SQLite's
/// BUSY, IOERR and CANTOPEN with their extended codes.
fn refuses_everybody(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(sqlite) if code.len() < 5 => matches!(sqlite & 0xff, 5 | 10 | 14),
        _ => ["08", "53", "57P"]
            .iter()
            .any(|class| code.starts_with(class)),
    }
}

impl Store {
    /// Connects and brings the schema up to date.
    ///
    /// # Errors
    /// If the database cannot be reached or migrated, or a newer release has removed what this one
    /// uses.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let mut store = Self::connect(url).await?;
        let schema = store.migrate().await?;
        if let Database::Sqlite(..) = store.database {
            // A connection that was opened between two migrations has been seen to miss tables that
            // the later ones made. Nobody else uses this store yet.
            store.database.close().await;
            store.database = Database::connect(url).await?;
        }
        store.forget_foreign_transaction().await?;
        // A newer release derives triggers and makes keys by newer rules; an older one must not turn that back.
        if schema == Schema::Own {
            store.derive_triggers().await?;
            store.renew_keys().await?;
        }
        Ok(store)
    }

    /// Lets no statement take long from now on, for a node that serves. Migrations and the filling of an
    /// empty database may.
    #[must_use]
    pub fn limited(self) -> Self {
        Self {
            database: self.database.limited(),
            ..self
        }
    }

    /// Connects to a database as it is.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(crate) async fn connect(url: &str) -> Result<Self, StoreError> {
        Ok(Self::over(Database::connect(url).await?))
    }

    /// A store over a database whose schema stays as it is.
    fn over(database: Database) -> Self {
        Self {
            database,
            feed: Mutex::default(),
            node: crate::credentials::random_secret(),
            leaving: AtomicBool::new(false),
            views: views::Views::default(),
            acknowledgements: nodes::Acknowledgements::default(),
        }
    }

    /// The database itself.
    pub fn database(&self) -> &Database {
        &self.database
    }
}

impl Store {
    /// Whether nothing has been changed since the database was created.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn is_untouched(&self) -> Result<bool, StoreError> {
        Ok(self.stamp().await?.revision <= 1)
    }
}
