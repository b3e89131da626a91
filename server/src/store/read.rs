//! Reading rows, lists and counts, in a snapshot.

use std::collections::HashMap;

use ask::Ask;
use bytes::Bytes;
use catalogue::{Catalogue, Predicate, Sort, Value, normalizer::Query, write_row};
use sea_query::{Cond, Expr, ExprTrait, SelectStatement};
use serde_json::Value as JsonValue;
use site::List;

use super::{
    Database, Json, Purpose, Store, StoreError,
    database::{Record, Transaction},
    select::{self, Dialect, Reading},
};

/// How many rows are trending.
const TRENDING: u64 = 12;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Anybody: there are no drafts.
    Readers,
    /// Editors, who see everything.
    Editors,
}

/// One row.
pub(crate) async fn object(
    snapshot: &mut Transaction,
    catalogue: &'static Catalogue,
    id: i64,
    audience: Audience,
) -> Result<Json, StoreError> {
    let mut select = select::rows(catalogue);
    select.and_where(Expr::col((catalogue.name(), "id")).eq(id));
    if audience == Audience::Readers {
        select.cond_where(select::is_published(catalogue));
    }
    let record = snapshot.target().fetch_optional(&select).await?;
    record.map_or(Ok(Json::nothing()), |record| written(catalogue, &record))
}

/// The published rows with these ids, as far as there are any, by one statement.
pub(crate) async fn objects(
    snapshot: &mut Transaction,
    catalogue: &'static Catalogue,
    ids: &[i64],
) -> Result<Vec<(i64, Json)>, StoreError> {
    let mut select = select::rows(catalogue);
    // Few different texts, so that the database knows most of them: the last id is repeated.
    let repeated = ids.last().copied().into_iter().cycle();
    let padded = ids.iter().copied().chain(repeated);
    let padded = padded.take(ids.len().next_power_of_two());
    select
        .and_where(Expr::col((catalogue.name(), "id")).is_in(padded))
        .cond_where(select::is_published(catalogue));
    let records = snapshot.target().fetch(&select).await?;
    let rows = records
        .iter()
        .map(|record| Ok((record.get(0)?, written(catalogue, record)?)));
    rows.collect()
}

/// The rows with these ids, drafts included, by their ids.
pub(super) async fn rows_by_id(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
    wanted: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, JsonValue>, StoreError> {
    let mut select = select::rows(catalogue);
    select.and_where(Expr::col((catalogue.name(), "id")).is_in(wanted));
    let records = transaction.target().fetch(&select).await?;
    let rows = parsed(catalogue, &records)?;
    Ok(ids(&records)?.into_iter().zip(rows).collect())
}

/// Rows that were selected by [`select::rows`], as an edit looks at them.
pub(super) fn parsed(
    catalogue: &'static Catalogue,
    records: &[Record],
) -> Result<Vec<JsonValue>, StoreError> {
    let rows = values(catalogue, records).map(|row| {
        let mut json = Vec::new();
        write_row(catalogue, &row?, &mut json);
        serde_json::from_slice(&json).map_err(|error| StoreError::Unexpected(error.to_string()))
    });
    rows.collect()
}

/// A row that was selected by [`select::rows`].
fn written(catalogue: &'static Catalogue, record: &Record) -> Result<Json, StoreError> {
    let values = select::values(catalogue, record)?;
    let version = catalogue
        .fields
        .iter()
        .position(|field| field.path == "version");
    let version = version.map(|place| record.get(place)).transpose()?;
    let mut json = Vec::with_capacity(4_096);
    write_row(catalogue, &values, &mut json);
    Ok(Json {
        version,
        ..Json::of(json)
    })
}

impl Store {
    /// How many rows match a query.
    pub(crate) async fn count(
        &self,
        snapshot: &mut Transaction,
        query: &Query,
        predicate: &Predicate,
    ) -> Result<u64, StoreError> {
        let condition = self.condition(query, predicate, Reading::Rows);
        count_rows(snapshot, predicate.catalogue(), condition).await
    }

    /// A page of a list, and the rows that it shows.
    pub(crate) async fn list(
        &self,
        snapshot: &mut Transaction,
        query: &Query,
        predicate: &Predicate,
        count: u64,
    ) -> Result<(Vec<i64>, Json), StoreError> {
        let catalogue = predicate.catalogue();
        // The first page exists even when it is empty; a page past the last does not.
        let found = query.offset() == 0 || query.offset() < count;
        let records = if query.offset() < count {
            let select = self.page(query, predicate);
            snapshot.target().fetch(&select).await?
        } else {
            Vec::new()
        };
        let (shows, body) = (
            ids(&records)?,
            envelope(catalogue, query, count, values(catalogue, &records))?,
        );
        Ok((
            shows,
            Json {
                found,
                ..Json::of(body)
            },
        ))
    }

    /// The statement of a page of a list.
    pub(super) fn page(&self, query: &Query, predicate: &Predicate) -> SelectStatement {
        let catalogue = predicate.catalogue();
        let (condition, sort) = (
            self.condition(query, predicate, Reading::Rows),
            catalogue.sort(query),
        );
        select::page(
            catalogue,
            condition,
            sort,
            query.page_size(),
            query.offset(),
        )
    }

    /// The database's plan for a page of a list, line by line.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn plan(
        &self,
        catalogue: &'static Catalogue,
        query: &Query,
    ) -> Result<Vec<String>, StoreError> {
        let select = self.page(query, &Predicate::new(catalogue, query));
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        snapshot.target().explain(&select).await
    }

    /// The most viewed rows, as a page of a list.
    pub(crate) async fn trending(
        &self,
        snapshot: &mut Transaction,
        catalogue: &'static Catalogue,
    ) -> Result<(Vec<i64>, Json), StoreError> {
        let query = Query::all(catalogue.schema);
        let condition = self.condition(&query, &Predicate::new(catalogue, &query), Reading::Rows);
        let sort = Sort {
            choice: "-view_count",
            label: "Most viewed",
            column: "view_count",
            moved_by: "view_count",
            descending: true,
        };
        let select = select::page(catalogue, condition, &sort, TRENDING, 0);
        let records = snapshot.target().fetch(&select).await?;
        let (shows, count) = (ids(&records)?, records.len() as u64);
        let body = envelope(catalogue, &query, count, values(catalogue, &records))?;
        Ok((shows, Json::of(body)))
    }

    pub(super) fn dialect(&self) -> Dialect {
        match self.database {
            Database::Postgres(..) => Dialect::Postgres,
            Database::Sqlite(..) => Dialect::Sqlite,
        }
    }

    /// The condition of a predicate, for reading rows.
    pub(super) fn predicate_condition(&self, predicate: &Predicate) -> Cond {
        select::condition(predicate, self.dialect(), Reading::Rows)
    }

    /// The condition of a query's predicate and text search.
    pub(super) fn condition(&self, query: &Query, predicate: &Predicate, reading: Reading) -> Cond {
        let dialect = self.dialect();
        let condition = select::condition(predicate, dialect, reading);
        match query.text("q") {
            Some(text) => condition.add(select::search(predicate.catalogue(), text, dialect)),
            None => condition,
        }
    }
}

