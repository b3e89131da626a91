//! Values that are computed for a row, from the rows that refer to it.

use catalogue::{Aggregate, Encoding, Predicate, Value, write_value};
use sea_query::{Expr, Order, Query as Sql};
use site::Computed;

use super::{Json, Store, StoreError, database::Transaction, read::count_rows};

/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

impl Store {
    /// The value, and from how many rows it is computed.
    pub(crate) async fn computed(
        &self,
        snapshot: &mut Transaction,
        computed: &Computed,
        predicate: &Predicate,
    ) -> Result<Json, StoreError> {
        let catalogue = predicate.catalogue();
        let condition = || self.predicate_condition(predicate);
        let rows = count_rows(snapshot, catalogue, condition()).await?;
        let counted = i64::try_from(rows).unwrap_or(i64::MAX);
        let mut select = Sql::select();
        select.from(catalogue.name()).cond_where(condition());
        let (encoding, value) = match computed.what().aggregate {
            Aggregate::Count => (Encoding::Integer, Some(counted)),
            Aggregate::Average { column, encoding } => {
                // All parts of this text are fixed at compile time.
                let average = format!("CAST(round(avg({}.{column})) AS bigint)", catalogue.name());
                select.expr(Expr::cust(average));
                let record = snapshot.target().fetch_optional(&select).await?;
                let average = record.map(|record| record.get::<Option<i64>>(0));
                (encoding, average.transpose()?.flatten())
            }
            Aggregate::MedianDays { column } => {
                // Of two in the middle, the earlier one.
                select
                    .column((catalogue.name(), column))
                    .order_by((catalogue.name(), column), Order::Asc)
                    .limit(1)
                    .offset(rows.saturating_sub(1) / 2);
                let record = snapshot.target().fetch_optional(&select).await?;
                let since = record.map(|record| record.get::<i64>(0)).transpose()?;
                let now = crate::credentials::now_millis();
                let days = since.map(|since| now.saturating_sub(since).max(0) / DAY);
                (Encoding::Integer, days)
            }
        };
        let mut json = format!(r#"{{"rows":{rows},"value":"#).into_bytes();
        let value = value.map_or(Value::Null, Value::Integer);
        write_value(encoding, &value, &mut json);
        json.push(b'}');
        Ok(Json::of(json))
    }
}
