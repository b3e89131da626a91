//! Homes that are similar to another.

use catalogue::Predicate;
use sea_query::{Cond, Expr, ExprTrait, Order};
use site::Similar;

use super::{
    Json, Store, StoreError,
    database::{Record, Transaction},
    read::{self, values, write_rows},
    select,
};

/// How many are shown.
const MOST: usize = 4;

impl Store {
    /// The similar rows with the nearest prices, as an array of rows. They are read from both
    /// sides of the price, by index, so that it does not matter how many there are.
    pub(crate) async fn similar(
        &self,
        snapshot: &mut Transaction,
        similar: &Similar,
        predicate: &Predicate,
    ) -> Result<(Vec<i64>, Json), StoreError> {
        let mut nearest = Vec::with_capacity(2 * MOST);
        for order in [Order::Desc, Order::Asc] {
            nearest.extend(
                self.on_one_side(snapshot, similar, predicate, order)
                    .await?,
            );
        }
        nearest.sort_by_key(|(id, price)| (price.abs_diff(similar.cents()), *id));
        nearest.truncate(MOST);
        let ids: Vec<i64> = nearest.into_iter().map(|(id, _)| id).collect();
        let catalogue = predicate.catalogue();
        let mut rows = select::rows(catalogue);
        rows.and_where(Expr::col((catalogue.name(), "id")).is_in(ids.iter().copied()));
        let mut records = snapshot.target().fetch(&rows).await?;
        let place = |record: &Record| {
            let id = record.get::<i64>(0).unwrap_or_default();
            ids.iter().position(|known| *known == id)
        };
        records.sort_by_key(place);
        let mut json = Vec::new();
        write_rows(catalogue, values(catalogue, &records), &mut json)?;
        Ok((read::ids(&records)?, Json::of(json)))
    }

    /// The ids and prices of the nearest rows that cost at most as much (descending), or more
    /// (ascending). Of two equally near, the one with the smaller id comes first.
    async fn on_one_side(
        &self,
        snapshot: &mut Transaction,
        similar: &Similar,
        predicate: &Predicate,
        order: Order,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        let table = predicate.catalogue().name();
        let price = || Expr::col((table, "price_cents"));
        let side = match order {
            Order::Asc => price().gt(similar.cents()),
            _ => price().lte(similar.cents()),
        };
        let mut select = sea_query::Query::select();
        select
            .columns([(table, "id"), (table, "price_cents")])
            .from(table)
            .cond_where(
                Cond::all()
                    .add(self.predicate_condition(predicate))
                    .add(side)
                    .add(Expr::col((table, "id")).ne(similar.id())),
            )
            .order_by((table, "price_cents"), order)
            .order_by((table, "id"), Order::Asc)
            .limit(MOST as u64);
        let records = snapshot.target().fetch(&select).await?;
        let read = |record: &Record| Ok((record.get(0)?, record.get(1)?));
        records.iter().map(read).collect()
    }
}
