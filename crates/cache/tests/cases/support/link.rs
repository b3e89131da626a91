//! One node's connection to the database: loads always pass; the change feed passes as configured.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use cache::{Beside, Change, Loaded, Origin, Revision, Stamp};
use tokio::sync::watch;

use super::{Broken, Database, Rows, TestAsk};

/// One node's connection.
pub(crate) struct Link {
    pub(crate) database: Arc<Database>,
    feed: Mutex<Feed>,
    /// How often the follower has requested the database's head.
    pub(crate) beats: watch::Sender<u64>,
    /// Whether an editor has struck the node off.
    unlisted: AtomicBool,
}

/// What the follower gets to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feed {
    /// Everything.
    Open,
    /// What was committed up to this revision. The lease stays live: nothing newer has been
    /// acknowledged yet.
    Until(u64),
    /// Errors.
    Cut,
    /// Nothing: calls never return, even if the feed is opened again.
    Silent,
    /// The database's head, but no changes.
    SilentChanges,
    /// Everything but one revision, which was deleted from the log.
    Without(u64),
}

impl Link {
    pub(crate) fn new(database: &Arc<Database>) -> Self {
        Self {
            database: Arc::clone(database),
            feed: Mutex::new(Feed::Open),
            beats: watch::Sender::default(),
            unlisted: AtomicBool::new(false),
        }
    }

    /// An editor strikes the node off the list.
    pub(crate) fn strike_off(&self) {
        self.unlisted.store(true, Ordering::SeqCst);
    }

    pub(crate) fn set_feed(&self, feed: Feed) {
        *self.feed.lock().unwrap() = feed;
    }

    fn feed(&self) -> Feed {
        *self.feed.lock().unwrap()
    }

    /// Reads what the follower gets to see of the log.
    fn read<T>(&self, read: impl FnOnce(&[Revision<i64>]) -> T) -> Result<T, Broken> {
        let feed = self.feed();
        self.database.read_log(|log| match feed {
            Feed::Cut => Err(Broken),
            Feed::Until(revision) => Ok(read(&log[..=usize::try_from(revision).unwrap()])),
            Feed::Without(lost) => {
                let mut log = log.to_vec();
                log.retain(|revision| revision.stamp.revision != lost);
                Ok(read(&log))
            }
            Feed::Open | Feed::Silent | Feed::SilentChanges => Ok(read(log)),
        })
    }

    /// Never returns while the feed hands over no changes.
    async fn changes_come(&self) {
        if matches!(self.feed(), Feed::Silent | Feed::SilentChanges) {
            std::future::pending().await
        }
    }
}

impl Origin for Link {
    type Ask = TestAsk;
    type Body = Rows;
    type Error = Broken;

    async fn load(
        &self,
        ask: &TestAsk,
        _: Beside<'_, Self>,
    ) -> Result<Loaded<TestAsk, Rows>, Broken> {
        self.database.load(ask).await
    }

    fn is_unreachable(_: &Broken) -> bool {
        true
    }
}

impl cache::Feed for Link {
    type Image = i64;
    type Error = Broken;

    async fn head(&self) -> Result<Option<Stamp>, Broken> {
        self.beats.send_modify(|beats| *beats += 1);
        if self.feed() == Feed::Silent {
            std::future::pending::<()>().await;
        }
        if self.unlisted.swap(false, Ordering::SeqCst) {
            return Ok(None);
        }
        self.read(|log| log.last().map(|revision| revision.stamp))
    }

    async fn revisions_from(
        &self,
        stamp: Stamp,
        limit: usize,
    ) -> Result<Vec<Revision<i64>>, Broken> {
        self.changes_come().await;
        self.read(|log| {
            let Some(at) = log.iter().position(|revision| revision.stamp == stamp) else {
                return Vec::new();
            };
            let mut room = limit;
            let later = log.iter().skip(at + 1);
            let fitting = later
                .take_while(|revision| take(&mut room, &revision.changes))
                .count();
            log[at..=at + fitting].to_vec()
        })
    }

    async fn last_revisions(&self, limit: usize) -> Result<Vec<Revision<i64>>, Broken> {
        self.changes_come().await;
        self.read(|log| {
            let mut room = limit;
            let backwards = log.iter().rev();
            let fitting = backwards
                .take_while(|revision| take(&mut room, &revision.changes))
                .count();
            log[log.len() - fitting.max(1)..].to_vec()
        })
    }
}

/// Whether these changes fit into the rest of the limit, which they use up.
fn take(room: &mut usize, changes: &[Change<i64>]) -> bool {
    let left = room.checked_sub(changes.len());
    *room = left.unwrap_or(0);
    left.is_some()
}
