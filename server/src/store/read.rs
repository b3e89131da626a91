//! Loading answers: the rows, the count and the stamp, all from one snapshot.

use std::time::Instant;

use bytes::Bytes;
use cache::{Beside, Feed, Loaded, Origin, Revision, Stamp};
use catalogue::{
    Catalogue, Image, Predicate, Sort, Value,
    normalizer::{Query, Schema},
    write_row,
};
use leptos_cached::Representation;
use sea_query::{Cond, Expr, ExprTrait, SelectStatement};
use site::{AnyAsk, Count, History, Kind, List, Object};

use super::{
    Database, Purpose, Store, StoreError,
    database::{Record, Transaction},
    select::{self, Dialect, Reading},
    stamp::stamp,
};

impl Origin for Store {
    type Ask = AnyAsk;
    type Body = Representation;
    type Error = StoreError;

    async fn load(
        &self,
        ask: &AnyAsk,
        beside: Beside<'_, Self>,
    ) -> Result<Loaded<AnyAsk, Representation>, StoreError> {
        let catalogue = declared(ask.schema())?;
        // Only what has a predicate asks for it.
        let predicate = || {
            let predicate = ask.touch().predicate();
            predicate.ok_or_else(|| StoreError::Unexpected(format!("no predicate of {ask:?}")))
        };
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        // The first statement of the transaction fixes its snapshot.
        let stamp = stamp(&mut snapshot).await?;
        let (shows, body) = match ask.kind() {
            Kind::List(List { query }) => {
                let count = self
                    .known_count(&mut snapshot, stamp, query, beside)
                    .await?;
                self.list(&mut snapshot, query, predicate()?, count).await?
            }
            Kind::Count(count) => {
                let count = self
                    .count(&mut snapshot, count.filters(), predicate()?)
                    .await?;
                (Vec::new(), count_body(count))
            }
            Kind::Facets(facets) => {
                let facets = self
                    .facets(&mut snapshot, facets.filters(), predicate()?)
                    .await?;
                (Vec::new(), facets)
            }
            Kind::Trending(_) => self.trending(&mut snapshot, catalogue).await?,
            Kind::Object(Object { id, .. }) => {
                (vec![*id], object(&mut snapshot, catalogue, *id).await?)
            }
            Kind::History(History { id, .. }) => (
                vec![*id],
                self.history(&mut snapshot, catalogue, *id).await?,
            ),
            Kind::Similar(similar) => self.similar(&mut snapshot, similar, predicate()?).await?,
        };
        Ok(Loaded {
            stamp,
            shows,
            parts: Vec::new(),
            body,
        })
    }

    fn is_unreachable(error: &StoreError) -> bool {
        error.is_unreachable()
    }
}

impl Feed for Store {
    type Image = Image;
    type Error = StoreError;

    async fn head(&self) -> Result<Option<Stamp>, StoreError> {
        self.confirm().await
    }

    async fn reached(&self, revision: u64) -> Result<(), StoreError> {
        self.publish(revision).await
    }

    async fn revisions_from(
        &self,
        stamp: Stamp,
        limit: usize,
    ) -> Result<Vec<Revision<Image>>, StoreError> {
        self.feed_revisions_from(stamp, limit).await
    }

    async fn last_revisions(&self, limit: usize) -> Result<Vec<Revision<Image>>, StoreError> {
        self.feed_last_revisions(limit).await
    }
}

/// The declaration of a schema's catalogue.
fn declared(schema: &Schema) -> Result<&'static Catalogue, StoreError> {
    catalogue::by_name(schema.catalogue)
        .ok_or_else(|| StoreError::Unexpected(format!("no catalogue {}", schema.catalogue)))
}

/// How many rows are trending.
const TRENDING: u64 = 12;

pub(super) async fn object(
    snapshot: &mut Transaction,
    catalogue: &'static Catalogue,
    id: i64,
) -> Result<Representation, StoreError> {
    let mut select = select::rows(catalogue);
    select.and_where(Expr::col((catalogue.name(), "id")).eq(id));
    let Some(record) = snapshot.target().fetch_optional(&select).await? else {
        return Ok(Representation::new("null".into(), false, None));
    };
    let values = select::values(catalogue, &record)?;
    let version = catalogue
        .fields
        .iter()
        .position(|field| field.path == "version");
    let version = version.map(|place| record.get(place)).transpose()?;
    let mut json = Vec::with_capacity(4_096);
    write_row(catalogue, &values, &mut json);
    Ok(Representation::new(json.into(), true, version))
}

