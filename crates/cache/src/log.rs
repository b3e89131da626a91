//! The node's copy of the end of the change log, its lease, and the rule of validity.

mod recent;
mod validity;
mod watching;

use std::{
    future::pending,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use parking_lot::{Mutex, RwLock};
use rustix::time::{ClockId, clock_gettime};
use tokio::{
    sync::{Notify, watch},
    time::{Instant, sleep, sleep_until},
};

pub(crate) use self::recent::CHANGES_IN_MEMORY;
use self::recent::Recent;
pub(crate) use self::validity::Validity;
use crate::{Effects, Revision, Stamp, position::Position, times::unix_millis};

/// Milliseconds on some clock.
type Clock = Box<dyn Fn() -> u64 + Send + Sync>;

/// How often callers wake the follower at most.
const BETWEEN_CALLS: Duration = Duration::from_millis(20);

/// The end of the change log, as far as this node has followed it.
pub struct Log<I> {
    recent: RwLock<Recent<I>>,
    progress: watch::Sender<Progress>,
    /// The position in `progress`, packed, so that a hit reads one word.
    position: AtomicU64,
    /// How many beats have begun.
    beats: AtomicU64,
    /// When the lease ends, on `clock`.
    lease: AtomicU64,
    /// The lease's clock. It never steps, and continues while the machine is suspended.
    clock: Clock,
    /// Counts from 1970: for ages, which must make sense to other nodes' clocks too.
    wall: Clock,
    wake: Notify,
    /// From when on a caller may wake the follower again.
    next_call: Mutex<Option<Instant>>,
    effects: Effects,
}

/// How far the follower has come.
#[derive(Debug, Clone, Copy)]
struct Progress {
    position: Position,
    /// The last beat that succeeded.
    beat: u64,
}

/// One check of the database by the follower.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beat {
    number: u64,
    /// When it began, on the lease's clock.
    began: u64,
}

/// A caller's arrival, as far as validity depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    position: Position,
    lease: bool,
}

impl Arrival {
    /// Whether the node held a lease, without which no cached answer is valid.
    pub(crate) fn has_lease(self) -> bool {
        self.lease
    }
}

impl<I> Default for Log<I> {
    fn default() -> Self {
        Self::with_clocks(boot_millis, unix_millis)
    }
}

impl<I> Log<I> {
    /// A log whose lease is counted on the first clock, in milliseconds, rather than on
    /// `CLOCK_BOOTTIME`, and ages on the second, in milliseconds since 1970, rather than on the
    /// machine's. For tests that control time.
    pub fn with_clocks(
        clock: impl Fn() -> u64 + Send + Sync + 'static,
        wall: impl Fn() -> u64 + Send + Sync + 'static,
    ) -> Self {
        let start = Position {
            epoch: 0,
            revision: 0,
        };
        Self {
            recent: RwLock::default(),
            progress: watch::Sender::new(Progress {
                position: start,
                beat: 0,
            }),
            position: AtomicU64::new(start.packed()),
            beats: AtomicU64::new(0),
            lease: AtomicU64::new(0),
            clock: Box::new(clock),
            wall: Box::new(wall),
            wake: Notify::new(),
            next_call: Mutex::default(),
            effects: Effects::default(),
        }
    }

    /// Notes that a caller has arrived.
    pub fn arrival(&self) -> Arrival {
        // The lease is read first: if it is live, the position read after it is at least the one
        // that the lease was granted at.
        let lease = self.now() < self.lease.load(Ordering::Acquire);
        Arrival {
            position: self.position(),
            lease,
        }
    }

    /// The last revision that this node has applied.
    pub fn revision(&self) -> u64 {
        self.position().revision
    }

    /// Whether the node holds a lease now.
    pub fn has_lease(&self) -> bool {
        self.arrival().lease
    }

    /// What the edits in the log do to cached answers.
    pub fn effects(&self) -> &Effects {
        &self.effects
    }

