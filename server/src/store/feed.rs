//! The change log, as the tiers follow it.

use std::{collections::HashMap, convert::Infallible, sync::Arc, time::Duration};

use backon::{ConstantBuilder, Retryable};
use cache::{Cause, Change, Log, Revision, Stamp};
use catalogue::{Catalogue, Column, Image, Storage, Value};
use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sqlx::postgres::PgListener;
use tracing::debug;

use super::{
    Database, Purpose, Store, StoreError,
    database::{Record, Target, Way, named},
    select::count_of_rows,
    stamp::read_stamp,
};

/// The name of the connections that follow the log.
const CONNECTION: &str = "hearth-feed";

/// A revision with more rows than this is not read row by row.
const DISTINCT_ROWS: i64 = 1_000;

/// Where the image of the row before a change begins in a record.
const FIRST: usize = 4;

/// A revision with the number of its rows, and who made it.
struct Counted {
    stamp: Stamp,
    rows: i64,
    who: Option<String>,
    /// When the last of its rows was logged, in milliseconds since 1970.
    at: i64,
}

/// The change of one row, as the log records it.
type RowChange = Change<Image>;

impl Store {
    /// The stamp that the database is at.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn stamp(&self) -> Result<Stamp, StoreError> {
        let counter = Query::select()
            .columns(["revision", "tag"])
            .from("revision_counter")
            .to_owned();
        let records = self
            .on_feed(async |mut target| target.fetch(&counter).await)
            .await?;
        let record = records.first();
        read_stamp(record.ok_or_else(|| StoreError::Unexpected("no revision counter".to_owned()))?)
    }

    pub(crate) async fn feed_revisions_from(
        &self,
        stamp: Stamp,
        limit: usize,
    ) -> Result<Vec<Revision<Image>>, StoreError> {
        let from = i64::try_from(stamp.revision).unwrap_or(i64::MAX);
        let mut select = revisions(limit);
        select
            .and_where(Expr::col("revision").gte(from))
            .order_by("revision", Order::Asc);
        let mut counted = self.counted(&select).await?;
        within(&mut counted, limit);
        if counted.first().map(|counted| counted.stamp) != Some(stamp) {
            return Ok(Vec::new());
        }
        self.with_rows(counted).await
    }

    pub(crate) async fn feed_last_revisions(
        &self,
        limit: usize,
    ) -> Result<Vec<Revision<Image>>, StoreError> {
        let mut select = revisions(limit);
        select
            .and_where(Expr::col("revision").is_not_null())
            .order_by("revision", Order::Desc);
        let mut counted = self.counted(&select).await?;
        within(&mut counted, limit);
        counted.reverse();
        self.with_rows(counted).await
    }

    async fn counted(&self, select: &SelectStatement) -> Result<Vec<Counted>, StoreError> {
        let records = self
            .on_feed(async |mut target| target.fetch(select).await)
            .await?;
        let counted = |record: &Record| {
            Ok(Counted {
                stamp: read_stamp(record)?,
                rows: record.get(2)?,
                who: record.get(3)?,
                at: record.get(4)?,
            })
        };
        records.iter().map(counted).collect()
    }

    /// Reads the rows of the given consecutive revisions.
    async fn with_rows(&self, counted: Vec<Counted>) -> Result<Vec<Revision<Image>>, StoreError> {
        let (Some(first), Some(last)) = (counted.first(), counted.last()) else {
            return Ok(Vec::new());
        };
        let bound = |stamp: Stamp| i64::try_from(stamp.revision).unwrap_or(i64::MAX);
        let (first, last) = (bound(first.stamp), bound(last.stamp));
        let large = counted
            .iter()
            .filter(|counted| counted.rows > DISTINCT_ROWS);
        let large: Vec<i64> = large.map(|counted| bound(counted.stamp)).collect();
        let mut rows: HashMap<u64, Vec<RowChange>> = HashMap::new();
        for catalogue in catalogue::all() {
            let mut select = images(catalogue, self.database());
            select.and_where(Expr::col("revision").between(first, last));
            if !large.is_empty() {
                select.and_where(Expr::col("revision").is_not_in(large.iter().copied()));
            }
            for record in self
                .on_feed(async |mut target| target.fetch(&select).await)
                .await?
            {
                let revision = record.get::<i64>(0)?;
                let changes = rows
                    .entry(u64::try_from(revision).unwrap_or_default())
                    .or_default();
                changes.push(read_change(catalogue, &record)?);
            }
        }
        let revision = |counted: Counted| Revision {
            stamp: counted.stamp,
            at: u64::try_from(counted.at).ok(),
            changes: if counted.rows > DISTINCT_ROWS {
                let everything = |catalogue: &Catalogue| Change::Everything {
                    catalogue: catalogue.name(),
                    cause: cause(counted.who.clone(), Box::default()),
                };
                catalogue::all().into_iter().map(everything).collect()
            } else {
                rows.remove(&counted.stamp.revision).unwrap_or_default()
            },
        };
        Ok(counted.into_iter().map(revision).collect())
    }

    /// What an edit, given by its last revision, has changed; nothing of an edit of very many rows.
    pub(crate) async fn changes_of_edit(
        &self,
        last: u64,
    ) -> Result<Vec<Change<Image>>, StoreError> {
        let last = i64::try_from(last).unwrap_or(i64::MAX);
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let note = Query::select()
            .column("first_revision")
            .from("edits")
            .and_where(Expr::col("last_revision").eq(last))
            .to_owned();
        let Some(note) = snapshot.target().fetch_optional(&note).await? else {
            return Ok(Vec::new());
        };
        let first: i64 = note.get(0)?;
        let mut changes = Vec::new();
        for catalogue in catalogue::all() {
            let mut select = images(catalogue, &self.database);
            select
                .and_where(Expr::col("revision").between(first, last))
                .limit(DISTINCT_ROWS.unsigned_abs());
            for record in snapshot.target().fetch(&select).await? {
                changes.push(read_change(catalogue, &record)?);
            }
        }
        Ok(changes)
    }

    /// Runs on the feed's own connection; after a failure, the next call opens a new one.
    pub(super) async fn on_feed<T>(
        &self,
        run: impl AsyncFnOnce(Target<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut feed = self.feed.lock().await;
        let mut connection = match feed.take() {
            Some(connection) => connection,
            None => self.database.connection(CONNECTION).await?,
        };
        // If this future is dropped half-way because it is too slow, so is the connection.
        let result = connection.run(run).await?;
        *feed = Some(connection);
        Ok(result)
    }

    /// Wakes the follower whenever PostgreSQL announces a revision, for as long as the task runs.
    /// This only makes the follower quicker: without announcements, it polls. SQLite has nothing of
    /// the kind, and a pooler drops them.
    pub async fn listen(self: Arc<Self>, log: Arc<Log<Image>>) {
        let Database::Postgres(_, options, Way::Direct, _) = &self.database else {
            return;
        };
        let again = ConstantBuilder::default()
            .with_delay(Duration::from_secs(1))
            .without_max_times();
        let listening = (|| listen_once(named(options, CONNECTION), &log)).retry(again);
        let lost =
            |error: &StoreError, _| debug!(%error, "cannot listen for announcements of edits");
        // It never gives up, so it never returns.
        let _ = listening.notify(lost).await;
    }
}

