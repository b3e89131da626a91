//! Editing rows. The triggers log what happens; this code only says who.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use catalogue::{Catalogue, Change, Value};
use sea_query::{Expr, ExprTrait, Query, SimpleExpr};

use super::{
    Database, Json, Purpose, Store, StoreError,
    database::{Target, Transaction},
    read::object,
};

/// How often a transaction that lost against another one is tried again.
const ATTEMPTS: usize = 5;

/// An edit that was committed.
#[derive(Debug)]
pub struct Edited {
    /// The revision that it took, or the present one if it changed nothing.
    pub revision: u64,
    /// The row after it, as the edit's own transaction saw it: no tier, and no failure after the
    /// commit, can show the editor another one.
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
    /// The database did not say whether it committed.
    #[error("the outcome of the commit is unknown: {0}")]
    Unknown(StoreError),
    /// The database cannot be reached, or refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What to do with a row.
#[derive(Debug, Clone, Copy)]
enum Action<'a> {
    Update(&'a [Change]),
    Delete,
}

impl Store {
    /// Sets columns of a row, if it is at the expected version.
    ///
    /// # Errors
    /// See [`EditError`]; on any but [`EditError::Unknown`] nothing was changed.
    pub async fn update(
        &self,
        catalogue: &'static Catalogue,
        id: i64,
        changes: &[Change],
        expected: Option<i64>,
        who: &str,
    ) -> Result<Edited, EditError> {
        self.edit(catalogue, id, Action::Update(changes), expected, who)
            .await
    }

    /// Removes a row, if it is at the expected version.
    ///
    /// # Errors
    /// See [`EditError`]; on any but [`EditError::Unknown`] nothing was changed.
    pub async fn delete(
        &self,
        catalogue: &'static Catalogue,
        id: i64,
        expected: Option<i64>,
        who: &str,
    ) -> Result<Edited, EditError> {
        self.edit(catalogue, id, Action::Delete, expected, who)
            .await
    }

    async fn edit(
        &self,
        catalogue: &'static Catalogue,
        id: i64,
        action: Action<'_>,
        expected: Option<i64>,
        who: &str,
    ) -> Result<Edited, EditError> {
        let again = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(20))
            .with_max_times(ATTEMPTS - 1)
            .with_jitter();
        (|| self.try_edit(catalogue, id, action, expected, who))
            .retry(again)
            .when(|error| matches!(error, EditError::Store(error) if error.is_transient()))
            .await
    }

    async fn try_edit(
        &self,
        catalogue: &'static Catalogue,
        id: i64,
        action: Action<'_>,
        expected: Option<i64>,
        who: &str,
    ) -> Result<Edited, EditError> {
        let mut transaction = self.database.begin(Purpose::Write).await?;
        sign(&mut transaction, Some(who)).await?;
        let mut row = Query::select();
        row.column("version")
            .from(catalogue.name())
            .and_where(Expr::col("id").eq(id));
        if matches!(self.database, Database::Postgres(..)) {
            row.lock_exclusive();
        }
        let record = transaction.target().fetch_optional(&row).await?;
        let version = record.ok_or(EditError::NotFound)?.get::<i64>(0)?;
        if expected.is_some_and(|expected| expected != version) {
            return Err(EditError::Conflict { version });
        }
        apply(&mut transaction.target(), catalogue, id, action).await?;
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

async fn apply(
    target: &mut Target<'_>,
    catalogue: &'static Catalogue,
    id: i64,
    action: Action<'_>,
) -> Result<(), StoreError> {
    match action {
        Action::Update([]) => {}
        Action::Update(changes) => {
            let mut update = Query::update();
            update
                .table(catalogue.name())
                .and_where(Expr::col("id").eq(id));
            for change in changes {
                update.value(change.column, stored(&change.value));
            }
            target.execute(&update).await?;
        }
        Action::Delete => {
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
        Transaction::Postgres(_) => {
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

/// Takes the transaction's revision now, just before it commits, and tells its number.
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
