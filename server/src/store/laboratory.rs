//! The usual before-and-after experiment: one page of homes, read the way an object-relational
//! mapper does by default, and the way it should be read. Nothing here is cached.

use bytes::Bytes;
use catalogue::{Catalogue, Field, Join, Predicate, Value, normalizer::Query};
use sea_query::{Expr, ExprTrait, Query as Sql};

use super::{
    Purpose, Store, StoreError,
    database::{Record, Transaction},
    read::{count_rows, envelope, values},
    select::{self, Reading},
};

/// A page that was read for the experiment.
#[derive(Debug)]
pub struct Specimen {
    /// The same JSON whichever way it was read.
    pub json: Bytes,
    /// How many queries it took.
    pub queries: u32,
}

impl Store {
    /// A page in 2 queries: one joins everything that a row embeds, one counts.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn read_joined(
        &self,
        catalogue: &'static Catalogue,
        query: &Query,
    ) -> Result<Specimen, StoreError> {
        let mut experiment = self.begin_experiment(catalogue, query).await?;
        let count = experiment.count().await?;
        let select = self.page(query, &Predicate::new(catalogue, query));
        let records = experiment.fetch(&select).await?;
        experiment.finish(query, count, values(catalogue, &records))
    }

    /// A page in 62 queries, if it has 20 rows: one for the list, one that counts, and for each row
    /// one for each of the three rows that it embeds.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn read_one_by_one(
        &self,
        catalogue: &'static Catalogue,
        query: &Query,
    ) -> Result<Specimen, StoreError> {
        let mut experiment = self.begin_experiment(catalogue, query).await?;
        let count = experiment.count().await?;
        let mut ids = Sql::select();
        ids.column((catalogue.name(), "id"))
            .from(catalogue.name())
            .cond_where(experiment.condition.clone())
            .limit(query.page_size())
            .offset(query.offset());
        for join in embedded_by(catalogue, catalogue.name()) {
            ids.column((catalogue.name(), join.foreign_key));
        }
        for field in own_fields(catalogue, None) {
            ids.column((catalogue.name(), field.column));
        }
        select::order(&mut ids, catalogue, catalogue.sort(query));
        let records = experiment.fetch(&ids).await?;
        let mut rows = Vec::with_capacity(records.len());
        for record in &records {
            rows.push(Ok(experiment.embed(record).await?));
        }
        experiment.finish(query, count, rows.into_iter())
    }

    async fn begin_experiment(
        &self,
        catalogue: &'static Catalogue,
        query: &Query,
    ) -> Result<Experiment, StoreError> {
        Ok(Experiment {
            catalogue,
            condition: self.condition(query, &Predicate::new(catalogue, query), Reading::Rows),
            snapshot: self.database.begin(Purpose::Read).await?,
            queries: 0,
        })
    }
}

/// The fields of a table: the catalogue's own, or one that it embeds.
fn own_fields(
    catalogue: &'static Catalogue,
    table: Option<&'static str>,
) -> impl Iterator<Item = &'static Field> {
    catalogue
        .fields
        .iter()
        .filter(move |field| field.table == table)
}

/// The tables that the rows of a table refer to.
fn embedded_by(
    catalogue: &'static Catalogue,
    table: &'static str,
) -> impl Iterator<Item = &'static Join> {
    catalogue.joins.iter().filter(move |join| join.of == table)
}

struct Experiment {
    catalogue: &'static Catalogue,
    condition: sea_query::Cond,
    snapshot: Transaction,
    queries: u32,
}

impl Experiment {
    async fn fetch(
        &mut self,
        statement: &sea_query::SelectStatement,
    ) -> Result<Vec<Record>, StoreError> {
        self.queries += 1;
        self.snapshot.target().fetch(statement).await
    }

    async fn count(&mut self) -> Result<u64, StoreError> {
        self.queries += 1;
        count_rows(&mut self.snapshot, self.catalogue, self.condition.clone()).await
    }

    /// Reads the rows that a row embeds, one query after the other.
    async fn embed(&mut self, record: &Record) -> Result<Vec<Value>, StoreError> {
        let catalogue = self.catalogue;
        // The columns of the list's query: the id, the foreign keys, the row's own fields.
        let mut next = 1;
        let mut keys: Vec<(&str, i64)> = Vec::new();
        for join in embedded_by(catalogue, catalogue.name()) {
            keys.push((join.table, record.get(next)?));
            next += 1;
        }
        let mut values = vec![Value::Null; catalogue.fields.len()];
        fill(catalogue, None, record, next, &mut values)?;
        for join in catalogue.joins {
            let Some(id) = keys.iter().find(|(table, _)| *table == join.table) else {
                continue;
            };
            let mut embedded = Sql::select();
            embedded
                .from(join.table)
                .and_where(Expr::col((join.table, "id")).eq(id.1));
            // The rows that this row embeds are found by its keys.
            let inner: Vec<_> = embedded_by(catalogue, join.table).collect();
            for inner in &inner {
                embedded.column((join.table, inner.foreign_key));
            }
            for field in own_fields(catalogue, Some(join.table)) {
                embedded.column((join.table, field.column));
            }
            let records = self.fetch(&embedded).await?;
            let Some(record) = records.first() else {
                continue;
            };
            for (place, inner) in inner.iter().enumerate() {
                keys.push((inner.table, record.get(place)?));
            }
            fill(
                catalogue,
                Some(join.table),
                record,
                inner.len(),
                &mut values,
            )?;
        }
        Ok(values)
    }

    fn finish(
        self,
        query: &Query,
        count: u64,
        rows: impl ExactSizeIterator<Item = Result<Vec<Value>, StoreError>>,
    ) -> Result<Specimen, StoreError> {
        Ok(Specimen {
            json: envelope(self.catalogue, query, count, rows)?,
            queries: self.queries,
        })
    }
}

/// Puts the fields of one table in their places.
fn fill(
    catalogue: &'static Catalogue,
    table: Option<&'static str>,
    record: &Record,
    first: usize,
    values: &mut [Value],
) -> Result<(), StoreError> {
    let places = catalogue
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.table == table);
    for (column, (place, field)) in places.enumerate() {
        values[place] = select::value(record, first + column, field.encoding)?;
    }
    Ok(())
}
