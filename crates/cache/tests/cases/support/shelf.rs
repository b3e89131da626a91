//! A shared tier that misbehaves on request.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use ask::Ask as _;
use async_trait::async_trait;
use bytes::Bytes;
use cache::shared::{LoadLease, Result, Shared, Unavailable};

use tokio::time::Instant;

use super::{
    Gate, TestAsk,
    gate::{Stop, gate},
};

/// A map from keys to bytes.
#[derive(Default)]
pub(crate) struct Shelf {
    entries: Mutex<BTreeMap<String, Bytes>>,
    leases: Mutex<BTreeMap<String, (String, Instant)>>,
    stops: Mutex<VecDeque<Stop>>,
    away: AtomicBool,
    /// How many calls were made, and which of them fails.
    calls: AtomicUsize,
    failing: AtomicUsize,
}

impl Shelf {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    pub(crate) fn snapshot(&self) -> BTreeMap<String, Bytes> {
        self.entries().clone()
    }

    pub(crate) fn restore(&self, snapshot: &BTreeMap<String, Bytes>) {
        *self.entries() = snapshot.clone();
    }

    /// The bytes stored under the ask's key.
    pub(crate) fn bytes(&self, ask: &TestAsk) -> Option<Bytes> {
        self.entries().get(&*ask.key()).cloned()
    }

    pub(crate) fn put(&self, ask: &TestAsk, bytes: Bytes) {
        self.entries().insert(ask.key().into_owned(), bytes);
    }

    /// Drops the entries for which `goes` holds.
    pub(crate) fn evict(&self, mut goes: impl FnMut(&str) -> bool) {
        self.entries().retain(|key, _| !goes(key));
    }

    /// Calls fail from now on, or no longer.
    pub(crate) fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// How many calls have been made.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// The call after the next `calls` calls fails.
    pub(crate) fn fail_call(&self, calls: usize) {
        self.failing
            .store(self.calls() + calls + 1, Ordering::SeqCst);
    }

    /// The next read stops after it has the bytes.
    pub(crate) fn stop_next_read(&self) -> Gate {
        let (gate, stop) = gate();
        self.stops.lock().unwrap().push_back(stop);
        gate
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<String, Bytes>> {
        self.entries.lock().unwrap()
    }

    /// The load leases that have not expired.
    fn leases(&self) -> MutexGuard<'_, BTreeMap<String, (String, Instant)>> {
        let mut leases = self.leases.lock().unwrap();
        leases.retain(|_, (_, end)| Instant::now() < *end);
        leases
    }

    async fn read(&self, key: &str) -> Option<Bytes> {
        let bytes = self.entries().get(key).cloned();
        let stop = self.stops.lock().unwrap().pop_front();
        if let Some(stop) = stop {
            stop.pass().await;
        }
        bytes
    }

    fn give_back(&self, key: &str, owner: &str) {
        let mut leases = self.leases();
        if leases.get(key).is_some_and(|(holder, _)| holder == owner) {
            leases.remove(key);
        }
    }

    fn answers(&self) -> Result<()> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        if self.away.load(Ordering::SeqCst) || call == self.failing.load(Ordering::SeqCst) {
            Err(Unavailable("away".to_owned()))
        } else {
            Ok(())
        }
    }
}

#[async_trait]
impl Shared for Shelf {
    async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        self.answers()?;
        Ok(self.read(key).await)
    }

    async fn set(
        &self,
        key: &str,
        value: Bytes,
        _lifetime: Duration,
        owner: Option<&str>,
    ) -> Result<()> {
        self.answers()?;
        self.entries().insert(key.to_owned(), value);
        if let Some(owner) = owner {
            self.give_back(key, owner);
        }
        Ok(())
    }

    async fn take_load_lease(&self, key: &str, owner: &str, length: Duration) -> Result<LoadLease> {
        self.answers()?;
        let taken = !self.leases().contains_key(key);
        if taken {
            let lease = (owner.to_owned(), Instant::now() + length);
            self.leases().insert(key.to_owned(), lease);
        }
        let found = self.read(key).await;
        Ok(LoadLease { taken, found })
    }

    async fn has_load_lease(&self, key: &str) -> Result<bool> {
        self.answers()?;
        Ok(self.leases().contains_key(key))
    }

    async fn release_load_lease(&self, key: &str, owner: &str) -> Result<()> {
        self.answers()?;
        self.give_back(key, owner);
        Ok(())
    }

    async fn time_left(&self, _key: &str) -> Result<Option<Duration>> {
        self.answers()?;
        Ok(None)
    }

    async fn remove(&self, key: &str) -> Result<()> {
        self.answers()?;
        self.evict(|held| held == key);
        Ok(())
    }
}
