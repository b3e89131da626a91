//! Pruning the change log: what is old, and needed by no node, is removed by one node of the fleet.
//!
//! What readers see as history stays: a row's addition and removal, and each change of a price or a
//! status.

use std::{sync::Arc, time::Duration};

use sea_query::{Alias, Cond, Expr, ExprTrait, Order, Query, SelectStatement};
use tokio::time::sleep;
use tracing::{info, warn};

use super::{Purpose, Store, StoreError, database::Record};
use crate::credentials::now_millis;

/// How often the log is pruned.
const EVERY: Duration = Duration::from_hours(24);

/// How often a node looks whether it is time.
const LOOK: Duration = Duration::from_hours(1);

/// About how many changes one transaction removes.
const BATCH: u64 = 500;

/// The time between two of them, so that others come first.
const REST: Duration = Duration::from_millis(50);

/// How many changes stay however old they are: a node that starts reads so many.
const LAST: u64 = 100_000;

impl Store {
    /// Prunes changes that are older than this, and sessions that have expired, once a day on one node
    /// of the fleet, for as long as the task runs.
    pub async fn keep_pruned(self: Arc<Self>, older_than: Duration) {
        loop {
            let pruned = async {
                if !self.may_begin("prune", EVERY).await? {
                    return Ok(0);
                }
                self.delete_expired_sessions(now_millis()).await?;
                self.prune(older_than, LAST).await
            };
            match pruned.await {
                Ok(0) => {}
                Ok(changes) => info!(changes, "pruned the change log"),
                Err(error) => warn!(%error, "cannot prune the change log"),
            }
            sleep(LOOK).await;
        }
    }

    /// Removes changes that are older than this, except the last ones and those that some node has not
    /// applied yet. Returns how many.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses; what was removed by then is.
    pub async fn prune(&self, older_than: Duration, last: u64) -> Result<u64, StoreError> {
        let age = i64::try_from(older_than.as_millis()).unwrap_or(i64::MAX);
        let before = now_millis().saturating_sub(age);
        let Some(horizon) = self.horizon(last).await? else {
            return Ok(0);
        };
        let (mut from, mut pruned) = (-1, 0);
        loop {
            let mut transaction = self.database.begin(Purpose::Write).await?;
            let mut target = transaction.target();
            let batch = Query::select()
                .column("revision")
                .from("change_log")
                .and_where(Expr::col("revision").gt(from))
                .and_where(Expr::col("revision").lt(horizon))
                .and_where(Expr::col("at").lt(before))
                .order_by("revision", Order::Asc)
                .limit(BATCH)
                .to_owned();
            let last = target.fetch_optional(&highest_of(batch)).await?;
            let last: Option<i64> = last.map(|record| record.get(0)).transpose()?.flatten();
            let Some(last) = last else {
                return Ok(pruned);
            };
            let delete = Query::delete()
                .from_table("change_log")
                .and_where(Expr::col("revision").gt(from))
                .and_where(Expr::col("revision").lte(last))
                .and_where(Expr::col("at").lt(before))
                .cond_where(is_history().not())
                .to_owned();
            pruned += target.execute(&delete).await?;
            // An edit of which a part is gone cannot be undone.
            let edits = Query::delete()
                .from_table("edits")
                .and_where(Expr::col("first_revision").lte(last))
                .to_owned();
            target.execute(&edits).await?;
            transaction.commit().await?;
            from = last;
            sleep(REST).await;
        }
    }

    /// The revision from which on nothing is removed: that of the last changes, or the first one that a
    /// node has not applied. `None` if nothing may be removed.
    async fn horizon(&self, last: u64) -> Result<Option<i64>, StoreError> {
        let nodes = self.nodes().await?;
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let of_last = Query::select()
            .column("revision")
            .from("change_log")
            .and_where(Expr::col("revision").is_not_null())
            .order_by("revision", Order::Desc)
            .offset(last)
            .limit(1)
            .to_owned();
        let of_last = snapshot.target().fetch_optional(&of_last).await?;
        let of_last: Option<i64> = of_last.map(|record: Record| record.get(0)).transpose()?;
        let reached = nodes.iter().map(|node| node.reached);
        Ok(of_last.map(|revision| reached.fold(revision, Ord::min)))
    }
}

/// The highest revision of a batch.
fn highest_of(batch: SelectStatement) -> SelectStatement {
    Query::select()
        .expr(Expr::cust("max(revision)"))
        .from_subquery(batch, Alias::new("batch"))
        .to_owned()
}

/// The changes that readers see as history.
fn is_history() -> Cond {
    let mut changes = Cond::any()
        .add(Expr::col("id").is_null())
        .add(Expr::col("before").is_null())
        .add(Expr::col("after").is_null());
    for catalogue in catalogue::edited() {
        for column in catalogue.history_columns() {
            // All parts of this text are fixed at compile time.
            changes = changes.add(Expr::cust(format!(
                "catalogue = '{}' AND before ->> '{column}' IS DISTINCT FROM after ->> '{column}'",
                catalogue.name()
            )));
        }
    }
    changes
}
