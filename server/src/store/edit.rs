//! Editing rows. The triggers log each change; this code only says who made it.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use catalogue::{Catalogue, Change, FieldError, Value, parse_edit};
use sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use serde_json::Map;

use super::{
    Database, Json, Purpose, Store, StoreError,
    database::{Target, Transaction},
    read::object,
};

/// How many times a transaction that loses against others is tried.
const ATTEMPTS: usize = 5;

/// An edit that was committed.
#[derive(Debug)]
pub struct Edited {
    /// The revision that it took, or the current one if it changed nothing.
    pub revision: u64,
    /// The row after the edit, read in its own transaction, so that neither a tier nor a failure
    /// after the commit can show the editor another one.
    pub row: Json,
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
    /// Fields cannot be set to the given values.
    #[error("{} fields cannot be set to the given values", .0.len())]
    Fields(Vec<FieldError>),
    /// The database did not say whether it committed.
    #[error("the outcome of the commit is unknown: {0}")]
    Unknown(StoreError),
    /// The database cannot be reached, or refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
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
    /// Whether an edit that would change nothing is fine at any version.
    pub may_repeat: bool,
    /// The editor's name, for the change log.
    pub who: &'a str,
}

/// What is done with a row.
#[derive(Clone, Copy)]
pub enum Action<'a> {
    /// Fields get new values: a JSON object, see [`parse_edit`].
    Update(&'a Map<String, serde_json::Value>),
    /// It is removed.
    Delete,
}

impl Store {
    /// Edits a row.
    ///
    /// # Errors
    /// See [`EditError`]; on any other than [`EditError::Unknown`], nothing was changed.
    pub async fn edit(&self, edit: Edit<'_>) -> Result<Edited, EditError> {
        let again = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(20))
            .with_max_times(ATTEMPTS - 1)
            .with_jitter();
        (|| self.try_edit(&edit))
            .retry(again)
            .when(|error| matches!(error, EditError::Store(error) if error.is_transient()))
            .await
    }

    async fn try_edit(&self, edit: &Edit<'_>) -> Result<Edited, EditError> {
        let Edit { catalogue, id, .. } = *edit;
        let mut transaction = self.database.begin(Purpose::Write).await?;
        sign(&mut transaction, Some(edit.who)).await?;
        let mut row = Query::select();
        row.column("version")
            .from(catalogue.name())
            .and_where(Expr::col("id").eq(id));
        if matches!(self.database, Database::Postgres(..)) {
            row.lock_exclusive();
        }
        let record = transaction.target().fetch_optional(&row).await?;
        let version = record.ok_or(EditError::NotFound)?.get::<i64>(0)?;
        let is_met = (edit.condition)(version);
        if !is_met && !edit.may_repeat {
            return Err(EditError::Conflict { version });
        }
        let changes = match edit.action {
            Action::Update(fields) => {
                let stored = object(&mut transaction, catalogue, id).await?;
                let stored = serde_json::from_slice(&stored.text).unwrap_or_default();
                let changes = parse_edit(catalogue, fields, &stored).map_err(EditError::Fields)?;
                find_referred(&mut transaction, catalogue, &changes).await?;
                Some(changes)
            }
            Action::Delete => None,
        };
        if !is_met && changes.as_ref().is_none_or(|changes| !changes.is_empty()) {
            return Err(EditError::Conflict { version });
        }
        apply(&mut transaction.target(), catalogue, id, changes.as_deref()).await?;
        // Read before the revision is taken: from then on all other editors wait.
        let row = object(&mut transaction, catalogue, id).await?;
        let revision = take_revision(&mut transaction).await?;
        transaction.commit().await.map_err(|error| {
            // A database that answers has rolled back; one that does not may have committed.
            let answered = matches!(&error, StoreError::Database(sqlx::Error::Database(_)));
            if answered {
                EditError::Store(error)
            } else {
                EditError::Unknown(error)
            }
        })?;
        Ok(Edited { revision, row })
    }
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
        Some([]) => {}
        Some(changes) => {
            let mut update = Query::update();
            update
                .table(catalogue.name())
                .and_where(Expr::col("id").eq(id));
            for change in changes {
                update.value(change.column, stored(&change.value));
            }
            target.execute(&update).await?;
        }
        None => {
            let mut delete = Query::delete();
            delete
                .from_table(catalogue.name())
                .and_where(Expr::col("id").eq(id));
            target.execute(&delete).await?;
        }
    }
    Ok(())
}

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

/// Takes the transaction's revision now, just before it commits, and returns it.
pub(super) async fn take_revision(transaction: &mut Transaction) -> Result<u64, StoreError> {
    // From here to the commit all other editors wait. A server that vanishes in between must not
    // make them wait until the network notices.
    // (SQLite's triggers have taken the revision already; there, only the signature is removed.)
    let (postgres, sqlite) = (
        "SET LOCAL idle_in_transaction_session_timeout = '5s'; \
         SET CONSTRAINTS change_log_revision IMMEDIATE",
        "UPDATE revision_counter SET who = NULL",
    );
    transaction.target().run(postgres, sqlite).await?;
    let counter = Query::select()
        .column("revision")
        .from("revision_counter")
        .to_owned();
    let record = transaction.target().fetch_optional(&counter).await?;
    let revision = record.map(|record| record.get::<i64>(0)).transpose()?;
    revision
        .and_then(|revision| u64::try_from(revision).ok())
        .ok_or_else(|| StoreError::Unexpected("no revision counter".to_owned()))
}
