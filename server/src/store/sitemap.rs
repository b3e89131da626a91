//! What a sitemap lists: the ids of rows, and when each was last edited.

use std::ops::RangeInclusive;

use catalogue::{Catalogue, Predicate, normalizer::Query};
use sea_query::{Expr, ExprTrait, Order, Query as Sql};

use super::{Purpose, Store, StoreError};

impl Store {
    /// The largest id of a row; 0 if there are no rows.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn largest_id(&self, catalogue: &'static Catalogue) -> Result<i64, StoreError> {
        let largest = Sql::select()
            .expr(Expr::col("id").max())
            .from(catalogue.name())
            .to_owned();
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let record = snapshot.target().fetch_optional(&largest).await?;
        let largest = record.map(|record| record.get::<Option<i64>>(0));
        Ok(largest.transpose()?.flatten().unwrap_or_default())
    }

    /// The rows that a reader finds without setting any filter, with ids within bounds: each id
    /// with the milliseconds since 1970 of its last edit, at most `most`, in the order of the ids.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn sitemap_rows(
        &self,
        catalogue: &'static Catalogue,
        ids: RangeInclusive<i64>,
        most: u64,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        let query = Query::all(catalogue.schema);
        let predicate = Predicate::new(catalogue, &query);
        let select = Sql::select()
            .columns(["id", "updated_at"])
            .from(catalogue.name())
            .cond_where(self.predicate_condition(&predicate))
            .and_where(Expr::col("id").between(*ids.start(), *ids.end()))
            .order_by("id", Order::Asc)
            .limit(most)
            .to_owned();
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let records = snapshot.target().fetch(&select).await?;
        records
            .iter()
            .map(|record| Ok((record.get(0)?, record.get(1)?)))
            .collect()
    }
}
