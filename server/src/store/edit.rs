//! Editing rows. The triggers log each change; this code only says who made it, and which changes
//! belong together.

mod create;
mod many;
mod merge;
mod undo;

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use cache::Stamp;
use catalogue::{Catalogue, Change, FieldError, Value, parse_edit};
use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr};
use serde_json::{Map, Value as JsonValue};

pub(super) use self::merge::row_at;
pub use self::{
    create::{Created, Creation, Idempotency},
    many::{MOST_ROWS, Many, ManyEdited, Refused, Rows, Seen, Why},
    merge::Difference,
};
use super::{
    Json, Purpose, Store, StoreError,
    database::{Target, Transaction},
    read::{Audience, object, rows_by_id},
    stamp::read_stamp,
};
use crate::credentials::now_millis;

/// How many times a transaction that loses against others is tried.
const ATTEMPTS: usize = 5;

/// How often it is looked whether a transaction has committed, and the time between two looks.
const LOOKS: u32 = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// An edit that was committed.
#[derive(Debug)]
pub struct Committed<T> {
    /// The revision that it took, or the current one if it changed nothing.
    pub revision: u64,
    /// The revision by which it can be undone; `None` if it changed nothing.
    pub undo: Option<u64>,
    /// What it leaves, read in its own transaction, so that neither a tier nor a failure after the
    /// commit can show the editor anything else.
    pub result: T,
}

/// Why an edit was not made.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// There is no such row.
    #[error("there is no such row")]
    NotFound,
    /// The row is not at the version that the editor saw.
    #[error("the row is at version {version}")]
    Conflict {
        /// The version that it is at.
        version: i64,
    },
    /// Others have edited the same fields since the editor read the row.
    #[error("{} fields have been edited by others too", fields.len())]
    Differences {
        /// The version that the row is at.
        version: i64,
        /// The fields.
        fields: Vec<Difference>,
    },
    /// Fields cannot be set to the given values.
    #[error("{} fields cannot be set to the given values", .0.len())]
    Fields(Vec<FieldError>),
    /// Rows refer to this one, or it to one that is not there.
    #[error("rows refer to it")]
    Referred,
    /// An idempotency key was used for another request.
    #[error("the idempotency key belongs to another request")]
    KeyReused,
    /// More rows than one edit may change.
    #[error("more than {} rows", MOST_ROWS)]
    TooMany,
    /// The database did not say whether it committed.
    #[error("the outcome of the commit is unknown: {0}")]
    Unknown(StoreError),
    /// The database cannot be reached, or refuses.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for EditError {
    fn from(error: StoreError) -> Self {
        if error.is_broken_reference() {
            Self::Referred
        } else {
            Self::Store(error)
        }
    }
}

/// An edit of a row.
pub struct Edit<'a> {
    /// The row's catalogue.
    pub catalogue: &'static Catalogue,
    /// The row.
    pub id: i64,
    /// What is done with it.
    pub action: Action<'a>,
    /// Whether it may be done to a row at this version.
    pub condition: &'a (dyn Fn(i64) -> bool + Sync),
    /// The editor's name, for the change log.
    pub who: &'a str,
}

/// What is done with a row.
#[derive(Clone, Copy)]
pub enum Action<'a> {
    /// Fields get new values.
    Update {
        /// A JSON object, see [`parse_edit`].
        fields: &'a Map<String, JsonValue>,
        /// The version that the editor read. What others have edited since then stays, if the editor
        /// has not edited it too.
        base: Option<i64>,
    },
    /// It is removed.
    Delete,
}

/// What an editor does in one transaction.
trait Work: Sync {
    /// What it leaves.
    type Result: Send;

    /// The editor's name, for the change log.
    fn who(&self) -> &str;

    /// The last revision of the edit that it undoes.
    fn undoes(&self) -> Option<u64> {
        None
    }

    /// Does it.
    fn run(
        &self,
        store: &Store,
        transaction: &mut Transaction,
    ) -> impl Future<Output = Result<Self::Result, EditError>> + Send;
}

impl Work for Edit<'_> {
    type Result = Json;

    fn who(&self) -> &str {
        self.who
    }

    async fn run(&self, _: &Store, transaction: &mut Transaction) -> Result<Json, EditError> {
        edit_row(transaction, self).await
    }
}

