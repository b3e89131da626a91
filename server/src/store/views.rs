//! Views: counted in memory, written together, and not changes.
//!
//! Viewing a row does not edit it, so no revision is taken and no cached answer is touched: the
//! view count that is shown is as old as the answer that shows it. Views that were counted but not
//! yet written are lost with the node.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use catalogue::Catalogue;
use parking_lot::Mutex;
use sea_query::{CaseStatement, Expr, ExprTrait, Query, UpdateStatement};
use tracing::warn;

use super::{Purpose, Store, StoreError};

/// How often views are written.
const INTERVAL: Duration = Duration::from_secs(10);

/// The number of rows whose views are counted between two writes; views of further rows are not.
const ROWS: usize = 20_000;

/// How many rows one statement updates; SQLite takes 32,766 parameters, of which a row needs three.
const BATCH: usize = 500;

/// Views by catalogue and row.
type Counted = BTreeMap<(&'static str, i64), i64>;

/// Views that have not been written yet.
#[derive(Debug, Default)]
pub(super) struct Views(Mutex<Counted>);

impl Store {
    /// Counts a view of a row.
    pub fn count_view(&self, catalogue: &'static Catalogue, id: i64) {
        let mut counted = self.views.0.lock();
        let room = counted.len() < ROWS;
        if let Some(views) = counted.get_mut(&(catalogue.name(), id)) {
            *views += 1;
        } else if room {
            counted.insert((catalogue.name(), id), 1);
        }
    }

    /// Writes views every few seconds, forever.
    pub async fn keep_writing_views(self: Arc<Self>) {
        loop {
            tokio::time::sleep(INTERVAL).await;
            if let Err(error) = self.write_views().await {
                warn!(%error, "cannot write some views");
            }
        }
    }

    /// Writes the views that were counted so far.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses; the views are lost.
    pub async fn write_views(&self) -> Result<(), StoreError> {
        let counted: Vec<_> = std::mem::take(&mut *self.views.0.lock())
            .into_iter()
            .collect();
        // In the order of catalogue and row, as on all nodes, so that they cannot deadlock.
        for of_catalogue in counted.chunk_by(|one, other| one.0.0 == other.0.0) {
            for batch in of_catalogue.chunks(BATCH) {
                let mut transaction = self.database.begin(Purpose::Write).await?;
                transaction.target().execute(&addition(batch)).await?;
                transaction.commit().await?;
            }
        }
        Ok(())
    }
}

/// Adds views to rows of one catalogue.
fn addition(batch: &[((&'static str, i64), i64)]) -> UpdateStatement {
    let (table, _) = batch[0].0;
    let added = batch
        .iter()
        .fold(CaseStatement::new(), |case, ((_, id), views)| {
            case.case(Expr::col("id").eq(*id), *views)
        })
        .finally(0);
    let rows = batch.iter().map(|((_, id), _)| *id);
    Query::update()
        .table(table)
        .value("view_count", Expr::col("view_count").add(added))
        .and_where(Expr::col("id").is_in(rows))
        .to_owned()
}
