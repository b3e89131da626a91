//! Counts facets: one pass over the rows for each group of facets, all in one snapshot.
//!
//! Every column that a pass reads is in one index (`{catalogue}_facets`, whose first columns are
//! those that the common pass groups by), so the rows themselves are not read.

use catalogue::{Catalogue, Facet, Facets, Pass, Predicate, Storage, Value, normalizer::Query};
use sea_query::{Expr, Query as Sql, SelectStatement};

use super::{
    Json, Purpose, Store, StoreError,
    database::{Record, Transaction},
    select::{Dialect, Reading, count_of_rows},
};

impl Store {
    /// The facets of a query.
    pub(crate) async fn facets(
        &self,
        snapshot: &mut Transaction,
        query: &Query,
        predicate: &Predicate,
    ) -> Result<Json, StoreError> {
        let catalogue = predicate.catalogue();
        let mut passes = Vec::new();
        for pass in Facets::passes(predicate) {
            let records = snapshot.target().fetch(&self.pass(query, &pass)).await?;
            let group = |record| group(catalogue, &pass.facets, record);
            let groups: Result<Vec<_>, StoreError> = records.iter().map(group).collect();
            passes.push((pass, groups?));
        }
        let facets = Facets::tally(query, predicate, &passes);
        let json = serde_json::to_vec(&facets)
            .map_err(|error| StoreError::Unexpected(error.to_string()))?;
        Ok(Json::of(json))
    }

    /// The statement of a pass: `SELECT` the columns and `count(*)`, `GROUP BY` the columns.
    fn pass(&self, query: &Query, pass: &Pass) -> SelectStatement {
        let catalogue = pass.predicate.catalogue();
        let mut select = Sql::select();
        for (place, facet) in pass.facets.iter().enumerate() {
            // All parts of these texts are fixed at compile time.
            let column = format!("{}.{}", catalogue.name(), facet.column);
            // Rather than sort, SQLite would take an index that is in the order of this one column,
            // and fetch each row for the others; a plus prevents that.
            let column = match self.dialect() {
                Dialect::Sqlite if pass.facets.len() == 1 => format!("+{column}"),
                _ => column,
            };
            select.expr(Expr::cust(match Pass::divisor(facet, catalogue) {
                Some(divisor) => format!("{column} / {divisor}"),
                None => column,
            }));
            select.add_group_by([Expr::cust((place + 1).to_string())]);
        }
        select
            .expr(count_of_rows())
            .from(catalogue.name())
            .cond_where(self.condition(query, &pass.predicate, Reading::Everything));
        select
    }

    /// The database's plans for counting the facets of a query, line by line.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn facet_plan(
        &self,
        catalogue: &'static Catalogue,
        query: &Query,
    ) -> Result<Vec<String>, StoreError> {
        let predicate = Predicate::new(catalogue, query);
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let mut lines = Vec::new();
        for pass in Facets::passes(&predicate) {
            let select = self.pass(query, &pass);
            lines.extend(snapshot.target().explain(&select).await?);
        }
        Ok(lines)
    }
}

/// A group of a pass.
fn group(
    catalogue: &Catalogue,
    facets: &[&Facet],
    record: &Record,
) -> Result<(Vec<Value>, u64), StoreError> {
    let value = |(place, facet): (usize, &&Facet)| {
        let mut columns = catalogue.columns.iter();
        let column = columns.find(|column| column.name == facet.column);
        Ok(match column.map(|column| column.storage) {
            Some(Storage::Integer) => Value::Integer(record.get(place)?),
            _ => Value::Text(record.get(place)?),
        })
    };
    let values: Result<Vec<Value>, StoreError> = facets.iter().enumerate().map(value).collect();
    let count = record.get::<i64>(facets.len())?;
    Ok((values?, u64::try_from(count).unwrap_or_default()))
}