    /// Makes the follower check the database now rather than at its next beat.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    pub(crate) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Waits until the node has applied a revision. False if that took longer than `patience`, or
    /// if the database, queried again, has no such revision: it was issued in another history,
    /// which a restored backup has ended.
    pub async fn reach(&self, revision: u64, patience: Duration) -> bool {
        if self.revision() >= revision {
            return true;
        }
        // A beat that is under way may have read the head before the revision was committed.
        let begun = self.beats.load(Ordering::Acquire);
        let mut progress = self.progress.subscribe();
        let decided = progress
            .wait_for(|progress| progress.position.revision >= revision || progress.beat > begun);
        let called = async {
            self.call().await;
            pending().await
        };
        tokio::select! {
            decided = decided => {
                decided.is_ok_and(|progress| progress.position.revision >= revision)
            }
            () = called => false,
            () = sleep(patience) => false,
        }
    }

    /// Wakes the follower for a caller, who may have invented the revision: not more often than once in
    /// a while, however many there are. A beat answers all who came before it.
    async fn call(&self) {
        loop {
            let next = {
                let now = Instant::now();
                let mut next = self.next_call.lock();
                if next.is_none_or(|next| next <= now) {
                    *next = Some(now + BETWEEN_CALLS);
                    self.wake();
                    return;
                }
                next.unwrap_or(now)
            };
            sleep_until(next).await;
        }
    }

    /// The stamp of the last applied revision, if there is one.
    pub(crate) fn head(&self) -> Option<Stamp> {
        self.recent.read().head()
    }

    /// Drops everything and starts with these revisions.
    pub(crate) fn restart(&self, revisions: Vec<Revision<I>>) {
        let mut recent = self.recent.write();
        recent.clear();
        recent.append(revisions);
        self.publish(&recent, self.position().epoch + 1);
    }

    /// Applies the revisions that follow the last applied one.
    pub(crate) fn apply(&self, revisions: Vec<Revision<I>>) {
        self.effects.followed(&revisions);
        let mut recent = self.recent.write();
        recent.append(revisions);
        self.publish(&recent, self.position().epoch);
    }

    /// The current time on the lease's clock, in milliseconds.
    pub(crate) fn now(&self) -> u64 {
        (self.clock)()
    }

    /// The current time in milliseconds since 1970, by which answers age.
    pub(crate) fn wall(&self) -> u64 {
        (self.wall)()
    }

    /// A log whose answers age by the given clock, in milliseconds since 1970; its lease is
    /// counted as usual. For tests of a whole server.
    pub fn with_wall_clock(wall: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self::with_clocks(boot_millis, wall)
    }

    /// Notes that the follower is about to read the database's head.
    pub(crate) fn begin_beat(&self) -> Beat {
        Beat {
            number: self.beats.fetch_add(1, Ordering::AcqRel) + 1,
            began: self.now(),
        }
    }

    /// Notes that every change up to the head that a beat found is applied: that earns a lease,
    /// counted from the beginning of the beat.
    pub(crate) fn end_beat(&self, beat: Beat, lease: Duration) {
        let lease = u64::try_from(lease.as_millis()).unwrap_or(u64::MAX);
        self.lease
            .store(beat.began.saturating_add(lease), Ordering::Release);
        self.progress
            .send_modify(|progress| progress.beat = beat.number);
    }

    /// Ends the lease now.
    pub(crate) fn end_lease(&self) {
        self.lease.store(0, Ordering::Release);
    }

    fn publish(&self, recent: &Recent<I>, epoch: u64) {
        let revision = recent.head().map_or(0, |stamp| stamp.revision);
        let position = Position { epoch, revision };
        self.position.store(position.packed(), Ordering::Release);
        self.progress
            .send_modify(|progress| progress.position = position);
    }

    /// Counts how often this node has dropped the log and started over. Stamps from before and
    /// after that may belong to two histories, and cannot be compared.
    pub fn epoch(&self) -> u64 {
        self.position().epoch
    }
}

/// Milliseconds of `CLOCK_BOOTTIME`, which, unlike the clock behind `Instant`, continues while the
/// machine is suspended: a lease must not survive a night in a closed laptop.
fn boot_millis() -> u64 {
    let now = clock_gettime(ClockId::Boottime);
    let millis = now
        .tv_sec
        .saturating_mul(1_000)
        .saturating_add(now.tv_nsec / 1_000_000);
    u64::try_from(millis).unwrap_or_default()
}
