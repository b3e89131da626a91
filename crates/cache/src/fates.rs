//! What became of answers that a tier no longer has: without this, one that was evicted looks like
//! one that never was.

use quick_cache::{Lifecycle, sync::Cache};
use xxhash_rust::xxh3::xxh3_64;

use crate::Reason;

/// For how many keys this is noted; of others, a miss counts as cold.
const KEYS: usize = 1 << 16;

/// What this node knows of keys that its tiers held.
pub(crate) struct Fates(Cache<u64, Fate>);

#[derive(Clone, Copy, Default)]
struct Fate {
    /// Whether the memory tier had no room for it.
    evicted: bool,
    /// Until when the shared tier was to hold what this node stored there, in milliseconds since
    /// 1970; 0 if it stored nothing.
    shared_until: u64,
}

impl Default for Fates {
    fn default() -> Self {
        Self(Cache::new(KEYS))
    }
}

impl Fates {
    /// Notes that the memory tier has an answer.
    pub(crate) fn stored(&self, key: &str) {
        self.change(key, |fate| fate.evicted = false);
    }

    /// Notes that the memory tier had no room for an answer.
    pub(crate) fn evicted(&self, key: &str) {
        self.change(key, |fate| fate.evicted = true);
    }

    /// Notes that the shared tier is to hold an answer until a time, in milliseconds since 1970.
    pub(crate) fn shared(&self, key: &str, until: u64) {
        self.change(key, |fate| fate.shared_until = until);
    }

    /// Why the memory tier does not have an answer.
    pub(crate) fn in_memory(&self, key: &str) -> Reason {
        let fate = self.0.get(&hash(key)).unwrap_or_default();
        if fate.evicted {
            Reason::Evicted
        } else {
            Reason::Cold
        }
    }

    /// Why the shared tier does not have an answer at this time.
    pub(crate) fn in_shared(&self, key: &str, now: u64) -> Reason {
        match self.0.get(&hash(key)).unwrap_or_default().shared_until {
            0 => Reason::Cold,
            until if until <= now => Reason::Expired,
            _ => Reason::Evicted,
        }
    }

    fn change(&self, key: &str, change: impl FnOnce(&mut Fate)) {
        let hash = hash(key);
        let mut fate = self.0.get(&hash).unwrap_or_default();
        change(&mut fate);
        self.0.insert(hash, fate);
    }
}

fn hash(key: &str) -> u64 {
    xxh3_64(key.as_bytes())
}

/// Collects what the memory tier drops at an insertion: what it has no room for, and also the entry
/// that is replaced.
#[derive(Clone)]
pub(crate) struct Dropped;

impl<V> Lifecycle<String, V> for Dropped {
    type RequestState = Vec<String>;

    fn on_evict(&self, dropped: &mut Vec<String>, key: String, _: V) {
        dropped.push(key);
    }
}