async fn listen_once(
    options: sqlx::postgres::PgConnectOptions,
    log: &Log<Image>,
) -> Result<Infallible, StoreError> {
    let pool = sqlx::postgres::PgPoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await?;
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.listen("hearth").await?;
    loop {
        listener.recv().await?;
        log.wake();
    }
}

/// Revisions with the number of their rows, at most `limit` of them.
fn revisions(limit: usize) -> SelectStatement {
    Query::select()
        .columns(["revision", "tag"])
        .expr(count_of_rows())
        // A transaction is signed once, so this is all of them.
        .expr(Expr::col("who").max())
        .expr(Expr::col("at").max())
        .from("change_log")
        .group_by_columns(["revision", "tag"])
        .limit(limit as u64)
        .to_owned()
}

/// Truncates the list where it exceeds `limit` rows, but retains the first two: the second one is
/// what the follower needs.
fn within(counted: &mut Vec<Counted>, limit: usize) {
    let mut rows = 0;
    let mut taken = 0;
    counted.retain(|counted| {
        rows += usize::try_from(Ord::min(counted.rows, DISTINCT_ROWS)).unwrap_or_default();
        taken += 1;
        taken <= 2 || rows <= limit
    });
}

/// The predicate columns of a catalogue's logged rows, before and after, behind who changed which
/// columns.
fn images(catalogue: &'static Catalogue, database: &Database) -> SelectStatement {
    let mut select = Query::select();
    select.columns(["revision", "id", "who"]);
    select.expr(Expr::cust(match database {
        Database::Postgres(..) => {
            "CASE WHEN before IS NOT NULL AND after IS NOT NULL THEN \
             (SELECT string_agg(one.key, ',') FROM jsonb_each(after) AS one(key, value) \
             WHERE before -> one.key IS DISTINCT FROM one.value) END"
        }
        Database::Sqlite(..) => {
            "CASE WHEN before IS NOT NULL AND after IS NOT NULL THEN \
             (SELECT group_concat(one.key, ',') FROM json_each(after) AS one \
             WHERE one.value IS NOT (before ->> one.key)) END"
        }
    }));
    for side in ["before", "after"] {
        select.expr(Expr::col(side).is_not_null());
        for column in catalogue.columns {
            let kind = match column.storage {
                Storage::Integer => "bigint",
                Storage::Text | Storage::Terms => "text",
            };
            // All parts of this text are fixed at compile time.
            select.expr(Expr::cust(format!(
                "CAST({side} ->> '{}' AS {kind})",
                column.name
            )));
        }
    }
    select
        .from("change_log")
        .and_where(Expr::col("catalogue").eq(catalogue.name()));
    select
}

