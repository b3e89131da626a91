//! The node's copy of the end of the change log, its lease, and the rule of belief.

use std::{
    collections::VecDeque,
    sync::{
        PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use rustix::time::{ClockId, clock_gettime};
use tokio::sync::{Notify, watch};

use crate::{Change, Entry, Question, Revision, Stamp};

/// The changes that a node remembers; an entry older than these is a miss.
pub(crate) const REMEMBERED_CHANGES: usize = 100_000;

/// More changes than this in one revision count as "everything in this catalogue".
const DISTINCT_CHANGES: usize = 1_000;

/// Milliseconds on a clock that never steps and goes on while the machine is suspended.
type Clock = Box<dyn Fn() -> u64 + Send + Sync>;

/// Bits of a packed position that hold the revision; the rest hold the epoch.
const REVISION_BITS: u32 = 48;

/// The end of the change log, as far as this node has followed it.
pub struct Log<I> {
    recent: RwLock<Recent<I>>,
    /// The epoch and the last applied revision, packed, so that a hit reads one word.
    position: watch::Sender<Position>,
    packed: AtomicU64,
    /// The end of the lease on its clock.
    lease: AtomicU64,
    clock: Clock,
    wake: Notify,
}

struct Recent<I> {
    /// Consecutive revisions; the first one's changes are not looked at, only its tag.
    revisions: VecDeque<Revision<I>>,
    changes: usize,
}

/// How far a log was followed. The epoch grows whenever the log is forgotten, so that a revision
/// number from before is never compared with one from after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    epoch: u64,
    revision: u64,
}

/// The moment at which an asker arrived, as far as belief depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    position: Position,
    lease: bool,
}

/// Whether an entry may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing up to the arrival touches it.
    Believed,
    /// A change touches it, the log no longer holds its stamp, or there was no lease.
    Outdated,
    /// The node has not yet followed the log up to its stamp.
    Ahead,
}

impl<I> Default for Log<I> {
    fn default() -> Self {
        Self::with_clock(boot_millis)
    }
}

impl<I> Log<I> {
    /// A log whose lease is counted on the given clock, in milliseconds, rather than on
    /// `CLOCK_BOOTTIME`. For tests: time then passes only when they say so.
    pub fn with_clock(clock: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        let start = Position {
            epoch: 0,
            revision: 0,
        };
        Self {
            recent: RwLock::new(Recent {
                revisions: VecDeque::new(),
                changes: 0,
            }),
            position: watch::Sender::new(start),
            packed: AtomicU64::new(start.packed()),
            lease: AtomicU64::new(0),
            clock: Box::new(clock),
            wake: Notify::new(),
        }
    }

    /// Notes that an asker has arrived.
    pub fn arrival(&self) -> Arrival {
        // The lease is read first: if it is live, the position read after it is at least the one
        // that the lease was granted at.
        let lease = self.now() < self.lease.load(Ordering::Acquire);
        Arrival {
            position: Position::unpack(self.packed.load(Ordering::Acquire)),
            lease,
        }
    }

    /// The last revision that this node has applied.
    pub fn revision(&self) -> u64 {
        Position::unpack(self.packed.load(Ordering::Acquire)).revision
    }

    /// Whether the node holds a lease now.
    pub fn has_lease(&self) -> bool {
        self.arrival().lease
    }

    /// Asks the follower to look at the database now rather than at its next beat.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    pub(crate) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Waits until the node has applied a revision; false if that took longer than `patience`.
    pub async fn reach(&self, revision: u64, patience: Duration) -> bool {
        if self.revision() >= revision {
            return true;
        }
        self.wake();
        let mut position = self.position.subscribe();
        let reached = position.wait_for(|position| position.revision >= revision);
        tokio::time::timeout(patience, reached)
            .await
            .is_ok_and(|reached| reached.is_ok())
    }

    /// The stamp of the last applied revision, if there is one.
    pub(crate) fn head(&self) -> Option<Stamp> {
        self.read().revisions.back().map(|revision| revision.stamp)
    }

    /// Forgets everything and starts with these revisions.
    pub(crate) fn restart(&self, revisions: Vec<Revision<I>>) {
        let mut recent = self.write();
        let epoch = Position::unpack(self.packed.load(Ordering::Acquire)).epoch + 1;
        recent.revisions.clear();
        recent.changes = 0;
        recent.append(revisions);
        self.publish(&recent, epoch);
    }

    /// Applies the revisions that follow the last applied one.
    pub(crate) fn apply(&self, revisions: Vec<Revision<I>>) {
        let mut recent = self.write();
        let epoch = Position::unpack(self.packed.load(Ordering::Acquire)).epoch;
        recent.append(revisions);
        self.publish(&recent, epoch);
    }

