//! The nodes that follow the change log, and the acknowledgement of edits by them.
//!
//! Each node has a row that it registers before its first lease. Every confirmation of the
//! database's stamp increments the row's `beat` in the same statement, and `reached` says up to
//! which revision the node has applied the log. An editor that has committed waits until all nodes
//! have reached its revision, or until every lease that was granted before the commit has ended.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use cache::Stamp;
use parking_lot::Mutex;
use sea_query::{Cond, Expr, ExprTrait, OnConflict, Query};
use tokio::time::{Instant, timeout_at};
use tracing::{info, warn};

use super::{Purpose, Store, StoreError, stamp::read_stamp};

/// Longer than any lease that was granted before a commit can last after it.
const ALL_LEASES: Duration = Duration::from_secs(2);

/// How often an editor checks whether the nodes have reached its revision.
const LOOK: Duration = Duration::from_millis(4);

/// How many nodes' acknowledgements are noted.
const NOTED: usize = 100;

/// The row of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id, drawn at its start.
    pub id: String,
    /// Grows with each sign of life.
    pub beat: i64,
    /// The last revision that it has applied.
    pub reached: i64,
}

/// How soon nodes have reached what was committed here.
#[derive(Debug, Default)]
pub(super) struct Acknowledgements(Mutex<BTreeMap<String, Reached>>);

/// How soon one node has reached what was committed on this one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reached {
    /// How many revisions it has reached.
    pub times: u64,
    /// How long that took since the commits, in total.
    pub total: Duration,
    /// How long the slowest took.
    pub longest: Duration,
}

impl Acknowledgements {
    /// Notes that a node has reached a revision this long after its commit.
    fn note(&self, node: &str, after: Duration) {
        let mut noted = self.0.lock();
        if noted.len() >= NOTED && !noted.contains_key(node) {
            return;
        }
        let reached = noted.entry(node.to_owned()).or_default();
        reached.times += 1;
        reached.total += after;
        reached.longest = reached.longest.max(after);
    }
}

