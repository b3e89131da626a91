//! What a flight does: ask the shared tier, then, one node at a time, the origin.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ask::Ask;
use bytes::Bytes;
use tokio::time::{sleep, timeout};
use tracing::debug;

use super::{Cached, Tiers, outage::is_unreachable};
use crate::{
    Arrival, Beside, Entry, Failure, Loaded, Origin, SharedStep,
    log::Verdict,
    shared::{LoadLease, Shared, Unavailable},
};

/// How long one node keeps the others from loading the same answer: a holder that died costs
/// them this.
const LOAD_LEASE: Duration = Duration::from_secs(2);

/// How often a node looks whether the holder has finished, at first and at least.
const FIRST_LOOK: Duration = Duration::from_millis(1);
const LONGEST_LOOK: Duration = Duration::from_millis(10);

/// How long a load may take, with its wait for a place among the loads.
const LOAD_TIMEOUT: Duration = Duration::from_secs(10);

/// What a flight brings.
pub(super) struct LoadOutcome<O: Origin> {
    pub(super) entry: Cached<O>,
    pub(super) shared: Option<SharedStep>,
    pub(super) load: Option<Duration>,
}

impl<O: Origin> Clone for LoadOutcome<O> {
    fn clone(&self) -> Self {
        Self {
            entry: Arc::clone(&self.entry),
            ..*self
        }
    }
}

/// The lease of one key among all nodes.
struct Holder {
    owner: String,
}

/// Where a loaded answer is put, for the fleet.
struct Place<'a> {
    shared: &'a dyn Shared,
    /// Given back with the answer, or without one.
    lease: Option<Holder>,
}

impl Place<'_> {
    /// Gives the lease back, as there is nothing to put here.
    async fn leave(self, key: &str) {
        if let Some(lease) = self.lease
            && let Err(unavailable) = self.shared.release_load_lease(key, &lease.owner).await
        {
            debug!(key, %unavailable, "cannot release a load lease; it will expire");
        }
    }
}

/// What came of asking the shared tier.
enum FromShared<O: Origin> {
    /// It had the answer, or got it from another node.
    Cached(Cached<O>, SharedStep),
    /// This node has to load; with the fleet's lease, if it could be had.
    MustLoad(SharedStep, Option<Holder>),
}

impl<O: Origin> Tiers<O> {
    /// Asks the shared tier, then the origin; remembers the answer. A refresh is content with
    /// nothing that is due itself.
    pub(super) async fn run_load(
        self: Arc<Self>,
        ask: O::Ask,
        refresh: bool,
    ) -> Result<LoadOutcome<O>, Failure<O::Error>> {
        // Not the arrival of the asker that began the flight: those who arrived since then, and
        // before the flight began, will take its answer unseen.
        let arrival = self.log.arrival();
        // Another flight may have landed between the asker's look at memory and this take-off.
        // (One that is ahead of the node has been waited for already.)
        if !refresh
            && let Some(entry) = self.in_memory(&ask)
            && !self.is_expired(&entry)
            && self.log.verdict(&entry, arrival) == Verdict::Valid
        {
            return Ok(LoadOutcome {
                entry,
                shared: None,
                load: None,
            });
        }
        let Some(shared) = self.shared.clone() else {
            return self.load(ask, None, refresh).await;
        };
        // Without a lease of its own, the node would believe nothing that it is given.
        let asked = if arrival.has_lease() {
            self.ask_shared(&*shared, &ask, arrival, refresh).await
        } else {
            FromShared::MustLoad(SharedStep::Skipped(false), None)
        };
        match asked {
            FromShared::Cached(entry, step) => {
                self.store(&entry);
                Ok(LoadOutcome {
                    entry,
                    shared: Some(step),
                    load: None,
                })
            }
            FromShared::MustLoad(step, lease) => {
                let place = Place {
                    shared: &*shared,
                    lease,
                };
                self.load(ask, Some((place, step)), refresh).await
            }
        }
    }

