//! Undoing an edit: what it changed becomes what it was, by the change log, in every row that nobody has
//! edited in the same places since.

use std::collections::{BTreeMap, HashMap, btree_map::Entry};

use catalogue::{Catalogue, image_row};
use sea_query::{Alias, Expr, ExprTrait, Order, Query, SimpleExpr};
use serde_json::{Map, Value as JsonValue};

use super::{
    CHUNK, Committed, EditError, MOST_ROWS, ManyEdited, Refused, Store, StoreError, Why, Work,
    lock_rows, remove,
};
use crate::store::{
    database::Transaction,
    logged::{Logged, logged},
    read::rows_by_id,
};

/// An edit to be undone.
struct Undo<'a> {
    /// Its last revision.
    last: u64,
    who: &'a str,
}

impl Work for Undo<'_> {
    type Result = ManyEdited;

    fn who(&self) -> &str {
        self.who
    }

    fn undoes(&self) -> Option<u64> {
        Some(self.last)
    }

    async fn run(&self, _: &Store, transaction: &mut Transaction) -> Result<ManyEdited, EditError> {
        try_undo(transaction, self.last).await
    }
}

/// What an edit has made of a row.
struct RowEdit {
    before: Option<Logged>,
    after: Option<Logged>,
}

impl Store {
    /// Undoes the edit whose last revision this is: an edit of many rows, which can be undone itself.
    ///
    /// # Errors
    /// [`EditError::NotFound`] if the log has no such edit; otherwise see [`EditError`].
    pub async fn undo(&self, last: u64, who: &str) -> Result<Committed<ManyEdited>, EditError> {
        self.commit(&Undo { last, who }).await
    }
}

async fn try_undo(transaction: &mut Transaction, last: u64) -> Result<ManyEdited, EditError> {
    let last = i64::try_from(last).map_err(|_| EditError::NotFound)?;
    let edit = Query::select()
        .column("first_revision")
        .from("edits")
        .and_where(Expr::col("last_revision").eq(last))
        .to_owned();
    let first = transaction.target().fetch_optional(&edit).await?;
    // An edit from outside has the revisions that it took, without belonging together on SQLite.
    let first = first.map_or(Ok(last), |record| record.get(0))?;
    let mut undone = ManyEdited::default();
    let mut is_there = false;
    for catalogue in catalogue::edited() {
        let (edits, seq) = rows_of(transaction, catalogue, first, last).await?;
        is_there |= !edits.is_empty();
        let ids: Vec<i64> = edits.keys().copied().collect();
        for ids in ids.chunks(CHUNK) {
            lock_rows(transaction, catalogue, ids.iter().copied()).await?;
            let later = later(transaction, catalogue, ids, seq).await?;
            let rows = rows_by_id(transaction, catalogue, ids.iter().copied()).await?;
            for id in ids {
                let Some(edit) = edits.get(id) else { continue };
                let now = later.get(id).unwrap_or(&edit.after);
                let row = rows.get(id);
                match undo_row(transaction, catalogue, *id, edit, now.as_ref()).await? {
                    Ok(true) => undone.edited += 1,
                    Ok(false) => {}
                    Err(why) => undone.refused.push(Refused {
                        id: *id,
                        title: title(catalogue, edit, row),
                        why,
                    }),
                }
            }
        }
    }
    if is_there {
        Ok(undone)
    } else {
        Err(EditError::NotFound)
    }
}

fn title(catalogue: &'static Catalogue, edit: &RowEdit, row: Option<&JsonValue>) -> String {
    let image = edit.after.as_ref().or(edit.before.as_ref());
    match (row, image) {
        (Some(row), _) => catalogue.title(row),
        (None, Some(image)) => {
            let nothing = JsonValue::Object(Map::new());
            catalogue.title(&image_row(catalogue, image, &nothing))
        }
        (None, None) => String::new(),
    }
}

/// What the revisions have made of a catalogue's rows, and the last of their numbers in the log.
async fn rows_of(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
    first: i64,
    last: i64,
) -> Result<(BTreeMap<i64, RowEdit>, i64), EditError> {
    let select = Query::select()
        .columns(["id", "seq"])
        .expr(Expr::cust("CAST(before AS text)"))
        .expr(Expr::cust("CAST(after AS text)"))
        .from("change_log")
        .and_where(Expr::col("revision").between(first, last))
        .and_where(Expr::col("catalogue").eq(catalogue.name()))
        .and_where(Expr::col("id").is_not_null())
        .order_by("seq", Order::Asc)
        .limit(4 * MOST_ROWS as u64)
        .to_owned();
    let records = transaction.target().fetch(&select).await?;
    let mut rows: BTreeMap<i64, RowEdit> = BTreeMap::new();
    let mut seq = 0;
    for record in &records {
        seq = record.get(1)?;
        let after = logged(record, 3)?;
        match rows.entry(record.get(0)?) {
            Entry::Occupied(mut entry) => entry.get_mut().after = after,
            Entry::Vacant(entry) => {
                let before = logged(record, 2)?;
                entry.insert(RowEdit { before, after });
            }
        }
    }
    if rows.len() > MOST_ROWS {
        return Err(EditError::TooMany);
    }
    Ok((rows, seq))
}

