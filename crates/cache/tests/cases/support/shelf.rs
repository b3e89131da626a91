//! A shared tier that misbehaves when it is told to.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use cache::{
    Question,
    shared::{Calling, Shared, Unavailable},
};

use super::{
    Ask, Gate,
    gate::{Stop, gate},
};

/// A map from keys to bytes.
#[derive(Default)]
pub(crate) struct Shelf {
    entries: Mutex<BTreeMap<String, Bytes>>,
    stops: Mutex<VecDeque<Stop>>,
    away: AtomicBool,
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

    /// What is kept under the question's key.
    pub(crate) fn bytes(&self, ask: &Ask) -> Option<Bytes> {
        self.entries().get(ask.key()).cloned()
    }

    pub(crate) fn put(&self, ask: &Ask, bytes: Bytes) {
        self.entries().insert(ask.key().to_owned(), bytes);
    }

    /// Forgets the entries for which `goes` holds.
    pub(crate) fn evict(&self, mut goes: impl FnMut(&str) -> bool) {
        self.entries().retain(|key, _| !goes(key));
    }

    /// Calls fail from now on, or no longer.
    pub(crate) fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
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

    fn answers(&self) -> Result<(), Unavailable> {
        if self.away.load(Ordering::SeqCst) {
            Err(Unavailable("away".to_owned()))
        } else {
            Ok(())
        }
    }
}

impl Shared for Shelf {
    fn get<'a>(&'a self, key: &'a str) -> Calling<'a, Option<Bytes>> {
        Box::pin(async move {
            self.answers()?;
            let bytes = self.entries().get(key).cloned();
            let stop = self.stops.lock().unwrap().pop_front();
            if let Some(stop) = stop {
                stop.pass().await;
            }
            Ok(bytes)
        })
    }

    fn set<'a>(&'a self, key: &'a str, value: Bytes, _lifetime: Duration) -> Calling<'a, ()> {
        Box::pin(async move {
            self.answers()?;
            self.entries().insert(key.to_owned(), value);
            Ok(())
        })
    }
}