    /// The present moment of the lease's clock.
    pub(crate) fn now(&self) -> u64 {
        (self.clock)()
    }

    /// Grants a lease of the given length from a moment of the lease's clock.
    pub(crate) fn grant(&self, from: u64, length: Duration) {
        let length = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
        self.lease
            .store(from.saturating_add(length), Ordering::Release);
    }

    fn publish(&self, recent: &Recent<I>, epoch: u64) {
        let revision = recent
            .revisions
            .back()
            .map_or(0, |revision| revision.stamp.revision);
        let position = Position { epoch, revision };
        self.packed.store(position.packed(), Ordering::Release);
        self.position.send_replace(position);
    }

    /// The rule of belief, for an asker that arrived at `arrival`.
    pub(crate) fn verdict<Q: Question<Image = I>, B>(
        &self,
        entry: &Entry<Q, B>,
        arrival: Arrival,
    ) -> Verdict {
        if !arrival.lease {
            return Verdict::Outdated;
        }
        let verified = Position::unpack(entry.verified.load(Ordering::Acquire));
        if verified.epoch == arrival.position.epoch
            && verified.revision >= arrival.position.revision
        {
            return Verdict::Believed;
        }
        let recent = self.read();
        let now = Position::unpack(self.packed.load(Ordering::Acquire));
        if entry.stamp.revision > now.revision {
            return Verdict::Ahead;
        }
        let Some(at) = recent.find(entry.stamp) else {
            return Verdict::Outdated;
        };
        let first = recent.first();
        // What was verified in this epoch need not be looked at again.
        let done = if verified.epoch == now.epoch {
            verified.revision
        } else {
            0
        };
        let from = usize::try_from(done.saturating_sub(first))
            .unwrap_or(usize::MAX)
            .max(at)
            + 1;
        // Looking a little further than the arrival costs nothing and spares the next asker.
        let touched = recent
            .revisions
            .iter()
            .skip(from)
            .flat_map(|revision| &revision.changes)
            .any(|change| change.touches(&entry.question, &entry.shows));
        if touched {
            return Verdict::Outdated;
        }
        entry.verified.store(now.packed(), Ordering::Release);
        Verdict::Believed
    }

    // A poisoned lock is taken all the same: every writer leaves the log whole, or clears it.
    fn read(&self) -> RwLockReadGuard<'_, Recent<I>> {
        self.recent.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Recent<I>> {
        self.recent.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<I> Recent<I> {
    fn first(&self) -> u64 {
        self.revisions
            .front()
            .map_or(0, |revision| revision.stamp.revision)
    }

    /// The place of a stamp, if the log holds that revision with that tag.
    fn find(&self, stamp: Stamp) -> Option<usize> {
        let at = usize::try_from(stamp.revision.checked_sub(self.first())?).ok()?;
        (self.revisions.get(at)?.stamp == stamp).then_some(at)
    }

    fn append(&mut self, revisions: Vec<Revision<I>>) {
        for mut revision in revisions {
            if revision.changes.len() > DISTINCT_CHANGES {
                revision.changes = collapse(&revision.changes);
            }
            self.changes += revision.changes.len();
            self.revisions.push_back(revision);
        }
        while self.changes > REMEMBERED_CHANGES && self.revisions.len() > 1 {
            if let Some(oldest) = self.revisions.pop_front() {
                self.changes -= oldest.changes.len();
            }
        }
    }
}

fn collapse<I>(changes: &[Change<I>]) -> Vec<Change<I>> {
    let mut catalogues: Vec<&'static str> = changes
        .iter()
        .map(|change| match change {
            Change::Row { catalogue, .. } | Change::Everything { catalogue } => *catalogue,
        })
        .collect();
    catalogues.sort_unstable();
    catalogues.dedup();
    catalogues
        .into_iter()
        .map(|catalogue| Change::Everything { catalogue })
        .collect()
}

impl Position {
    /// Before any revision of any epoch.
    pub(crate) const NONE: u64 = 0;

    fn packed(self) -> u64 {
        (self.epoch << REVISION_BITS) | (self.revision & ((1 << REVISION_BITS) - 1))
    }

    fn unpack(packed: u64) -> Self {
        Self {
            epoch: packed >> REVISION_BITS,
            revision: packed & ((1 << REVISION_BITS) - 1),
        }
    }
}

/// Milliseconds of `CLOCK_BOOTTIME`, which, unlike the clock behind `Instant`, goes on while the
/// machine is suspended: a lease must not survive a night in a closed laptop.
fn boot_millis() -> u64 {
    let now = clock_gettime(ClockId::Boottime);
    let millis = now
        .tv_sec
        .saturating_mul(1_000)
        .saturating_add(now.tv_nsec / 1_000_000);
    u64::try_from(millis).unwrap_or_default()
}