    async fn ask_shared(
        &self,
        shared: &dyn Shared,
        ask: &O::Ask,
        arrival: Arrival,
        refresh: bool,
    ) -> FromShared<O> {
        let key = &*ask.key();
        let asked = async {
            let mut step = match shared.get(key).await? {
                None => SharedStep::Miss(false),
                Some(bytes) => match self.judge(ask, &bytes, arrival, refresh).await {
                    Judged::Valid(entry) => {
                        return Ok(FromShared::Cached(entry, SharedStep::Hit));
                    }
                    Judged::Outdated => SharedStep::Outdated(false),
                    Judged::Unreadable => SharedStep::Miss(false),
                },
            };
            let owner = format!("{:016x}", rand::random::<u64>());
            let LoadLease { taken, mut found } =
                shared.take_load_lease(key, &owner, LOAD_LEASE).await?;
            let lease = taken.then_some(Holder { owner });
            if lease.is_none() {
                self.counters.fleet_waits.increment(1);
                wait_for_holder(shared, key).await?;
                found = shared.get(key).await?;
            }
            // Another node may have stored it before it gave the lease back.
            if let Some(bytes) = found {
                match self.judge(ask, &bytes, arrival, refresh).await {
                    Judged::Valid(entry) => {
                        if let Some(lease) = &lease {
                            shared.release_load_lease(key, &lease.owner).await?;
                        }
                        return Ok(FromShared::Cached(entry, SharedStep::Collapsed));
                    }
                    Judged::Outdated => step = SharedStep::Outdated(false),
                    Judged::Unreadable => {}
                }
            }
            // Whoever waited for a holder in vain loads at once, with all the others who did:
            // taking the lease in turn would make the last one wait for every failure.
            Ok::<_, Unavailable>(FromShared::MustLoad(step, lease))
        };
        asked.await.unwrap_or_else(|unavailable| {
            self.counters.shared_failures.increment(1);
            debug!(key, %unavailable, "a miss, because the shared tier does not answer");
            FromShared::MustLoad(SharedStep::Unavailable, None)
        })
    }

    async fn judge(
        &self,
        ask: &O::Ask,
        bytes: &Bytes,
        arrival: Arrival,
        refresh: bool,
    ) -> Judged<O> {
        let Some(entry) = Entry::decode(ask, bytes, self.settings.revalidate).map(Arc::new) else {
            return Judged::Unreadable;
        };
        let fresh = !(refresh && self.is_due(&entry));
        if fresh && self.is_valid(&entry, arrival).await {
            Judged::Valid(entry)
        } else {
            Judged::Outdated
        }
    }

    async fn load(
        &self,
        ask: O::Ask,
        shared: Option<(Place<'_>, SharedStep)>,
        refresh: bool,
    ) -> Result<LoadOutcome<O>, Failure<O::Error>> {
        let started = Instant::now();
        let loaded = match self.load_from_origin(&ask, refresh).await {
            Ok(loaded) => loaded,
            Err(failure) => {
                if let Some((place, _)) = shared {
                    place.leave(&ask.key()).await;
                }
                return Err(failure);
            }
        };
        let load = started.elapsed();
        let entry = self.entry(ask, loaded, load);
        self.store(&entry);
        let shared = match shared {
            None => None,
            Some((_, SharedStep::Unavailable)) => Some(SharedStep::Unavailable),
            Some((place, step)) => Some(step.stored(self.share(place, &entry).await)),
        };
        Ok(LoadOutcome {
            entry,
            shared,
            load: Some(load),
        })
    }

    /// Loads, when there is a place among the loads, and notes whether the origin was reached.
    pub(super) async fn load_from_origin(
        &self,
        ask: &O::Ask,
        refresh: bool,
    ) -> Result<Loaded<O::Ask, O::Body>, Failure<O::Error>> {
        let loading = async {
            // The semaphore is never closed; if it were, a load more would do no harm.
            let _place = self.loads.acquire().await;
            self.counters.loads.increment(1);
            self.origin.load(ask, Beside::new(self, refresh)).await
        };
        let loaded = match timeout(LOAD_TIMEOUT, loading).await {
            Ok(loaded) => loaded.map_err(|error| Failure::Origin(Arc::new(error))),
            Err(_) => Err(Failure::Late),
        };
        match &loaded {
            Ok(_) => self.outage.reached(),
            Err(failure) if is_unreachable::<O>(failure) => self.outage.begin(),
            Err(_) => {}
        }
        loaded
    }

    async fn share(&self, place: Place<'_>, entry: &Cached<O>) -> bool {
        let key = &*entry.ask.key();
        let Some(bytes) = entry.encode() else {
            place.leave(key).await;
            return false;
        };
        let lifetime = entry.times.shared;
        // The lease goes when the answer is there: who waits for it looks then.
        let owner = place.lease.as_ref().map(|lease| &*lease.owner);
        match place.shared.set(key, bytes, lifetime, owner).await {
            Ok(()) => true,
            Err(unavailable) => {
                self.counters.shared_failures.increment(1);
                debug!(key, %unavailable, "cannot store an answer in the shared tier");
                false
            }
        }
    }
}

/// What the shared tier's bytes are worth.
enum Judged<O: Origin> {
    Valid(Cached<O>),
    Outdated,
    Unreadable,
}

/// Waits until nobody holds the lease of a key, for as long as one may be held.
async fn wait_for_holder(shared: &dyn Shared, key: &str) -> Result<(), Unavailable> {
    let deadline = tokio::time::Instant::now() + LOAD_LEASE;
    let mut look = FIRST_LOOK;
    while tokio::time::Instant::now() < deadline {
        sleep(look).await;
        if !shared.has_load_lease(key).await? {
            break;
        }
        look = (look * 2).min(LONGEST_LOOK);
    }
    Ok(())
}