fn read_change(catalogue: &'static Catalogue, record: &Record) -> Result<RowChange, StoreError> {
    let columns: Option<String> = record.get(3)?;
    let fields = catalogue.fields_of(columns.as_deref().unwrap_or_default().split(','));
    let cause = cause(record.get(2)?, fields);
    let Some(id) = record.get::<Option<i64>>(1)? else {
        return Ok(Change::Everything {
            catalogue: catalogue.name(),
            cause,
        });
    };
    let side = |start: usize| -> Result<Option<Image>, StoreError> {
        if !record.get::<bool>(start)? {
            return Ok(None);
        }
        let cell = |(place, column): (usize, &Column)| {
            let place = start + 1 + place;
            Ok(match column.storage {
                Storage::Integer => record
                    .get::<Option<i64>>(place)?
                    .map_or(Value::Null, Value::Integer),
                Storage::Text | Storage::Terms => record
                    .get::<Option<String>>(place)?
                    .map_or(Value::Null, Value::Text),
            })
        };
        let cells: Result<Vec<Value>, StoreError> =
            catalogue.columns.iter().enumerate().map(cell).collect();
        Ok(Some(Image::new(cells?)))
    };
    let before = side(FIRST)?;
    let after = side(FIRST + 1 + catalogue.columns.len())?;
    Ok(Change::Row {
        catalogue: catalogue.name(),
        id,
        before,
        after,
        cause,
    })
}

fn cause(who: Option<String>, fields: Box<[Box<str>]>) -> Cause {
    Cause {
        who: who.map(String::into_boxed_str),
        fields,
    }
}
