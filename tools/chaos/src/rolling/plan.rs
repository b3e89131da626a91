//! How often nodes are restarted, and what a newer release does to their database.

use std::time::{Duration, Instant};

use services::{process::pause, progress::Step};

use crate::{fault::NODES, ledger::Ledger};

/// The node that becomes the newer release.
pub(super) const NEXT: usize = NODES - 1;

/// After this time every node has seen the last edit, made by SQL or not: the length of a lease.
pub(super) const SETTLED: Duration = Duration::from_secs(2);

/// What a restart is guessed to take beyond the drain.
const START: Duration = Duration::from_secs(2);

const TICK: Duration = Duration::from_millis(100);

/// The settings of a run.
#[derive(Debug)]
pub(crate) struct Plan {
    /// How often each node is restarted.
    pub(crate) restarts: u32,
    /// How long a node says that it is about to stop and still answers.
    pub(super) drain: Duration,
    /// How long the nodes are under load before the first is restarted.
    pub(super) before: Duration,
    /// Whether nodes are killed and edits are not logged, to see that the checks notice.
    pub(crate) sabotage: bool,
}

impl Plan {
    /// With the drain that a deployment has.
    pub(crate) fn long(restarts: u32) -> Self {
        Self {
            restarts,
            drain: Duration::from_secs(3),
            before: Duration::from_secs(20),
            sabotage: false,
        }
    }

    /// Two restarts of each node.
    pub(crate) fn short() -> Self {
        Self {
            restarts: 2,
            drain: Duration::from_millis(1_500),
            before: Duration::from_secs(4),
            sabotage: false,
        }
    }

    /// Waits for as long as there is only load.
    pub(super) fn wait(&self, step: &Step) {
        let from = Instant::now();
        while from.elapsed() < self.before {
            step.reach(from.elapsed(), self.length(), "before the first restart");
            pause(TICK);
        }
    }

    /// Shows how many nodes have been restarted, and what is being done.
    pub(super) fn reach(&self, done: usize, what: &str, step: &Step) {
        let done = u32::try_from(done).unwrap_or(u32::MAX);
        let reached = self.before + (self.drain + START).saturating_mul(done);
        step.reach(reached, self.length(), what);
    }

    /// About how long the run takes.
    fn length(&self) -> Duration {
        let restarts = self.restarts.saturating_mul(NODES as u32);
        self.before + (self.drain + START).saturating_mul(restarts)
    }
}

/// What a newer release does when its first node starts: it expands the schema, notes that, and fills
/// the new column of some rows, but of none that the writers edit. To the nodes of the release before
/// it these are migrations and columns that they have never heard of.
pub(super) fn migration(ledger: &Ledger) -> String {
    let hot: Vec<String> = ledger
        .homes
        .iter()
        .map(|home| home.id.to_string())
        .collect();
    format!(
        "ALTER TABLE properties ADD COLUMN tour_url text; \
         INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'tours of homes', true, '\\x00', 0); \
         UPDATE properties SET tour_url = 'https://tours.example/' || id \
         WHERE id % 100 = 0 AND id NOT IN ({})",
        hot.join(", ")
    )
}
