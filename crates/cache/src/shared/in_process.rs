//! The shared tier of a single node that has no Redis.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use quick_cache::{Weighter, sync::Cache};

use super::{LoadLease, Result, Shared};

/// Caches encoded entries in this process, up to a limit in bytes.
///
/// It takes Redis' place behind the same trait, so that the embedded default runs the same code.
/// It ends with the process, so it ignores lifetimes and relies on the limit.
pub struct InProcess {
    entries: Cache<Box<str>, Bytes, Weight>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Box<str>, Bytes> for Weight {
    fn weight(&self, key: &Box<str>, value: &Bytes) -> u64 {
        (key.len() + value.len()) as u64
    }
}

impl InProcess {
    /// A shared tier that holds at most `capacity` bytes.
    pub fn new(capacity: u64) -> Self {
        let typical = 50_000;
        let items = usize::try_from(capacity / typical)
            .unwrap_or(usize::MAX)
            .max(16);
        Self {
            entries: Cache::with_weighter(items, capacity, Weight),
        }
    }
}

#[async_trait]
impl Shared for InProcess {
    async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        Ok(self.entries.get(key))
    }

    async fn set(
        &self,
        key: &str,
        value: Bytes,
        _lifetime: Duration,
        _owner: Option<&str>,
    ) -> Result<()> {
        self.entries.insert(key.into(), value);
        Ok(())
    }

    // There is one node, and its callers share their loads already.
    async fn take_load_lease(&self, key: &str, _: &str, _: Duration) -> Result<LoadLease> {
        Ok(LoadLease {
            taken: true,
            found: self.entries.get(key),
        })
    }

    async fn has_load_lease(&self, _key: &str) -> Result<bool> {
        Ok(false)
    }

    async fn release_load_lease(&self, _key: &str, _owner: &str) -> Result<()> {
        Ok(())
    }

    async fn time_left(&self, _key: &str) -> Result<Option<Duration>> {
        Ok(None)
    }

    async fn remove(&self, key: &str) -> Result<()> {
        self.entries.remove(key);
        Ok(())
    }
}