/// What became of rows that were edited after that place of the log.
async fn later(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
    ids: &[i64],
    seq: i64,
) -> Result<HashMap<i64, Option<Logged>>, StoreError> {
    let select = Query::select()
        .column("id")
        .expr(Expr::cust("CAST(after AS text)"))
        .from("change_log")
        .and_where(Expr::col("catalogue").eq(catalogue.name()))
        .and_where(Expr::col("id").is_in(ids.iter().copied()))
        .and_where(Expr::col("seq").gt(seq))
        .order_by("seq", Order::Asc)
        .to_owned();
    let records = transaction.target().fetch(&select).await?;
    let later = records
        .iter()
        .map(|record| Ok((record.get(0)?, logged(record, 1)?)));
    later.collect()
}

/// Whether a column is an editor's, rather than one that follows from others.
fn is_edited(catalogue: &Catalogue, column: &str) -> bool {
    !catalogue.following().any(|following| following == column)
}

/// The editor's columns in which two images differ.
fn changed<'i>(catalogue: &Catalogue, before: &'i Logged, after: &Logged) -> Vec<&'i str> {
    let columns = before.iter().filter(|(column, value)| {
        is_edited(catalogue, column) && after.get(*column).is_some_and(|after| after != *value)
    });
    columns.map(|(column, _)| column.as_str()).collect()
}

/// Makes a row what it was; `false` if the edit has changed only what follows from other rows.
async fn undo_row(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
    id: i64,
    edit: &RowEdit,
    now: Option<&Logged>,
) -> Result<Result<bool, Why>, StoreError> {
    match (&edit.before, &edit.after, now) {
        (Some(before), Some(after), Some(now)) => {
            let columns = changed(catalogue, before, after);
            if columns.is_empty() {
                return Ok(Ok(false));
            }
            if columns
                .iter()
                .any(|column| now.get(*column) != after.get(*column))
            {
                return Ok(Err(Why::Edited));
            }
            let mut update = Query::update();
            update.table(catalogue.name());
            for column in columns {
                let value = before.get(column).unwrap_or(&JsonValue::Null);
                update.value(Alias::new(column), parameter(value));
            }
            update.and_where(Expr::col("id").eq(id));
            transaction.target().execute(&update).await?;
            Ok(Ok(true))
        }
        (None, Some(after), Some(now)) => {
            if !changed(catalogue, after, now).is_empty() {
                return Ok(Err(Why::Edited));
            }
            unless_referred(remove(&mut transaction.target(), catalogue, id).await)
        }
        (Some(before), None, None) => {
            let columns = before.iter().filter(|(column, _)| {
                *column == "id" || *column == "version" || is_edited(catalogue, column)
            });
            let mut insert = Query::insert();
            let (names, values): (Vec<_>, Vec<_>) = columns
                .map(|(column, value)| {
                    // The versions of a row never come again.
                    let value = match value.as_i64() {
                        Some(version) if column == "version" => (version + 1).into(),
                        _ => parameter(value),
                    };
                    (Alias::new(column), value)
                })
                .chain(has_updated_at(catalogue))
                .unzip();
            insert
                .into_table(catalogue.name())
                .columns(names)
                // As many values as columns, so this cannot panic.
                .values_panic(values);
            let inserted = transaction.target().execute(&insert).await;
            unless_referred(inserted.map(drop))
        }
        // It came and went within the edit.
        (None, None, None) => Ok(Ok(false)),
        (_, Some(_), None) => Ok(Err(Why::Gone)),
        (_, None, Some(_)) => Ok(Err(Why::Edited)),
    }
}

/// What became of a row that was put back, unless references between rows forbid it.
fn unless_referred(done: Result<(), StoreError>) -> Result<Result<bool, Why>, StoreError> {
    match done {
        Ok(()) => Ok(Ok(true)),
        Err(error) if error.is_broken_reference() => Ok(Err(Why::Referred)),
        Err(error) => Err(error),
    }
}

fn has_updated_at(catalogue: &Catalogue) -> Option<(Alias, SimpleExpr)> {
    let mut fields = catalogue.fields.iter();
    let has = fields.any(|field| field.table.is_none() && field.column == "updated_at");
    has.then(|| (Alias::new("updated_at"), super::now_millis().into()))
}

/// A logged value as a statement's parameter.
fn parameter(value: &JsonValue) -> SimpleExpr {
    match value {
        JsonValue::Number(number) => match number.as_i64() {
            Some(whole) => whole.into(),
            None => number.as_f64().into(),
        },
        JsonValue::String(text) => text.clone().into(),
        _ => Expr::val(Option::<String>::None),
    }
}
