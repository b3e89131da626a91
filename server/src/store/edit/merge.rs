//! Edits of one row by several editors: those of different fields stand side by side. What the row was
//! when an editor read it is in the change log, so no form has to carry it.

use catalogue::{Catalogue, Change, flattened, image_row, parse_edit};
use sea_query::{Expr, ExprTrait, Order, Query};
use serde_json::{Map, Value as Json};

use super::{EditError, StoreError, Transaction};
use crate::store::logged::logged;

/// A field that two editors have set to different values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: &'static str,
    /// What the editor wants, as a form shows it.
    pub yours: String,
    /// What is stored.
    pub theirs: String,
    /// What both have begun with; `None` if the log does not reach back that far.
    pub base: Option<String>,
}

/// A row as it was at an earlier version, by the change log; `None` if that is not there any more.
/// What it embeds is as it is now.
pub(in crate::store) async fn row_at(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
    id: i64,
    version: i64,
    stored: &Json,
) -> Result<Option<Json>, StoreError> {
    let before = Query::select()
        .expr(Expr::cust("CAST(before AS text)"))
        .from("change_log")
        .and_where(Expr::col("catalogue").eq(catalogue.name()))
        .and_where(Expr::col("id").eq(id))
        .and_where(Expr::cust_with_values(
            match transaction {
                Transaction::Postgres(..) => "CAST(before ->> 'version' AS bigint) = $1",
                Transaction::Sqlite(_) => "CAST(before ->> 'version' AS bigint) = ?",
            },
            [version],
        ))
        .order_by("seq", Order::Desc)
        .limit(1)
        .to_owned();
    let Some(record) = transaction.target().fetch_optional(&before).await? else {
        return Ok(None);
    };
    let image = logged(&record, 0)?;
    Ok(image.map(|image| image_row(catalogue, &image, stored)))
}

/// What an edit changes in a row that others have edited since its editor read it as `base`.
///
/// # Errors
/// If both have changed the same field to different values; if fields cannot be set to the given
/// values.
pub(super) fn merge(
    catalogue: &'static Catalogue,
    fields: &Map<String, Json>,
    base: Option<&Json>,
    stored: &Json,
    version: i64,
) -> Result<Vec<Change>, EditError> {
    let fields = &flattened(catalogue, fields);
    let now = parse_edit(catalogue, fields, stored);
    let Some(base) = base else {
        // Nobody knows which of them the editor has changed.
        let changes = now.map_err(EditError::Fields)?;
        let fields = differences(catalogue, &changes, fields, None, stored);
        return conflict(changes, fields, version);
    };
    // A field that the editor left as it was is as others have set it.
    let own = match parse_edit(catalogue, fields, base) {
        Ok(changes) => changes,
        Err(errors) => return Err(EditError::Fields(now.err().unwrap_or(errors))),
    };
    let untouched = |name: &String| {
        let mut own = own.iter();
        let field = catalogue.fields.iter().find(|field| field.path == *name);
        field.is_some_and(|field| !own.any(|change| change.column == field.column))
    };
    let touched: Map<String, Json> = fields
        .iter()
        .filter(|(name, _)| !untouched(name))
        .map(|(name, given)| (name.clone(), given.clone()))
        .collect();
    let changes = parse_edit(catalogue, &touched, stored).map_err(EditError::Fields)?;
    // One that the editor changed, and others too.
    let fields = differences(catalogue, &changes, fields, Some(base), stored);
    conflict(changes, fields, version)
}

fn conflict(
    changes: Vec<Change>,
    fields: Vec<Difference>,
    version: i64,
) -> Result<Vec<Change>, EditError> {
    if fields.is_empty() {
        return Ok(changes);
    }
    Err(EditError::Differences { version, fields })
}

/// The changed fields whose stored value is not what the editor began with.
fn differences(
    catalogue: &'static Catalogue,
    changes: &[Change],
    given: &Map<String, Json>,
    base: Option<&Json>,
    stored: &Json,
) -> Vec<Difference> {
    let fields = catalogue.fields.iter().filter(|field| {
        let is_changed = changes.iter().any(|change| change.column == field.column);
        let is_stored = base.is_some_and(|base| field.of(base) == field.of(stored));
        field.table.is_none() && is_changed && !is_stored
    });
    fields
        .map(|field| Difference {
            field: field.path,
            yours: field.shown(given.get(field.path).unwrap_or(&Json::Null)),
            theirs: field.shown(field.of(stored)),
            base: base.map(|base| field.shown(field.of(base))),
        })
        .collect()
}
