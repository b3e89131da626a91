//! New rows.

use std::time::Duration;

use catalogue::{Catalogue, parse_new};
use sea_query::{Expr, ExprTrait, OnConflict, Query};
use serde_json::{Map, Value as JsonValue};

use super::{
    Committed, EditError, Json, Store, StoreError, Work, find_referred, now_millis, stored,
};
use crate::store::{
    database::Transaction,
    read::{Audience, object},
    statement::insert,
};

/// How long the keys of requests are known.
const KNOWN: Duration = Duration::from_hours(24);

/// A row to be created.
pub struct Creation<'a> {
    /// Its catalogue.
    pub catalogue: &'static Catalogue,
    /// Its fields: a JSON object, see [`parse_new`].
    pub fields: &'a Map<String, JsonValue>,
    /// By which the request is known when it is sent again.
    pub idempotency: Option<Idempotency>,
    /// The editor's name, for the change log.
    pub who: &'a str,
}

/// What identifies a request that may be sent again
/// (draft-ietf-httpapi-idempotency-key-header).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// The key that its client has chosen.
    pub key: String,
    /// A hash of the request.
    pub request: String,
}

/// A row that was created.
#[derive(Debug)]
pub struct Created {
    /// Its id.
    pub id: i64,
    /// The row.
    pub row: Json,
}

impl Store {
    /// Creates a row; one that an earlier request with the same idempotency key has created stays as it
    /// is.
    ///
    /// # Errors
    /// See [`EditError`]; on any other than [`EditError::Unknown`], nothing was created.
    pub async fn create(&self, creation: Creation<'_>) -> Result<Committed<Created>, EditError> {
        self.commit(&creation).await
    }
}

impl Work for Creation<'_> {
    type Result = Created;

    fn who(&self) -> &str {
        self.who
    }

    async fn run(&self, _: &Store, transaction: &mut Transaction) -> Result<Created, EditError> {
        let Self {
            catalogue,
            idempotency,
            who,
            ..
        } = self;
        if let Some(idempotency) = idempotency
            && let Some(id) = known(transaction, catalogue, idempotency, who).await?
        {
            let row = object(transaction, catalogue, id, Audience::Editors).await?;
            // It may have been removed since.
            return if row.found {
                Ok(Created { id, row })
            } else {
                Err(EditError::NotFound)
            };
        }
        let id = insert_row(transaction, self).await?;
        if let Some(idempotency) = idempotency {
            let made = Query::update()
                .table("idempotency_keys")
                .value("id", id)
                .and_where(Expr::col("who").eq(*who))
                .and_where(Expr::col("key").eq(&*idempotency.key))
                .to_owned();
            transaction.target().execute(&made).await?;
        }
        let row = object(transaction, catalogue, id, Audience::Editors).await?;
        Ok(Created { id, row })
    }
}

/// The id of the row that an earlier request with this key has made. If there is none, the key is
/// noted; whoever sends the same one meanwhile waits for the end of this transaction.
async fn known(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
    Idempotency { key, request }: &Idempotency,
    who: &str,
) -> Result<Option<i64>, EditError> {
    let now = now_millis();
    let oldest = now - i64::try_from(KNOWN.as_millis()).unwrap_or(i64::MAX);
    let mut forget = Query::delete();
    forget
        .from_table("idempotency_keys")
        .and_where(Expr::col("at").lt(oldest));
    transaction.target().execute(&forget).await?;
    let columns = ["who", "key", "request", "catalogue", "id", "at"];
    let name = catalogue.name();
    let values = [
        who.into(),
        key.clone().into(),
        request.clone().into(),
        name.into(),
        0.into(),
        now.into(),
    ];
    let mut note = insert("idempotency_keys", columns, [values]);
    note.on_conflict(OnConflict::columns(["who", "key"]).do_nothing().to_owned());
    if transaction.target().execute(&note).await? > 0 {
        return Ok(None);
    }
    let noted = Query::select()
        .columns(["request", "catalogue", "id"])
        .from("idempotency_keys")
        .and_where(Expr::col("who").eq(who))
        .and_where(Expr::col("key").eq(&**key))
        .to_owned();
    let record = transaction.target().fetch_optional(&noted).await?;
    let record = record.ok_or_else(|| StoreError::Unexpected("a key is gone".to_owned()))?;
    if record.get::<String>(0)? != *request || record.get::<String>(1)? != name {
        return Err(EditError::KeyReused);
    }
    Ok(Some(record.get(2)?))
}

/// Inserts the row, and returns its id.
async fn insert_row(
    transaction: &mut Transaction,
    creation: &Creation<'_>,
) -> Result<i64, EditError> {
    let Creation {
        catalogue, fields, ..
    } = *creation;
    let changes = parse_new(catalogue, fields).map_err(EditError::Fields)?;
    find_referred(transaction, catalogue, &changes).await?;
    let now = now_millis();
    let times = catalogue.fields.iter().filter(|field| {
        field.table.is_none() && matches!(field.column, "created_at" | "updated_at")
    });
    let times = times.map(|field| (field.column, now.into()));
    let given = changes
        .iter()
        .map(|change| (change.column, stored(&change.value)));
    let (columns, values): (Vec<_>, Vec<_>) = given.chain(times).unzip();
    let mut insert = Query::insert();
    insert
        .into_table(catalogue.name())
        .columns(columns)
        // As many values as columns, so this cannot panic.
        .values_panic(values)
        .returning_col("id");
    let record = transaction.target().fetch_optional(&insert).await?;
    let record = record.ok_or_else(|| StoreError::Unexpected("no id of a new row".to_owned()))?;
    Ok(record.get(0)?)
}
