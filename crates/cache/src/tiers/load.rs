//! What a flight does: query the shared tier, then, one node at a time, the origin.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ask::Ask;
use bytes::Bytes;
use tokio::time::{sleep, timeout_at};
use tracing::{Instrument, debug};

use super::{Cached, Tiers};
use crate::{
    Arrival, Beside, Entry, Failure, Loaded, Origin, Reason, SharedStep, Tier, Verdict,
    journal::{Note, load_span},
    metric::Kind,
    shared::{LoadLease, Shared, Unavailable},
};

/// How long one node prevents the others from loading the same answer: a holder that died costs
/// them this much time.
const LOAD_LEASE: Duration = Duration::from_secs(2);

/// The first and the longest wait between two checks whether the holder has finished.
const FIRST_LOOK: Duration = Duration::from_millis(1);
const LONGEST_LOOK: Duration = Duration::from_millis(10);

/// What a flight returns.
pub(super) struct LoadOutcome<O: Origin> {
    pub(super) entry: Cached<O>,
    pub(super) shared: Option<SharedStep>,
    /// How long the shared tier took.
    pub(super) shared_took: Option<Duration>,
    pub(super) load: Option<Duration>,
}

impl<O: Origin> Clone for LoadOutcome<O> {
    fn clone(&self) -> Self {
        Self {
            entry: Arc::clone(&self.entry),
            shared: self.shared.clone(),
            ..*self
        }
    }
}

/// The load lease of one key, held by this node.
struct Holder {
    owner: String,
}

/// Where a loaded answer is stored, for the fleet.
struct Place<'a> {
    shared: &'a dyn Shared,
    /// Released with the answer, or without one.
    load_lease: Option<Holder>,
}

impl Place<'_> {
    /// Releases the load lease, because there is nothing to store here.
    async fn leave(self, key: &str) {
        if let Some(load_lease) = self.load_lease
            && let Err(unavailable) = self.shared.release_load_lease(key, &load_lease.owner).await
        {
            debug!(key, %unavailable, "cannot release a load lease; it will expire");
        }
    }
}

/// The result of querying the shared tier.
enum FromShared<O: Origin> {
    /// It had the answer, or got it from another node.
    Cached(Cached<O>, SharedStep),
    /// It did not have it, for this reason. This node must load; with the load lease, if it could
    /// be taken.
    MustLoad(Reason, Option<Holder>),
}

impl<O: Origin> Tiers<O> {
    /// Queries the shared tier, then the origin; caches the answer. A refresh accepts no answer
    /// that is itself due.
    pub(super) async fn run_load(
        self: Arc<Self>,
        ask: O::Ask,
        refresh: bool,
    ) -> Result<LoadOutcome<O>, Failure<O::Error>> {
        // Not the arrival of the caller that started the flight: callers that arrived after that,
        // and before the flight began, will take its answer unchecked.
        let arrival = self.log.arrival();
        // Another flight may have finished between the caller's look at memory and this start.
        // (An entry that is ahead of the node has been waited for already.)
        if !refresh
            && let Some(entry) = self.in_memory(&ask)
            && self.validity_now(&entry, arrival).is_ok()
        {
            return Ok(LoadOutcome {
                entry,
                shared: None,
                shared_took: None,
                load: None,
            });
        }
        let Some(shared) = self.shared.clone() else {
            return self.load(ask, None, refresh).await;
        };
        let started = Instant::now();
        // Without the node's lease, nothing in the shared tier would be valid.
        let from_shared = if arrival.has_lease() {
            self.query_shared(&*shared, &ask, arrival, refresh).await
        } else {
            FromShared::MustLoad(Reason::NoLease, None)
        };
        let took = Some(started.elapsed());
        let outcome = match from_shared {
            FromShared::Cached(entry, step) => {
                let hit = Note::new(Tier::Shared, Verdict::Hit, took);
                self.journal.note(&ask, &hit);
                self.store(&entry);
                LoadOutcome {
                    entry,
                    shared: Some(step),
                    shared_took: None,
                    load: None,
                }
            }
            FromShared::MustLoad(reason, load_lease) => {
                let note = Note::without(Tier::Shared, &reason, took);
                self.journal.note(&ask, &note);
                let place = Place {
                    shared: &*shared,
                    load_lease,
                };
                self.load(ask, Some((place, reason)), refresh).await?
            }
        };
        Ok(LoadOutcome {
            shared_took: took,
            ..outcome
        })
    }

    /// Takes the answer from the shared tier into memory, if it is there and valid, and never loads
    /// it: for a node that has just started. Returns whether memory has it now.
    ///
    /// # Errors
    /// If the shared tier does not respond.
    pub async fn fill(&self, ask: &O::Ask) -> Result<bool, Unavailable> {
        let arrival = self.log.arrival();
        let is_there = |entry: Cached<O>| self.validity_now(&entry, arrival).is_ok();
        if self.in_memory(ask).is_some_and(is_there) {
            return Ok(true);
        }
        let Some(shared) = &self.shared else {
            return Ok(false);
        };
        let Some(bytes) = shared.get(&ask.key()).await? else {
            return Ok(false);
        };
        let judged = self.judge(ask, &bytes, arrival, false).await;
        if let Ok(entry) = &judged {
            self.store(entry);
        }
        Ok(judged.is_ok())
    }

