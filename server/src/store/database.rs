//! One interface to both databases: the same statements run on either.

mod deadline;

use std::{io, str::FromStr, time::Duration};

use sea_query::{PostgresQueryBuilder, QueryStatementWriter, SqliteQueryBuilder, Values};
use sea_query_sqlx::SqlxValues;
use sqlx::{
    AssertSqlSafe, ColumnIndex, Connection as _, Decode, PgConnection, PgPool, Postgres, Row,
    Sqlite, SqliteConnection, SqlitePool, Type,
    postgres::{PgConnectOptions, PgPoolOptions, PgRow},
    sqlite::{
        SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
    },
};
use tokio::time::timeout;
use tracing::warn;

use self::deadline::Deadline;
use super::{
    StoreError,
    statement::Text,
    tally::{Recorded, Statement},
};

/// How long a writer on SQLite waits for another one.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// How many connections a node's pool has at most: more than there are loads at once.
pub(crate) const CONNECTIONS: u32 = 16;

/// How long one statement of a node that serves may take: less than a load, which then can say so.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(8);

/// How long the database may take to accept a first connection. A pool would try for longer, and not say
/// why in vain.
const REACH_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a request waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// How a transaction begins that reads one snapshot.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A connection that was used this recently is not tested before it is used again.
const TRUSTED: Duration = Duration::from_secs(1);

/// A pool of connections to one of the databases, and the limit of its transactions' statements.
#[derive(Clone)]
pub enum Database {
    /// PostgreSQL, for fleets.
    Postgres(PgPool, PgConnectOptions, Way, Limit),
    /// SQLite, the embedded default.
    Sqlite(SqlitePool, SqliteConnectOptions, Limit),
}

/// How long one statement may take, also one that waits for a lock; `None`: as long as it needs.
pub type Limit = Option<Duration>;

/// The way to PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Each connection has a session of its own.
    Direct,
    /// Through a pooler that knows no sessions: what a session would hold (prepared statements,
    /// settings, announcements) does not outlive a transaction.
    Pooler,
}

/// A transaction; rolled back when dropped.
pub enum Transaction {
    /// On PostgreSQL.
    Postgres(sqlx::Transaction<'static, Postgres>, Way),
    /// On SQLite.
    Sqlite(Watched),
}

/// A transaction on SQLite whose statements may have a limit.
pub struct Watched {
    transaction: sqlx::Transaction<'static, Sqlite>,
    deadline: Option<Deadline>,
}

/// A connection outside the pool.
pub enum Connection {
    /// To PostgreSQL.
    Postgres(PgConnection, Way),
    /// To SQLite.
    Sqlite(SqliteConnection),
}

/// A connection that runs statements.
pub enum Target<'c> {
    /// A connection to PostgreSQL.
    Postgres(&'c mut PgConnection, Way),
    /// A connection to SQLite, and the end of its statements.
    Sqlite(&'c mut SqliteConnection, Option<&'c Deadline>),
}

/// One row of a result.
pub enum Record {
    /// From PostgreSQL.
    Postgres(PgRow),
    /// From SQLite.
    Sqlite(SqliteRow),
}

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Reading one snapshot.
    Read,
    /// Writing; on SQLite it takes the write lock immediately, so that it cannot fail half-way.
    Write,
}

