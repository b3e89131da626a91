//! Counts facets: one pass over the rows for each group of facets, all in one snapshot.
//!
//! Every column that a pass reads is in one index (`{catalogue}_facets`, whose first columns are
//! those that the common pass groups by), so the rows themselves are not read.

use std::collections::HashMap;

use catalogue::{
    Catalogue, Facet, Facets, Offered, Pass, Predicate, Spelled, Storage, Tallied, Value,
    normalizer::{Query, token},
};
use sea_query::{Expr, ExprTrait, Query as Sql, SelectStatement};

use super::{
    Json, Purpose, Store, StoreError,
    database::{Record, Transaction},
    select::{Dialect, Reading, count_of_rows, indexed},
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
        let mut examples = Vec::new();
        for pass in Facets::passes(predicate) {
            let records = snapshot.target().fetch(&self.pass(query, &pass)).await?;
            let group = |record| group(catalogue, &pass.facets, record);
            let groups: Result<Vec<_>, StoreError> = records.iter().map(group).collect();
            let groups = groups?;
            if let Some((facet, spelled)) = spelled(&pass) {
                let id = |record: &Record| record.get::<i64>(2);
                let ids: Result<Vec<i64>, StoreError> = records.iter().map(id).collect();
                let values = groups.iter().map(|(values, _)| values.first().cloned());
                examples.push((facet, spelled, values.zip(ids?).collect::<Vec<_>>()));
            }
            passes.push((pass, groups));
        }
        let mut facets = Facets::tally(query, predicate, &passes);
        for (facet, spelled, examples) in examples {
            let offered = facets.facets.iter_mut().find(|it| it.name == facet.name);
            if let Some(offered) = offered {
                spell(snapshot, offered, spelled, &examples).await?;
            }
        }
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
            let column = indexed(catalogue, facet.column, self.dialect());
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
        select.expr(count_of_rows());
        if let Some((_, spelled)) = spelled(pass) {
            select.expr(Expr::col((catalogue.name(), spelled.by)).min());
        }
        select.from(catalogue.name()).cond_where(self.condition(
            query,
            &pass.predicate,
            Reading::Everything,
        ));
        select
    }

    /// The passes that count the facets of a query, each with the database's plan, line by line.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn facet_plans(
        &self,
        catalogue: &'static Catalogue,
        query: &Query,
    ) -> Result<Vec<(Pass, Vec<String>)>, StoreError> {
        let predicate = Predicate::new(catalogue, query);
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let mut plans = Vec::new();
        for pass in Facets::passes(&predicate) {
            let plan = snapshot.target().explain(&self.pass(query, &pass)).await?;
            plans.push((pass, plan));
        }
        Ok(plans)
    }
}

/// The facet of a pass whose tokens are spelled by another table. Such facets have many values, so
/// it is the only one.
fn spelled(pass: &Pass) -> Option<(&'static Facet, Spelled)> {
    match pass.facets.as_slice() {
        [facet] => Some((facet, facet.spelled?)),
        _ => None,
    }
}

/// Labels the options of a facet with their spelling in one row of each: a row that was counted, so
/// that an edit of the spelling touches the answer. A spelling that has another token, such as a
/// state's postal code, is no better than the token.
async fn spell(
    snapshot: &mut Transaction,
    offered: &mut Offered,
    Spelled { table, name, .. }: Spelled,
    examples: &[(Option<Value>, i64)],
) -> Result<(), StoreError> {
    let example = |option: &Tallied| {
        let is_it = |value: &Option<Value>| matches!(value, Some(Value::Text(text)) if *text == option.value);
        let mut examples = examples.iter();
        examples.find(|(value, _)| is_it(value)).map(|(_, id)| *id)
    };
    let ids: Vec<Option<i64>> = offered.options.iter().map(example).collect();
    if ids.iter().all(Option::is_none) {
        return Ok(());
    }
    let names = Sql::select()
        .columns(["id", name])
        .from(table)
        .and_where(Expr::col("id").is_in(ids.iter().flatten().copied()))
        .to_owned();
    let mut spellings = HashMap::new();
    for record in snapshot.target().fetch(&names).await? {
        spellings.insert(record.get::<i64>(0)?, record.get::<String>(1)?);
    }
    for (option, id) in offered.options.iter_mut().zip(ids) {
        let spelling = id.and_then(|id| spellings.get(&id));
        option.label = spelling.filter(|name| token(name) == option.value).cloned();
    }
    Ok(())
}

/// A group of a pass.
fn group(
    catalogue: &Catalogue,
    facets: &[&Facet],
    record: &Record,
) -> Result<(Vec<Value>, u64), StoreError> {
    let value = |(place, facet): (usize, &&Facet)| {
        let column = catalogue.column(facet.column);
        Ok(match column.map(|column| column.storage) {
            Some(Storage::Integer) => Value::Integer(record.get(place)?),
            _ => Value::Text(record.get(place)?),
        })
    };
    let values: Result<Vec<Value>, StoreError> = facets.iter().enumerate().map(value).collect();
    let count = record.get::<i64>(facets.len())?;
    Ok((values?, u64::try_from(count).unwrap_or_default()))
}