/// How many rows match a condition.
pub(super) async fn count_rows(
    snapshot: &mut Transaction,
    catalogue: &'static Catalogue,
    condition: Cond,
) -> Result<u64, StoreError> {
    let mut count = select::count(catalogue);
    count.cond_where(condition);
    let record = snapshot.target().fetch_optional(&count).await?;
    let count = record.map(|record| record.get::<i64>(0)).transpose()?;
    Ok(u64::try_from(count.unwrap_or_default()).unwrap_or_default())
}

/// The ids of rows, with which their records begin.
pub(super) fn ids(records: &[Record]) -> Result<Vec<i64>, StoreError> {
    records.iter().map(|record| record.get(0)).collect()
}

/// The stored values of rows that were selected by [`select::rows`].
pub(super) fn values(
    catalogue: &'static Catalogue,
    records: &[Record],
) -> impl ExactSizeIterator<Item = Result<Vec<Value>, StoreError>> {
    records
        .iter()
        .map(|record| select::values(catalogue, record))
}

/// A page of rows as Django REST Framework's page-number pagination writes it.
pub(super) fn envelope(
    catalogue: &'static Catalogue,
    query: &Query,
    count: u64,
    rows: impl ExactSizeIterator<Item = Result<Vec<Value>, StoreError>>,
) -> Result<Bytes, StoreError> {
    let (page, size, offset) = (query.page(), query.page_size(), query.offset());
    let list = |page| List {
        query: query.at_page(page),
    };
    let link =
        |page: Option<u64>| serde_json::json!(page.map(|page| list(page).url().into_owned()));
    let next = link((offset.saturating_add(size) < count).then_some(page.saturating_add(1)));
    let previous = link((page > 1).then(|| page - 1));
    let head = format!(r#"{{"count":{count},"next":{next},"previous":{previous},"results":"#);
    let mut json = Vec::with_capacity(head.len() + rows.len() * 2_800);
    json.extend_from_slice(head.as_bytes());
    write_rows(catalogue, rows, &mut json)?;
    json.push(b'}');
    // Cached for a long time, so without the spare capacity from its growth.
    json.shrink_to_fit();
    Ok(json.into())
}

/// Writes rows as a JSON array.
pub(super) fn write_rows(
    catalogue: &'static Catalogue,
    rows: impl Iterator<Item = Result<Vec<Value>, StoreError>>,
    json: &mut Vec<u8>,
) -> Result<(), StoreError> {
    json.push(b'[');
    for (place, row) in rows.enumerate() {
        if place > 0 {
            json.push(b',');
        }
        write_row(catalogue, &row?, json);
    }
    json.push(b']');
    Ok(())
}
