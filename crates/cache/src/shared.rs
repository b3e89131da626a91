//! The shared tier: what the nodes of a fleet remember together.
//!
//! It holds bytes under keys, and short leases by which the nodes agree who loads a missing
//! answer. Whatever it loses, keeps too long or brings back from an old snapshot, the log's rule
//! of belief decides what an entry is worth; a lease that is lost costs a second load.

mod breaker;
mod in_process;
mod redis;

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

pub use breaker::Breaker;
pub use in_process::InProcess;
pub use redis::Redis;

/// What a call to the shared tier gives.
pub type Result<T> = std::result::Result<T, Unavailable>;

/// The shared tier did not answer. The asker goes on as after a miss.
#[derive(Debug, thiserror::Error)]
#[error("the shared tier is unavailable: {0}")]
pub struct Unavailable(pub String);

/// What came of asking for a lease.
#[derive(Debug)]
pub struct LoadLease {
    /// Whether it was taken; if not, somebody holds it.
    pub taken: bool,
    /// The bytes under the key, read after that.
    pub found: Option<Bytes>,
}

/// A place that all nodes remember answers in.
#[async_trait]
pub trait Shared: Send + Sync + 'static {
    /// The bytes under a key.
    async fn get(&self, key: &str) -> Result<Option<Bytes>>;

    /// Puts bytes under a key, for at most `lifetime`, in place of what was there; and then gives
    /// back the key's lease, if it is still that of `owner`.
    async fn set(
        &self,
        key: &str,
        value: Bytes,
        lifetime: Duration,
        owner: Option<&str>,
    ) -> Result<()>;

    /// Takes the lease of a key for `length`, unless somebody holds it, and then looks under the
    /// key. `owner` is of this one taker.
    async fn take_load_lease(&self, key: &str, owner: &str, length: Duration) -> Result<LoadLease>;

    /// Whether somebody holds the lease of a key.
    async fn has_load_lease(&self, key: &str) -> Result<bool>;

    /// Gives back the lease of a key, if it is still the owner's.
    async fn release_load_lease(&self, key: &str, owner: &str) -> Result<()>;
}