    async fn query_shared(
        &self,
        shared: &dyn Shared,
        ask: &O::Ask,
        arrival: Arrival,
        refresh: bool,
    ) -> FromShared<O> {
        let key = &*ask.key();
        let querying = async {
            let mut reason = match shared.get(key).await? {
                None => self.fates.in_shared(key, self.log.wall()),
                Some(bytes) => match self.judge(ask, &bytes, arrival, refresh).await {
                    Ok(entry) => return Ok(FromShared::Cached(entry, SharedStep::Hit)),
                    Err(reason) => reason,
                },
            };
            let owner = format!("{:016x}", rand::random::<u64>());
            let LoadLease { taken, mut found } =
                shared.take_load_lease(key, &owner, LOAD_LEASE).await?;
            let load_lease = taken.then_some(Holder { owner });
            if load_lease.is_none() {
                self.counters.fleet_waits.increment(1);
                wait_for_holder(shared, key).await?;
                found = shared.get(key).await?;
            }
            // Another node may have stored it before it released its load lease.
            if let Some(bytes) = found {
                match self.judge(ask, &bytes, arrival, refresh).await {
                    Ok(entry) => {
                        if let Some(load_lease) = &load_lease {
                            shared.release_load_lease(key, &load_lease.owner).await?;
                        }
                        return Ok(FromShared::Cached(entry, SharedStep::Collapsed(reason)));
                    }
                    Err(later) => reason = later,
                }
            }
            // Nodes that waited for a holder in vain all load immediately: taking the load lease
            // in turn would make the last one wait for every failure.
            Ok::<_, Unavailable>(FromShared::MustLoad(reason, load_lease))
        };
        querying.await.unwrap_or_else(|unavailable| {
            self.counters.shared_failures.increment(1);
            debug!(key, %unavailable, "a miss, because the shared tier does not answer");
            FromShared::MustLoad(Reason::SharedAway, None)
        })
    }

    /// The answer in the shared tier's bytes, if it is valid; otherwise, why it is not.
    async fn judge(
        &self,
        ask: &O::Ask,
        bytes: &Bytes,
        arrival: Arrival,
        refresh: bool,
    ) -> Result<Cached<O>, Reason> {
        let entry = Entry::decode(ask, bytes, self.settings.revalidate).map(Arc::new)?;
        if refresh && self.is_due(&entry) {
            return Err(Reason::Expired);
        }
        self.validity(&entry, arrival).await?;
        Ok(entry)
    }

    async fn load(
        &self,
        ask: O::Ask,
        shared: Option<(Place<'_>, Reason)>,
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
        self.note_reload(&entry);
        self.store(&entry);
        let shared = match shared {
            None => None,
            Some((place, reason)) => {
                let stored = reason != Reason::SharedAway && self.share(place, &entry).await;
                Some(SharedStep::Miss { reason, stored })
            }
        };
        Ok(LoadOutcome {
            entry,
            shared,
            shared_took: None,
            load: Some(load),
        })
    }

    /// Loads, once there is a place among the loads, and notes whether the origin was reached.
    pub(super) async fn load_from_origin(
        &self,
        ask: &O::Ask,
        refresh: bool,
    ) -> Result<Loaded<O::Ask, O::Body>, Failure<O::Error>> {
        let started = Instant::now();
        let deadline = tokio::time::Instant::now() + self.settings.load_timeout;
        let span = load_span(ask);
        let loading = async {
            // The semaphore is never closed; if it were, one more load would do no harm.
            let Ok(_place) = timeout_at(deadline, self.loads.acquire()).await else {
                return Err(self.refuse());
            };
            self.counters.loads.increment(1);
            let load = self.origin.load(ask, Beside::new(self, refresh));
            match timeout_at(deadline, load).await {
                Ok(loaded) => loaded.map_err(|error| Failure::Origin(Arc::new(error))),
                Err(_) => Err(Failure::Late),
            }
        };
        let loaded = loading.instrument(span.clone()).await;
        match &loaded {
            Ok(loaded) => {
                span.record("cache.queries", loaded.queries);
                Kind::of(ask.catalogue(), ask.kind()).loaded(started.elapsed());
                self.outage.reached();
            }
            Err(failure) => {
                span.record("error", tracing::field::display(failure));
                if self.is_unreachable(failure) {
                    self.outage.begin();
                }
            }
        }
        span.record("over", true);
        loaded
    }

    async fn share(&self, place: Place<'_>, entry: &Cached<O>) -> bool {
        let key = &*entry.ask.key();
        let Some(bytes) = entry.encode() else {
            place.leave(key).await;
            return false;
        };
        let lifetime = entry.times.shared;
        // The load lease is released once the answer is stored: nodes that wait for it look then.
        let owner = place
            .load_lease
            .as_ref()
            .map(|load_lease| &*load_lease.owner);
        let started = Instant::now();
        match place.shared.set(key, bytes, lifetime, owner).await {
            Ok(()) => {
                let millis = u64::try_from(lifetime.as_millis()).unwrap_or(u64::MAX);
                let until = self.log.wall().saturating_add(millis);
                self.fates.shared(key, until);
                let took = Some(started.elapsed());
                let stored = Note::new(Tier::Shared, Verdict::Stored, took);
                self.journal.note(&entry.ask, &stored);
                true
            }
            Err(unavailable) => {
                self.counters.shared_failures.increment(1);
                debug!(key, %unavailable, "cannot store an answer in the shared tier");
                false
            }
        }
    }
}

/// Waits until the load lease of a key is free, at most for as long as one may be held.
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