impl Database {
    /// Connects to `sqlite://…` or `postgres://…`. A SQLite file that does not exist is created.
    ///
    /// # Errors
    /// If the address cannot be parsed or the database cannot be reached.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let plain = PgConnectOptions::from_str(url)?.application_name("hearth");
            // Joins are written in their best order; searching for a better one took half of the
            // time of a page.
            let options = plain.clone().options([("join_collapse_limit", "1")]);
            return match reach(&options).await {
                Ok(()) => Ok(Self::Postgres(
                    postgres_pool(&options),
                    options,
                    Way::Direct,
                    None,
                )),
                Err(error) if takes_no_parameters(&error) => {
                    warn!(
                        "DATABASE_URL leads to a pooler that takes no startup parameters \
                         (PgBouncer before 1.20): working without prepared statements and without \
                         announcements of edits, which are seen by polling"
                    );
                    let options = plain.extra_float_digits(None);
                    reach(&options).await?;
                    let pool = postgres_pool(&options);
                    Ok(Self::Postgres(pool, options, Way::Pooler, None))
                }
                Err(error) => Err(error.into()),
            };
        }
        if !url.starts_with("sqlite:") {
            return Err(StoreError::Address);
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Otherwise a power cut could lose edits that were acknowledged: what is committed stands only in
            // the system's memory until the next checkpoint.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        if let Some(folder) = options.get_filename().parent() {
            std::fs::create_dir_all(folder)
                .map_err(|error| StoreError::Folder(folder.into(), error))?;
        }
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options.clone())
            .await?;
        Ok(Self::Sqlite(pool, options, None))
    }

    /// The same database for a node that serves: a statement that takes too long is cancelled, by
    /// PostgreSQL itself.
    pub(super) fn limited(self) -> Self {
        let limit = Some(STATEMENT_TIMEOUT);
        match self {
            Self::Postgres(_, options, Way::Direct, _) => {
                let timeout = format!("{}ms", STATEMENT_TIMEOUT.as_millis());
                let limited = options.clone().options([("statement_timeout", timeout)]);
                Self::Postgres(postgres_pool(&limited), options, Way::Direct, limit)
            }
            Self::Postgres(pool, options, way, _) => Self::Postgres(pool, options, way, limit),
            Self::Sqlite(pool, options, _) => Self::Sqlite(pool, options, limit),
        }
    }

    /// Opens a SQLite file that exists, in whatever mode it is.
    ///
    /// # Errors
    /// If it does not exist, or is no database.
    pub(super) async fn file(path: &std::path::Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            .busy_timeout(BUSY_TIMEOUT);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options.clone())
            .await?;
        Ok(Self::Sqlite(pool, options, None))
    }

    /// Closes all connections of the pool.
    pub async fn close(&self) {
        match self {
            Self::Postgres(pool, ..) => pool.close().await,
            Self::Sqlite(pool, ..) => pool.close().await,
        }
    }

    /// The product's name, for messages.
    pub fn product(&self) -> &'static str {
        match self {
            Self::Postgres(..) => "PostgreSQL",
            Self::Sqlite(..) => "SQLite",
        }
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// If no connection is available.
    pub async fn begin(&self, purpose: Purpose) -> Result<Transaction, StoreError> {
        // In a separate task, which cannot be cancelled half-way: a connection whose caller was
        // dropped while BEGIN was on its way would go back to the pool inside a transaction that
        // sqlx does not know of, and the next caller would read from that old snapshot.
        let database = self.clone();
        let begun = tokio::spawn(async move { database.begin_here(purpose).await });
        begun
            .await
            .unwrap_or_else(|_| Err(StoreError::Database(sqlx::Error::WorkerCrashed)))
    }

    async fn begin_here(&self, purpose: Purpose) -> Result<Transaction, StoreError> {
        Ok(match self {
            Self::Postgres(pool, _, Way::Direct, _) => {
                let begin = match purpose {
                    Purpose::Read => READ,
                    Purpose::Write => "BEGIN",
                };
                Transaction::Postgres(begin_alive(pool, begin.to_owned()).await?, Way::Direct)
            }
            // A session has no settings here: they are the transaction's.
            Self::Postgres(pool, _, Way::Pooler, limit) => {
                let mut begin = match purpose {
                    Purpose::Read => format!("{READ}; SET LOCAL join_collapse_limit = 1"),
                    Purpose::Write => "BEGIN".to_owned(),
                };
                if let Some(limit) = limit {
                    begin += &format!("; SET LOCAL statement_timeout = {}", limit.as_millis());
                }
                Transaction::Postgres(begin_alive(pool, begin).await?, Way::Pooler)
            }
            Self::Sqlite(pool, _, limit) => {
                let mut transaction = match purpose {
                    Purpose::Read => pool.begin().await?,
                    Purpose::Write => pool.begin_with("BEGIN IMMEDIATE").await?,
                };
                let deadline = match limit {
                    Some(limit) => Some(Deadline::watch(&mut transaction, *limit).await?),
                    None => None,
                };
                Transaction::Sqlite(Watched {
                    transaction,
                    deadline,
                })
            }
        })
    }

    /// Opens a connection that does not count against the pool, under the given name.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn connection(&self, name: &str) -> Result<Connection, StoreError> {
        Ok(match self {
            Self::Postgres(_, options, way, _) => {
                let connection = PgConnection::connect_with(&named(options, name)).await?;
                Connection::Postgres(connection, *way)
            }
            Self::Sqlite(_, options, _) => {
                Connection::Sqlite(SqliteConnection::connect_with(options).await?)
            }
        })
    }
}

