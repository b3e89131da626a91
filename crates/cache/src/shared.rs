//! The shared tier: what the nodes of a fleet remember together.
//!
//! It holds bytes under keys, and short leases by which the nodes agree who loads a missing
//! answer. Whatever it loses, keeps too long or brings back from an old snapshot, the log's rule
//! of belief decides what an entry is worth; a lease that is lost costs a second load.

mod breaker;
mod in_process;
mod redis;

use std::{future::Future, pin::Pin, time::Duration};

use bytes::Bytes;

pub use breaker::Breaker;
pub use in_process::InProcess;
pub use redis::Redis;

/// A call to the shared tier that is on its way.
pub type Calling<'a, T> = Pin<Box<dyn Future<Output = Result<T, Unavailable>> + Send + 'a>>;

/// The shared tier did not answer. The asker goes on as after a miss.
#[derive(Debug, thiserror::Error)]
#[error("the shared tier is unavailable: {0}")]
pub struct Unavailable(pub String);

/// What came of asking for a lease.
#[derive(Debug)]
pub struct Leased {
    /// Whether it was taken; if not, somebody holds it.
    pub taken: bool,
    /// The bytes under the key, read after that.
    pub found: Option<Bytes>,
}

/// A place that all nodes remember answers in.
pub trait Shared: Send + Sync + 'static {
    /// The bytes under a key.
    fn get<'a>(&'a self, key: &'a str) -> Calling<'a, Option<Bytes>>;

    /// Puts bytes under a key, for at most `lifetime`, in place of what was there; and then gives
    /// back the key's lease, if it is still that of `owner`.
    fn set<'a>(
        &'a self,
        key: &'a str,
        value: Bytes,
        lifetime: Duration,
        owner: Option<&'a str>,
    ) -> Calling<'a, ()>;

    /// Takes the lease of a key for `length`, unless somebody holds it, and then looks under the
    /// key. `owner` is of this one taker.
    fn take_lease<'a>(
        &'a self,
        key: &'a str,
        owner: &'a str,
        length: Duration,
    ) -> Calling<'a, Leased>;

    /// Whether somebody holds the lease of a key.
    fn is_leased<'a>(&'a self, key: &'a str) -> Calling<'a, bool>;

    /// Gives back the lease of a key, if it is still the owner's.
    fn release<'a>(&'a self, key: &'a str, owner: &'a str) -> Calling<'a, ()>;
}