/// The answer to "how many": an object with the one member that a list has too.
fn count_body(count: u64) -> Representation {
    Representation::new(format!(r#"{{"count":{count}}}"#).into(), true, None)
}

fn read_count(body: &Representation) -> Option<u64> {
    let text = std::str::from_utf8(body.content()).ok()?;
    text.strip_prefix(r#"{"count":"#)?
        .strip_suffix('}')?
        .parse()
        .ok()
}

impl Store {
    /// How many rows a list has: as it is remembered, if that is right in this snapshot, or
    /// counted, and remembered from then on. On a large table counting takes longer than all else.
    async fn known_count(
        &self,
        snapshot: &mut Transaction,
        stamp: Stamp,
        query: &Query,
        beside: Beside<'_, Self>,
    ) -> Result<u64, StoreError> {
        let count = Count::of(query);
        let predicate = Predicate::new(declared(query.schema())?, query);
        // A text search is never remembered, nor is its count.
        if query.is_bypass() {
            return self.count(snapshot, count.filters(), &predicate).await;
        }
        let ask = AnyAsk::from(count.clone());
        let known = beside.right_at(&ask, stamp);
        if let Some(count) = known.and_then(|entry| read_count(&entry.body)) {
            return Ok(count);
        }
        let started = Instant::now();
        let count = self.count(snapshot, count.filters(), &predicate).await?;
        let loaded = Loaded {
            stamp,
            shows: Vec::new(),
            parts: Vec::new(),
            body: count_body(count),
        };
        beside.remember(ask, loaded, started.elapsed());
        Ok(count)
    }

    async fn count(
        &self,
        snapshot: &mut Transaction,
        query: &Query,
        predicate: &Predicate,
    ) -> Result<u64, StoreError> {
        let condition = self.condition(query, predicate, Reading::Rows);
        count_rows(snapshot, predicate.catalogue(), condition).await
    }

    async fn list(
        &self,
        snapshot: &mut Transaction,
        query: &Query,
        predicate: &Predicate,
        count: u64,
    ) -> Result<(Vec<i64>, Representation), StoreError> {
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
            numbers(&records)?,
            envelope(catalogue, query, count, values(catalogue, &records))?,
        );
        Ok((shows, Representation::new(body, found, None)))
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

    /// How the database would read a page of a list, line by line, in its own words.
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

    async fn trending(
        &self,
        snapshot: &mut Transaction,
        catalogue: &'static Catalogue,
    ) -> Result<(Vec<i64>, Representation), StoreError> {
        let query = Query::all(catalogue.schema);
        let condition = self.condition(&query, &Predicate::new(catalogue, &query), Reading::Rows);
        let sort = Sort {
            choice: "-view_count",
            label: "Most viewed",
            column: "view_count",
            descending: true,
        };
        let select = select::page(catalogue, condition, &sort, TRENDING, 0);
        let records = snapshot.target().fetch(&select).await?;
        let (shows, count) = (numbers(&records)?, records.len() as u64);
        let body = envelope(catalogue, &query, count, values(catalogue, &records))?;
        Ok((shows, Representation::new(body, true, None)))
    }

    pub(super) fn dialect(&self) -> Dialect {
        match self.database {
            Database::Postgres(..) => Dialect::Postgres,
            Database::Sqlite(..) => Dialect::Sqlite,
        }
    }

    /// The condition that a predicate stands for, for who reads rows.
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

/// How many rows meet a condition.
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

/// The numbers of rows that were selected by [`select::rows`].
pub(super) fn numbers(records: &[Record]) -> Result<Vec<i64>, StoreError> {
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
    let path = format!("/api/{}/", catalogue.name());
    let link =
        |page: Option<u64>| serde_json::json!(page.map(|page| query.at_page(page).url(&path)));
    let next = link((offset.saturating_add(size) < count).then_some(page.saturating_add(1)));
    let previous = link((page > 1).then(|| page - 1));
    let head = format!(r#"{{"count":{count},"next":{next},"previous":{previous},"results":"#);
    let mut json = Vec::with_capacity(head.len() + rows.len() * 2_800);
    json.extend_from_slice(head.as_bytes());
    write_rows(catalogue, rows, &mut json)?;
    json.push(b'}');
    // Remembered for long, so without the room that was left while it grew.
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