/// Begins a transaction on a connection that is alive. Whatever ended one while it was idle may have
/// ended all that the pool has, and nothing is lost by trying the next.
async fn begin_alive(
    pool: &PgPool,
    begin: String,
) -> Result<sqlx::Transaction<'static, Postgres>, StoreError> {
    let attempt = || async { Ok(pool.begin_with(AssertSqlSafe(begin.clone())).await?) };
    for _ in 0..CONNECTIONS {
        match attempt().await {
            Err(error) if StoreError::is_lost_connection(&error) => {}
            begun => return begun,
        }
    }
    attempt().await
}

/// Connects once.
async fn reach(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    match timeout(REACH_TIMEOUT, PgConnection::connect_with(options)).await {
        Ok(connection) => connection?.close().await,
        Err(_) => {
            let why = format!("no answer within {} s", REACH_TIMEOUT.as_secs());
            Err(io::Error::new(io::ErrorKind::TimedOut, why).into())
        }
    }
}

fn postgres_pool(options: &PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|connection, held| {
            Box::pin(async move {
                if held.idle_for > TRUSTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options.clone())
}

/// Whether a pooler has refused the parameters with which a connection begins.
fn takes_no_parameters(error: &sqlx::Error) -> bool {
    let refusal = error.as_database_error().map(|error| error.message());
    refusal.is_some_and(|message| message.contains("unsupported startup parameter"))
}

/// The options with a name that shows in `pg_stat_activity` what a connection is for.
pub(super) fn named(options: &PgConnectOptions, name: &str) -> PgConnectOptions {
    options.clone().application_name(name)
}

impl Transaction {
    /// The target for this transaction's statements.
    pub fn target(&mut self) -> Target<'_> {
        match self {
            Self::Postgres(transaction, way) => Target::Postgres(&mut *transaction, *way),
            Self::Sqlite(one) => Target::Sqlite(&mut one.transaction, one.deadline.as_ref()),
        }
    }

    /// Commits the transaction.
    ///
    /// # Errors
    /// If the database refuses, or does not answer.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Postgres(transaction, _) => transaction.commit().await?,
            Self::Sqlite(one) => one.transaction.commit().await?,
        }
        Ok(())
    }
}

impl Connection {
    /// Runs statements. Behind a pooler they are a transaction, so that all of one meet the same
    /// session.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn run<T>(
        &mut self,
        run: impl AsyncFnOnce(Target<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Self::Postgres(connection, Way::Pooler) = self {
            let mut transaction = connection.begin().await?;
            let result = run(Target::Postgres(&mut transaction, Way::Pooler)).await?;
            transaction.commit().await?;
            return Ok(result);
        }
        run(self.target()).await
    }

    /// Closes the connection, and waits until it is.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn close(self) -> Result<(), StoreError> {
        match self {
            Self::Postgres(connection, _) => connection.close().await?,
            Self::Sqlite(connection) => connection.close().await?,
        }
        Ok(())
    }

    /// The target for this connection's statements.
    pub fn target(&mut self) -> Target<'_> {
        match self {
            Self::Postgres(connection, way) => Target::Postgres(connection, *way),
            Self::Sqlite(connection) => Target::Sqlite(connection, None),
        }
    }
}

