//! A row's price over time, from the change log.

use catalogue::{Catalogue, Encoding, Price, price};
use sea_query::{Cond, Expr, ExprTrait, Order, Query as Sql};

use super::{Json, Store, StoreError, database::Transaction, select};

/// What an entry of the log says about a row's price.
enum Logged {
    /// The row was added, or added again, at this price; or readers see it from then on.
    Added(i64),
    /// The price changed.
    Changed { at: i64, from: i64, to: i64 },
    /// The row was deleted, or everything in its catalogue was replaced: what follows is another
    /// row. Or it is a draft, whose prices are nobody's business.
    Gone,
}

impl Store {
    /// The prices that a row has had, the first of them from the day on which it was listed. The
    /// history starts over where the log cannot tell what the row was before.
    pub(crate) async fn history(
        &self,
        snapshot: &mut Transaction,
        catalogue: &'static Catalogue,
        id: i64,
    ) -> Result<Json, StoreError> {
        let money = catalogue
            .fields
            .iter()
            .find(|field| field.encoding == Encoding::Money);
        let Some(column) = money.map(|field| field.column) else {
            return Ok(Json::nothing());
        };
        let row = Sql::select()
            .columns(["created_at", column])
            .from(catalogue.name())
            .and_where(Expr::col("id").eq(id))
            .cond_where(select::is_published(catalogue))
            .to_owned();
        let Some(row) = snapshot.target().fetch_optional(&row).await? else {
            return Ok(Json::nothing());
        };
        let (listed, now) = (row.get(0)?, row.get(1)?);
        let log = logged(snapshot, catalogue, column, id).await?;
        let points: Vec<Price> = points(listed, now, log)
            .into_iter()
            .map(|(at, cents)| price(at, cents))
            .collect();
        let json = serde_json::to_vec(&points)
            .map_err(|error| StoreError::Unexpected(error.to_string()))?;
        Ok(Json::of(json))
    }
}

async fn logged(
    snapshot: &mut Transaction,
    catalogue: &'static Catalogue,
    column: &'static str,
    id: i64,
) -> Result<Vec<Logged>, StoreError> {
    // All parts of this text are fixed at compile time.
    let side = |side: &str| format!("CAST({side} ->> '{column}' AS bigint)");
    let (before, after) = (side("before"), side("after"));
    let is_draft = |side: &str| match catalogue.draft {
        Some((column, draft)) => format!("coalesce({side} ->> '{column}' = '{draft}', false)"),
        None => "false".to_owned(),
    };
    let (was_draft, is_draft) = (is_draft("before"), is_draft("after"));
    let mut select = Sql::select();
    select
        .column("at")
        .expr(Expr::cust(before.clone()))
        .expr(Expr::cust(after.clone()))
        .expr(Expr::cust(was_draft.clone()))
        .expr(Expr::cust(is_draft.clone()))
        .from("change_log")
        .and_where(Expr::col("catalogue").eq(catalogue.name()))
        .cond_where(
            Cond::any()
                .add(Expr::col("id").is_null())
                .add(Expr::col("id").eq(id)),
        )
        .cond_where(
            Cond::any()
                .add(Expr::col("id").is_null())
                .add(Expr::cust(format!("{before} IS DISTINCT FROM {after}")))
                .add(Expr::cust(format!("{was_draft} <> {is_draft}"))),
        )
        .order_by("seq", Order::Asc);
    let records = snapshot.target().fetch(&select).await?;
    let read = |record: &super::database::Record| {
        let (before, after) = (record.get::<Option<i64>>(1)?, record.get(2)?);
        let (was_draft, is_draft) = (record.get::<bool>(3)?, record.get::<bool>(4)?);
        let before = before.filter(|_| !was_draft);
        Ok(match (before, after) {
            (_, _) if is_draft => Logged::Gone,
            (_, None) => Logged::Gone,
            (None, Some(price)) => Logged::Added(price),
            (Some(from), Some(to)) => {
                let at = record.get(0)?;
                Logged::Changed { at, from, to }
            }
        })
    };
    records.iter().map(read).collect()
}

/// The prices in cents, each after the time from which it held, in milliseconds since 1970.
fn points(listed: i64, now: i64, log: Vec<Logged>) -> Vec<(i64, i64)> {
    let mut points: Vec<(i64, i64)> = Vec::new();
    for logged in log {
        match logged {
            Logged::Gone => points.clear(),
            Logged::Added(price) => points = vec![(listed, price)],
            Logged::Changed { at, from, to } => {
                if points.last().is_none_or(|(_, last)| *last != from) {
                    points = vec![(listed, from)];
                }
                points.push((at, to));
            }
        }
    }
    if points.last().is_none_or(|(_, last)| *last != now) {
        points = vec![(listed, now)];
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_starts_over_where_the_log_has_a_gap() {
        let changed = |at, from, to| Logged::Changed { at, from, to };
        let check = |now, log, expect: &[(i64, i64)]| assert_eq!(points(1, now, log), expect);
        check(50, vec![], &[(1, 50)]);
        check(40, vec![changed(7, 50, 40)], &[(1, 50), (7, 40)]);
        check(
            45,
            vec![Logged::Added(50), changed(7, 50, 40), changed(9, 40, 45)],
            &[(1, 50), (7, 40), (9, 45)],
        );
        // Deleted, and the id reused.
        check(
            30,
            vec![changed(7, 50, 40), Logged::Gone, Logged::Added(30)],
            &[(1, 30)],
        );
        // Everything was replaced.
        check(50, vec![changed(7, 50, 40), Logged::Gone], &[(1, 50)]);
        check(
            20,
            vec![changed(7, 50, 40), changed(8, 30, 20)],
            &[(1, 30), (8, 20)],
        );
        check(60, vec![changed(7, 50, 40)], &[(1, 60)]);
    }
}