impl Store {
    /// Edits a row, and returns it as it is then.
    ///
    /// # Errors
    /// See [`EditError`]; on any other than [`EditError::Unknown`], nothing was changed.
    pub async fn edit(&self, edit: Edit<'_>) -> Result<Committed<Json>, EditError> {
        self.commit(&edit).await
    }

    /// Runs an editor's transaction, and commits it. It is tried again against others that stand in its
    /// way, and when its connection has ended.
    async fn commit<W: Work>(&self, work: &W) -> Result<Committed<W::Result>, EditError> {
        let again = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(20))
            .with_max_times(ATTEMPTS - 1)
            .with_jitter();
        (|| self.try_commit(work))
            .retry(again)
            .when(|error| {
                let may_pass =
                    |error: &StoreError| error.is_transient() || error.is_lost_connection();
                matches!(error, EditError::Store(error) if may_pass(error))
            })
            .await
    }

    async fn try_commit<W: Work>(&self, work: &W) -> Result<Committed<W::Result>, EditError> {
        let mut transaction = self.database.begin(Purpose::Write).await?;
        sign(&mut transaction, Some(work.who())).await?;
        // On SQLite nobody else writes meanwhile, so all that follow are this transaction's.
        let before = match transaction {
            Transaction::Sqlite(_) => Some(read_revision(&mut transaction).await?),
            Transaction::Postgres(..) => None,
        };
        let result = work.run(self, &mut transaction).await?;
        let taken = take_revision(&mut transaction).await?;
        let last = taken.stamp.revision;
        let first = before.map_or(last, |before| before + 1);
        let has_changed = taken.is_own && first <= last;
        if has_changed {
            let note = note_edit(first, last, work.undoes())?;
            transaction.target().execute(&note).await?;
        }
        if let Err(error) = transaction.commit().await {
            // A database that answers has rolled back; one that does not may have committed, if there was
            // anything to commit.
            let has_answered = matches!(&error, StoreError::Database(sqlx::Error::Database(_)));
            if !has_changed || has_answered && !error.is_lost_connection() {
                return Err(error.into());
            }
            match self.has_committed(&taken).await {
                Some(true) => {}
                Some(false) => return Err(error.into()),
                None => return Err(EditError::Unknown(error)),
            }
        }
        Ok(Committed {
            revision: last,
            undo: has_changed.then_some(last),
            result,
        })
    }
}

