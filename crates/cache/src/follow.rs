//! Following the database's change log, and the lease that it earns.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::FutureExt;
use tokio::time::{sleep, timeout};
use tracing::{debug, info, warn};

use crate::{Feed, Log, Revision, log::CHANGES_IN_MEMORY};

/// How long a lease lasts as the editors count it; the node uses nine tenths of it.
const LEASE: Duration = Duration::from_millis(2_000);

/// How long the database may take to confirm.
const CONFIRM_TIMEOUT: Duration = Duration::from_millis(500);

/// How long the database may take to return changes: a half-open connection must not block the
/// follower forever.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// A node that is further behind than this, in changes, drops everything and starts at the present.
const CATCH_UP: usize = 10_000;

/// How often the node checks the database when nothing wakes it earlier.
#[derive(Debug, Clone, Copy)]
pub struct Pace(pub Duration);

/// The minimum time between two beats, however often the follower is woken.
const REST: Duration = Duration::from_millis(2);

/// How a successful beat ended.
enum Beaten {
    /// Every change up to the database's head is applied.
    CaughtUp,
    /// Editors did not wait for this node; from now on they do.
    Registered,
}

/// Follows the change log for as long as the task runs.
///
/// Each beat confirms the database's head, applies the changes up to it, and only then renews the
/// lease, counted from *before* the confirmation was sent: everything that was committed before
/// that has been applied.
pub async fn follow<F: Feed>(feed: Arc<F>, log: Arc<Log<F::Image>>, pace: Pace) {
    let mut failing = false;
    let mut published = None;
    loop {
        let begun = log.begin_beat();
        // A panic must not end the follower silently: it counts as a failed beat.
        let beaten = AssertUnwindSafe(beat(&*feed, &log)).catch_unwind().await;
        match beaten.unwrap_or_else(|_| Err("the follower panicked".to_owned())) {
            Ok(Beaten::CaughtUp) => {
                log.end_beat(begun, LEASE * 9 / 10);
                publish(&*feed, log.revision(), &mut published).await;
                if std::mem::take(&mut failing) {
                    info!(revision = log.revision(), "following the change log again");
                }
            }
            Ok(Beaten::Registered) => {
                log.end_lease();
                published = None;
                info!("this node was missing from the list of nodes and has registered again");
                log.wake();
            }
            Err(error) => {
                // The node may have been struck off, and its published revision with it.
                published = None;
                if std::mem::replace(&mut failing, true) {
                    debug!(%error, "still cannot follow the change log");
                } else {
                    warn!(%error, "cannot follow the change log; every answer is loaded until it can be followed");
                }
            }
        }
        sleep(REST).await;
        tokio::select! {
            () = sleep(pace.0) => {}
            () = log.woken() => {}
        }
    }
}

/// Tells the editors how far this node has come, unless they know. If that fails, they wait a
/// little longer.
async fn publish<F: Feed>(feed: &F, revision: u64, published: &mut Option<u64>) {
    if *published == Some(revision) {
        return;
    }
    match timeout(CONFIRM_TIMEOUT, feed.reached(revision)).await {
        Ok(Ok(())) => *published = Some(revision),
        Ok(Err(error)) => debug!(%error, revision, "cannot publish a reached revision"),
        Err(_) => debug!(revision, "timed out publishing a reached revision"),
    }
}

async fn beat<F: Feed>(feed: &F, log: &Log<F::Image>) -> Result<Beaten, String> {
    let head = timeout(CONFIRM_TIMEOUT, feed.head())
        .await
        .map_err(|_| "timed out waiting for the database to confirm".to_owned())?
        .map_err(|error| error.to_string())?;
    let Some(head) = head else {
        return Ok(Beaten::Registered);
    };
    let Some(own) = log.head() else {
        return restart(feed, log).await;
    };
    if own == head {
        return Ok(Beaten::CaughtUp);
    }
    // Applied revisions do not disappear, unless the database was restored from a backup.
    if own.revision > head.revision {
        return restart(feed, log).await;
    }
    let mut own = own;
    let mut behind = 0;
    while own.revision < head.revision && behind <= CATCH_UP {
        let mut revisions = read(feed.revisions_from(own, CATCH_UP)).await?;
        // The first one is the log's own head: if it is missing, this is another history.
        if revisions.first().map(|revision| revision.stamp) != Some(own) || revisions.len() < 2 {
            break;
        }
        // The log finds revisions by their numbers, so there must be no gap.
        if !consecutive(&revisions) {
            break;
        }
        revisions.remove(0);
        behind += revisions
            .iter()
            .map(|revision| revision.changes.len())
            .sum::<usize>();
        own = revisions.last().map_or(own, |revision| revision.stamp);
        log.apply(revisions);
    }
    // The confirmed head may have been passed in the meantime, but not replaced.
    if own.revision > head.revision || own == head {
        return Ok(Beaten::CaughtUp);
    }
    restart(feed, log).await
}

async fn restart<F: Feed>(feed: &F, log: &Log<F::Image>) -> Result<Beaten, String> {
    let mut revisions = read(feed.last_revisions(CHANGES_IN_MEMORY)).await?;
    if revisions.is_empty() {
        return Err("the change log is empty: was the database migrated?".to_owned());
    }
    // Nothing is known about answers from before a gap.
    let gap = revisions.windows(2).rposition(|pair| !consecutive(pair));
    revisions.drain(..gap.map_or(0, |at| at + 1));
    log.restart(revisions);
    info!(
        revision = log.revision(),
        "following the change log from the present"
    );
    Ok(Beaten::CaughtUp)
}

async fn read<T, E: std::error::Error>(
    answer: impl Future<Output = Result<T, E>>,
) -> Result<T, String> {
    timeout(READ_TIMEOUT, answer)
        .await
        .map_err(|_| "timed out reading the change log".to_owned())?
        .map_err(|error| error.to_string())
}

fn consecutive<I>(revisions: &[Revision<I>]) -> bool {
    revisions
        .windows(2)
        .all(|pair| pair[1].stamp.revision == pair[0].stamp.revision + 1)
}