impl Target<'_> {
    /// Runs a statement and returns its rows.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn fetch(
        &mut self,
        statement: &impl QueryStatementWriter,
    ) -> Result<Vec<Record>, StoreError> {
        let (sql, values) = self.write(statement);
        self.records(sql, values).await
    }

    /// Runs a statement and returns its only row, if there is one.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn fetch_optional(
        &mut self,
        statement: &impl QueryStatementWriter,
    ) -> Result<Option<Record>, StoreError> {
        Ok(self.fetch(statement).await?.into_iter().next())
    }

    /// Runs a statement and returns how many rows it affected.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn execute(
        &mut self,
        statement: &impl QueryStatementWriter,
    ) -> Result<u64, StoreError> {
        let (sql, values) = self.write(statement);
        let running = Statement::begin(&sql, &values);
        let sql = AssertSqlSafe(sql);
        let rows = match self {
            Self::Postgres(connection, way) => sqlx::query_with(sql, values)
                .persistent(*way == Way::Direct)
                .execute(&mut **connection)
                .await?
                .rows_affected(),
            Self::Sqlite(connection, deadline) => {
                let query = sqlx::query_with(sql, values).execute(&mut **connection);
                limited(*deadline, query).await?.rows_affected()
            }
        };
        running.end(rows);
        Ok(rows)
    }

    /// The database's plan for a statement, line by line.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn explain(
        &mut self,
        statement: &impl QueryStatementWriter,
    ) -> Result<Vec<String>, StoreError> {
        let (sql, values) = self.write(statement);
        self.plan("EXPLAIN", &sql, values).await
    }

    /// The database's plan for a statement that has run, line by line. PostgreSQL runs it again, and
    /// adds how long each step took and how many rows it had.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub(crate) async fn explain_again(
        &mut self,
        statement: &Recorded,
    ) -> Result<Vec<String>, StoreError> {
        let values = statement.values.clone();
        self.plan("EXPLAIN (ANALYZE, BUFFERS)", &statement.sql, values)
            .await
    }

    /// A plan, line by line. `postgres` is PostgreSQL's command for it; SQLite has only one.
    async fn plan(
        &mut self,
        postgres: &'static str,
        sql: &str,
        values: SqlxValues,
    ) -> Result<Vec<String>, StoreError> {
        // The command, and the column of the result that has the line.
        let (explain, line) = match self {
            Self::Postgres(..) => (postgres, 0),
            Self::Sqlite(..) => ("EXPLAIN QUERY PLAN", 3),
        };
        let lines = self.records(format!("{explain} {sql}"), values).await?;
        lines.iter().map(|record| record.get(line)).collect()
    }

    /// Runs a fixed query, one text for each database, and returns its rows.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn fetch_fixed(
        &mut self,
        postgres: &'static str,
        sqlite: &'static str,
    ) -> Result<Vec<Record>, StoreError> {
        let sql = self.choose(postgres, sqlite);
        let values = SqlxValues(Values(Vec::new()));
        self.records(sql.to_owned(), values).await
    }

    /// Runs SQL that the database itself has generated.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn run_generated(&mut self, sql: String) -> Result<(), StoreError> {
        let query = sqlx::raw_sql(AssertSqlSafe(sql));
        match self {
            Self::Postgres(connection, _) => {
                query.execute(&mut **connection).await.map(drop)?;
            }
            Self::Sqlite(connection, deadline) => {
                limited(*deadline, query.execute(&mut **connection))
                    .await
                    .map(drop)?;
            }
        }
        Ok(())
    }

    /// Runs fixed SQL, one text for each database.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn run(
        &mut self,
        postgres: &'static str,
        sqlite: &'static str,
    ) -> Result<(), StoreError> {
        let sql = self.choose(postgres, sqlite);
        self.run_generated(sql.to_owned()).await
    }

    /// The one of the two texts that is for this database.
    fn choose(&self, postgres: &'static str, sqlite: &'static str) -> &'static str {
        match self {
            Self::Postgres(..) => postgres,
            Self::Sqlite(..) => sqlite,
        }
    }

    /// A statement in this database's dialect, with its parameters.
    fn write(&self, statement: &impl QueryStatementWriter) -> (String, SqlxValues) {
        match self {
            Self::Postgres(..) => Text::of(statement, PostgresQueryBuilder),
            Self::Sqlite(..) => Text::of(statement, SqliteQueryBuilder),
        }
    }

    async fn records(
        &mut self,
        sql: String,
        values: SqlxValues,
    ) -> Result<Vec<Record>, StoreError> {
        let running = Statement::begin(&sql, &values);
        let sql = AssertSqlSafe(sql);
        let records: Vec<Record> = match self {
            Self::Postgres(connection, way) => {
                let query = sqlx::query_with(sql, values).persistent(*way == Way::Direct);
                let rows = query.fetch_all(&mut **connection).await?;
                rows.into_iter().map(Record::Postgres).collect()
            }
            Self::Sqlite(connection, deadline) => {
                let query = sqlx::query_with(sql, values);
                let rows = limited(*deadline, query.fetch_all(&mut **connection)).await?;
                rows.into_iter().map(Record::Sqlite).collect()
            }
        };
        running.end(records.len() as u64);
        Ok(records)
    }
}

/// Runs a statement on SQLite with its limit, if it has one.
async fn limited<T>(deadline: Option<&Deadline>, statement: impl Future<Output = T>) -> T {
    match deadline {
        Some(deadline) => deadline.limit(statement).await,
        None => statement.await,
    }
}

impl Record {
    /// The value of a column, by its position.
    ///
    /// # Errors
    /// If there is no such column, or it has another type.
    pub fn get<'r, T>(&'r self, column: usize) -> Result<T, StoreError>
    where
        T: Decode<'r, Postgres> + Type<Postgres> + Decode<'r, Sqlite> + Type<Sqlite>,
        usize: ColumnIndex<PgRow> + ColumnIndex<SqliteRow>,
    {
        Ok(match self {
            Self::Postgres(row) => row.try_get(column)?,
            Self::Sqlite(row) => row.try_get(column)?,
        })
    }
}
