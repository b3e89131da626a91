//! The shared tier of a single node that has no Redis.

use std::time::Duration;

use bytes::Bytes;
use quick_cache::{Weighter, sync::Cache};

use super::{Calling, Leased, Shared};

/// Remembers entries in this process, in their encoded form, bounded by bytes.
///
/// It takes Redis' place behind the same trait, so that the embedded default runs the same code.
/// It ends with the process, so lifetimes are left to the bound.
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

impl Shared for InProcess {
    fn get<'a>(&'a self, key: &'a str) -> Calling<'a, Option<Bytes>> {
        Box::pin(async move { Ok(self.entries.get(key)) })
    }

    fn set<'a>(
        &'a self,
        key: &'a str,
        value: Bytes,
        _lifetime: Duration,
        _owner: Option<&'a str>,
    ) -> Calling<'a, ()> {
        Box::pin(async move {
            self.entries.insert(key.into(), value);
            Ok(())
        })
    }

    // There is one node, and its askers share their loads already.
    fn take_lease<'a>(
        &'a self,
        key: &'a str,
        _owner: &'a str,
        _length: Duration,
    ) -> Calling<'a, Leased> {
        Box::pin(async move {
            Ok(Leased {
                taken: true,
                found: self.entries.get(key),
            })
        })
    }

    fn is_leased<'a>(&'a self, _key: &'a str) -> Calling<'a, bool> {
        Box::pin(async { Ok(false) })
    }

    fn release<'a>(&'a self, _key: &'a str, _owner: &'a str) -> Calling<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}