impl Store {
    /// Adds this node to the list, so that editors wait for it. Must be committed before the node
    /// uses anything that it has cached.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn register(&self) -> Result<(), StoreError> {
        // Beats never repeat, not even when a node comes back: an editor may still hold an old beat
        // as the sign of a silent node.
        let beat = i64::from(rand::random::<u32>());
        let insert = Query::insert()
            .into_table("nodes")
            .columns(["id", "beat"])
            .values_panic([self.node.as_str().into(), beat.into()])
            .on_conflict(OnConflict::column("id").do_nothing().to_owned())
            .to_owned();
        self.on_feed(async |mut target| target.execute(&insert).await.map(drop))
            .await
    }

    /// Removes this node from the list for good, so that no editor waits for it. Nothing that it
    /// has cached is valid from then on, so it must stop answering.
    ///
    /// # Errors
    /// If the database cannot be reached; the next editor then waits once.
    pub async fn deregister(&self) -> Result<(), StoreError> {
        self.leaving.store(true, Ordering::Release);
        let delete = Query::delete()
            .from_table("nodes")
            .and_where(Expr::col("id").eq(self.node.as_str()))
            .to_owned();
        self.on_feed(async |mut target| target.execute(&delete).await.map(drop))
            .await
    }

    /// Confirms the database's stamp and that this node is alive, in one statement. `None` if the
    /// node was no longer on the list, to which it is then added again.
    pub(crate) async fn confirm(&self) -> Result<Option<Stamp>, StoreError> {
        let update = Query::update()
            .table("nodes")
            .value("beat", Expr::col("beat").add(1))
            .and_where(Expr::col("id").eq(self.node.as_str()))
            .returning(Query::returning().exprs([
                Expr::cust("(SELECT revision FROM revision_counter)"),
                Expr::cust("(SELECT tag FROM revision_counter)"),
            ]))
            .to_owned();
        let records = self
            .on_feed(async |mut target| target.fetch(&update).await)
            .await?;
        if let Some(record) = records.first() {
            return read_stamp(record).map(Some);
        }
        // An editor has struck this node off.
        if !self.leaving.load(Ordering::Acquire) {
            self.register().await?;
        }
        Ok(None)
    }

    /// Publishes how far this node has applied the log.
    pub(crate) async fn publish(&self, revision: u64) -> Result<(), StoreError> {
        let reached = i64::try_from(revision).unwrap_or(i64::MAX);
        let update = Query::update()
            .table("nodes")
            .value("reached", reached)
            .and_where(Expr::col("id").eq(self.node.as_str()))
            .to_owned();
        self.on_feed(async |mut target| target.execute(&update).await.map(drop))
            .await
    }

    /// Returns when no answer from before `revision`, which was committed at `committed` or
    /// earlier, is valid on any node: when all nodes have reached it, or when all leases from
    /// before it have ended. Nodes that gave no sign of life in that time are struck off.
    pub async fn acknowledged(self: &Arc<Self>, revision: u64, committed: Instant) {
        let deadline = committed + ALL_LEASES;
        let reached = i64::try_from(revision).unwrap_or(i64::MAX);
        let mut noted = HashSet::new();
        let mut look = async || {
            let nodes = self.nodes().await?;
            let (behind, there): (Vec<Node>, Vec<Node>) =
                nodes.into_iter().partition(|node| node.reached < reached);
            for node in there {
                if !noted.contains(&node.id) {
                    self.acknowledgements.note(&node.id, committed.elapsed());
                    noted.insert(node.id);
                }
            }
            Ok::<_, StoreError>(behind)
        };
        // Listed after the commit: a node that registers later starts at the present.
        let first = timeout_at(deadline, look()).await;
        let listed = Instant::now();
        let all_reached = |nodes: &[Node]| nodes.is_empty();
        if matches!(&first, Ok(Ok(nodes)) if all_reached(nodes)) {
            return;
        }
        let look = async {
            loop {
                tokio::time::sleep(LOOK).await;
                if matches!(look().await, Ok(nodes) if all_reached(&nodes)) {
                    break;
                }
            }
        };
        if timeout_at(deadline, look).await.is_ok() {
            return;
        }
        match first {
            // Only later editors benefit from this, so this one need not wait for it.
            Ok(Ok(silent)) => {
                let store = Arc::clone(self);
                tokio::spawn(async move {
                    // The list can arrive late. Only a node that is silent for all leases from then
                    // on has none.
                    tokio::time::sleep_until(listed + ALL_LEASES).await;
                    for node in silent {
                        store.strike_off(&node).await;
                    }
                });
            }
            Ok(Err(error)) => {
                warn!(%error, revision, "cannot list the nodes; an edit waited for their leases instead");
            }
            Err(_) => warn!(
                revision,
                "timed out listing the nodes; an edit waited for their leases instead"
            ),
        }
    }

    /// Whether this is the id of this node.
    pub fn is_own(&self, node: &str) -> bool {
        self.node == node
    }

    /// How soon nodes have reached what was committed on this one, by their ids.
    pub fn acknowledgements(&self) -> BTreeMap<String, Reached> {
        self.acknowledgements.0.lock().clone()
    }

    /// The nodes that editors wait for.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn nodes(&self) -> Result<Vec<Node>, StoreError> {
        let select = Query::select()
            .columns(["id", "beat", "reached"])
            .from("nodes")
            .to_owned();
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let records = snapshot.target().fetch(&select).await?;
        records
            .iter()
            .map(|r| {
                Ok(Node {
                    id: r.get(0)?,
                    beat: r.get(1)?,
                    reached: r.get(2)?,
                })
            })
            .collect()
    }

    /// The nodes that show a sign of life while this waits for one.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn living(&self) -> Result<Vec<Node>, StoreError> {
        let first = self.nodes().await?;
        if first.is_empty() {
            return Ok(first);
        }
        tokio::time::sleep(ALL_LEASES).await;
        let mut nodes = self.nodes().await?;
        nodes.retain(|node| {
            !first
                .iter()
                .any(|old| old.id == node.id && old.beat == node.beat)
        });
        Ok(nodes)
    }

    /// Removes a node whose beat has not changed since it was listed.
    async fn strike_off(&self, node: &Node) {
        let unchanged = Cond::all()
            .add(Expr::col("id").eq(node.id.as_str()))
            .add(Expr::col("beat").eq(node.beat));
        let delete = Query::delete()
            .from_table("nodes")
            .cond_where(unchanged)
            .to_owned();
        let struck = async {
            let mut transaction = self.database.begin(Purpose::Write).await?;
            let struck = transaction.target().execute(&delete).await?;
            transaction.commit().await?;
            Ok::<_, StoreError>(struck > 0)
        };
        match struck.await {
            Ok(true) => info!(
                node = node.id,
                reached = node.reached,
                "struck off a silent node"
            ),
            Ok(false) => {}
            Err(error) => warn!(%error, node = node.id, "cannot strike off a silent node"),
        }
    }
}
