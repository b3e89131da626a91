//! Following the database's change log, and the lease that it earns.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::FutureExt;
use tokio::time::{sleep, timeout};
use tracing::{debug, info, warn};

use crate::{Feed, Log, Revision, log::REMEMBERED_CHANGES};

/// How long a lease lasts at the editors' side; the node uses nine tenths of it.
const LEASE: Duration = Duration::from_millis(2_000);

/// How long the database may take to confirm.
const CONFIRM_TIMEOUT: Duration = Duration::from_millis(500);

/// How long the database may take to hand over changes: a connection that is half open must not
/// hold up the follower for ever.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// Further behind than this, a node forgets everything and starts at the present.
const CATCH_UP: usize = 10_000;

/// How often the node looks at the database when nothing wakes it earlier.
#[derive(Debug, Clone, Copy)]
pub struct Pace(pub Duration);

/// The least time between two beats, however often the follower is woken.
const REST: Duration = Duration::from_millis(2);

/// How a beat ended, if it ended well.
enum Beaten {
    /// Every change up to where the database stood is applied.
    CaughtUp,
    /// Editors did not wait for this node; from now on they do.
    Registered,
}

/// Follows the change log for as long as the task lives.
///
/// Each beat confirms where the database stands, applies the changes up to there, and only then
/// renews the lease, counted from *before* the confirmation was sent: whatever was committed
/// before that moment has been applied.
pub async fn follow<F: Feed>(feed: Arc<F>, log: Arc<Log<F::Image>>, pace: Pace) {
    let mut failing = false;
    let mut published = None;
    loop {
        let begun = log.begin_beat();
        // A panic must not end the following silently: it is one more failed beat.
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
                // The node may have been struck off, and what it had published with it.
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

/// Tells the editors how far this node is, unless they know. If it fails they wait a little longer.
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
    // Applied revisions do not go away, unless the database was restored from a backup.
    if own.revision > head.revision {
        return restart(feed, log).await;
    }
    let mut own = own;
    let mut behind = 0;
    while own.revision < head.revision && behind <= CATCH_UP {
        let mut revisions = read(feed.revisions_from(own, CATCH_UP)).await?;
        // The first one is the log's own head: without it, this is another history.
        if revisions.first().map(|revision| revision.stamp) != Some(own) || revisions.len() < 2 {
            break;
        }
        // The log finds a revision by its number.
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
    // The head that was confirmed may have been passed in the meantime, but never replaced.
    if own.revision > head.revision || own == head {
        return Ok(Beaten::CaughtUp);
    }
    restart(feed, log).await
}

async fn restart<F: Feed>(feed: &F, log: &Log<F::Image>) -> Result<Beaten, String> {
    let mut revisions = read(feed.last_revisions(REMEMBERED_CHANGES)).await?;
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