impl Store {
    /// Whether a transaction has committed whose connection did not say so. `None` if that cannot be
    /// found out.
    ///
    /// Its number only says whether it has ended: after a crash PostgreSQL gives the numbers of
    /// transactions that were lost to others, which then commit. What it has logged says how it ended:
    /// nobody else has its tag.
    async fn has_committed(&self, taken: &Taken) -> Option<bool> {
        let number = taken.transaction?;
        for _ in 0..LOOKS {
            // In this order: it may commit in between.
            if let Ok(has_ended) = self.has_ended(number).await
                && let Ok(is_logged) = self.is_logged(taken.stamp).await
                && (has_ended || is_logged)
            {
                return Some(is_logged);
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        None
    }

    /// Whether no transaction with a number is under way. One is for as long as the server has not noticed
    /// that its client is gone.
    async fn has_ended(&self, number: i64) -> Result<bool, StoreError> {
        let status = Expr::cust_with_values(
            "pg_xact_status(CAST(CAST($1 AS text) AS xid8))",
            [number.to_string()],
        );
        match self.first(&Query::select().expr(status).to_owned()).await {
            Ok(Some(record)) => {
                // None: it was too long ago to be known.
                let status: Option<String> = record.get(0)?;
                Ok(status.as_deref() != Some("in progress"))
            }
            Ok(None) => Ok(false),
            // A crash has lost it, and no other transaction has its number yet.
            Err(error) if error.is_of_the_future() => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Whether the log has a revision with its tag.
    async fn is_logged(&self, stamp: Stamp) -> Result<bool, StoreError> {
        let logged = Query::select()
            .expr(Expr::val(1))
            .from("change_log")
            .and_where(Expr::col("revision").eq(stamp.revision.cast_signed()))
            .and_where(Expr::col("tag").eq(stamp.tag.cast_signed()))
            .limit(1)
            .to_owned();
        Ok(self.first(&logged).await?.is_some())
    }
}

/// The statement that notes which revisions belong together.
fn note_edit(
    first: u64,
    last: u64,
    undoes: Option<u64>,
) -> Result<sea_query::InsertStatement, EditError> {
    let stored = |revision: u64| {
        i64::try_from(revision)
            .map_err(|_| StoreError::Unexpected(format!("revision {revision} is too large")))
    };
    let undoes = undoes.map(stored).transpose()?;
    Ok(super::statement::insert(
        "edits",
        ["first_revision", "last_revision", "undoes"],
        [[
            stored(first)?.into(),
            stored(last)?.into(),
            Expr::val(undoes),
        ]],
    ))
}

async fn edit_row(transaction: &mut Transaction, edit: &Edit<'_>) -> Result<Json, EditError> {
    let Edit { catalogue, id, .. } = *edit;
    let mut row = Query::select();
    row.column("version")
        .from(catalogue.name())
        .and_where(Expr::col("id").eq(id));
    lock(&mut row, transaction);
    let record = transaction.target().fetch_optional(&row).await?;
    let version = record.ok_or(EditError::NotFound)?.get::<i64>(0)?;
    if !(edit.condition)(version) {
        return Err(EditError::Conflict { version });
    }
    let changes = match edit.action {
        Action::Update { fields, base } => {
            let stored = rows_by_id(transaction, catalogue, [id]).await?.remove(&id);
            let stored = stored.ok_or(EditError::NotFound)?;
            let changes = match base {
                Some(base) if base != version => {
                    let was = merge::row_at(transaction, catalogue, id, base, &stored).await?;
                    merge::merge(catalogue, fields, was.as_ref(), &stored, version)?
                }
                _ => parse_edit(catalogue, fields, &stored).map_err(EditError::Fields)?,
            };
            find_referred(transaction, catalogue, &changes).await?;
            Some(published(catalogue, changes, &stored))
        }
        Action::Delete => None,
    };
    apply(&mut transaction.target(), catalogue, id, changes.as_deref()).await?;
    // Read before the revision is taken: from then on all other editors wait.
    Ok(object(transaction, catalogue, id, Audience::Editors).await?)
}

/// The changes of an edit; if it publishes a draft, the row is as old as that.
fn published(
    catalogue: &'static Catalogue,
    mut changes: Vec<Change>,
    stored: &JsonValue,
) -> Vec<Change> {
    let is_published = catalogue.is_draft(stored)
        && catalogue
            .draft
            .is_some_and(|(column, _)| changes.iter().any(|change| change.column == column));
    if is_published {
        changes.push(Change {
            column: "created_at",
            value: Value::Integer(now_millis()),
        });
    }
    changes
}

/// Lets nobody else edit the rows that are read.
fn lock(select: &mut SelectStatement, transaction: &Transaction) {
    // On SQLite, only one transaction writes.
    if matches!(transaction, Transaction::Postgres(..)) {
        select.lock_exclusive();
    }
}

/// Lets nobody else edit these rows.
async fn lock_rows(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
    ids: impl Iterator<Item = i64>,
) -> Result<(), StoreError> {
    let mut rows = Query::select();
    rows.column("id")
        .from(catalogue.name())
        .and_where(Expr::col("id").is_in(ids))
        // Always in the same order, so that two such edits do not wait for each other.
        .order_by("id", Order::Asc);
    lock(&mut rows, transaction);
    transaction.target().fetch(&rows).await.map(drop)
}

/// Makes sure that the rows exist to which an edit lets a row refer.
async fn find_referred(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
    changes: &[Change],
) -> Result<(), EditError> {
    let mut errors = Vec::new();
    for field in catalogue
        .fields
        .iter()
        .filter(|field| field.table.is_none())
    {
        let Some(catalogue::Edit::Reference(table)) = field.edit else {
            continue;
        };
        let change = changes.iter().find(|change| change.column == field.column);
        let Some(Value::Integer(id)) = change.map(|change| &change.value) else {
            continue;
        };
        let row = Query::select()
            .column("id")
            .from(table)
            .and_where(Expr::col("id").eq(*id))
            .to_owned();
        if transaction.target().fetch_optional(&row).await?.is_none() {
            errors.push(FieldError {
                field: field.path.to_owned(),
                expected: format!("must be the id of a row of {table}: there is no {id}"),
            });
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(EditError::Fields(errors))
    }
}

/// Sets columns of a row, or removes it.
async fn apply(
    target: &mut Target<'_>,
    catalogue: &'static Catalogue,
    id: i64,
    changes: Option<&[Change]>,
) -> Result<(), StoreError> {
    match changes {
        Some(changes) => set(target, catalogue, &[id], changes).await,
        None => remove(target, catalogue, id).await,
    }
}

/// Removes a row.
async fn remove(
    target: &mut Target<'_>,
    catalogue: &'static Catalogue,
    id: i64,
) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete
        .from_table(catalogue.name())
        .and_where(Expr::col("id").eq(id));
    target.execute(&delete).await.map(drop)
}

/// Sets columns of some rows.
async fn set(
    target: &mut Target<'_>,
    catalogue: &'static Catalogue,
    ids: &[i64],
    changes: &[Change],
) -> Result<(), StoreError> {
    if changes.is_empty() {
        return Ok(());
    }
    for ids in ids.chunks(CHUNK) {
        let mut update = Query::update();
        update.table(catalogue.name());
        for change in changes {
            update.value(change.column, stored(&change.value));
        }
        update.and_where(Expr::col("id").is_in(ids.iter().copied()));
        target.execute(&update).await?;
    }
    Ok(())
}

/// How many rows a statement names.
const CHUNK: usize = 500;

/// A value as a statement's parameter.
pub(super) fn stored(value: &Value) -> SimpleExpr {
    match value {
        Value::Integer(n) => (*n).into(),
        Value::Float(n) => (*n).into(),
        Value::Text(text) => text.clone().into(),
        Value::Null => Expr::val(Option::<String>::None),
    }
}

/// Says who edits, for the change log.
pub(super) async fn sign(
    transaction: &mut Transaction,
    who: Option<&str>,
) -> Result<(), StoreError> {
    let who = who.map(ToOwned::to_owned);
    match transaction {
        Transaction::Postgres(..) => {
            let set = Expr::cust_with_values(
                "set_config('hearth.who', $1, true)",
                [who.unwrap_or_default()],
            );
            transaction
                .target()
                .fetch(&Query::select().expr(set).to_owned())
                .await
                .map(drop)
        }
        Transaction::Sqlite(_) => {
            let set = Query::update()
                .table("revision_counter")
                .value("who", who)
                .to_owned();
            transaction.target().execute(&set).await.map(drop)
        }
    }
}

/// A revision that was taken.
pub(super) struct Taken {
    /// The counter's revision, and the tag that was drawn with it.
    pub(super) stamp: Stamp,
    /// Whether this transaction has taken it: it has changed something. Unknown on SQLite, where
    /// whoever knows the revision from before knows.
    is_own: bool,
    /// PostgreSQL's number of the transaction, if it has changed something.
    transaction: Option<i64>,
}

/// Takes the transaction's revision now, just before it commits, and returns it.
pub(super) async fn take_revision(transaction: &mut Transaction) -> Result<Taken, StoreError> {
    // From here to the commit all other editors wait. A server that vanishes in between must not
    // make them wait until the network notices.
    // (SQLite's triggers have taken the revision already; there, only the signature is removed.)
    let (postgres, sqlite) = (
        "SET LOCAL idle_in_transaction_session_timeout = '5s'; \
         SET CONSTRAINTS change_log_revision IMMEDIATE",
        "UPDATE revision_counter SET who = NULL",
    );
    transaction.target().run(postgres, sqlite).await?;
    let records = transaction
        .target()
        .fetch_fixed(
            "SELECT revision, tag, coalesce(taken_by = pg_current_xact_id_if_assigned(), false), \
               CAST(CAST(pg_current_xact_id_if_assigned() AS text) AS bigint) \
             FROM revision_counter",
            "SELECT revision, tag, true, NULL FROM revision_counter",
        )
        .await?;
    let record = records.first().ok_or_else(no_counter)?;
    Ok(Taken {
        stamp: read_stamp(record)?,
        is_own: record.get(2)?,
        transaction: record.get(3)?,
    })
}

/// The counter's revision.
async fn read_revision(transaction: &mut Transaction) -> Result<u64, StoreError> {
    let counter = Query::select()
        .column("revision")
        .from("revision_counter")
        .to_owned();
    let record = transaction.target().fetch_optional(&counter).await?;
    let revision = record.map(|record| record.get::<i64>(0)).transpose()?;
    let revision = revision.and_then(|revision| u64::try_from(revision).ok());
    revision.ok_or_else(no_counter)
}

fn no_counter() -> StoreError {
    StoreError::Unexpected("no revision counter".to_owned())
}
