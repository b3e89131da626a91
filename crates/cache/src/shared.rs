//! The shared tier: the cache that the nodes of a fleet share.
//!
//! It holds bytes under keys, and short load leases by which the nodes agree which of them loads a
//! missing answer. Whatever it loses, retains too long or brings back from an old snapshot, the
//! log's rule of validity decides whether an entry is valid; a lost load lease costs a second load.

mod breaker;
mod in_process;
mod redis;

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

pub use breaker::Breaker;
pub use in_process::InProcess;
pub use redis::Redis;

/// What a call to the shared tier returns.
pub type Result<T> = std::result::Result<T, Unavailable>;

/// The shared tier did not answer. The caller continues as after a miss.
#[derive(Debug, thiserror::Error)]
#[error("the shared tier is unavailable: {0}")]
pub struct Unavailable(pub String);

/// The result of trying to take a load lease.
#[derive(Debug)]
pub struct LoadLease {
    /// Whether it was taken; if not, another node holds it.
    pub taken: bool,
    /// The bytes under the key, read after that.
    pub found: Option<Bytes>,
}

/// How a shared tier is doing, as it says itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// How much memory it uses, in bytes.
    pub used: u64,
    /// How much it may use, in bytes; `None` if there is no limit.
    pub limit: Option<u64>,
    /// What it does when it is full: Redis' `maxmemory-policy`.
    pub policy: String,
    /// How many entries it has evicted since it started.
    pub evicted: u64,
}

/// A place where all nodes cache answers.
#[async_trait]
pub trait Shared: Send + Sync + 'static {
    /// The bytes under a key.
    async fn get(&self, key: &str) -> Result<Option<Bytes>>;

    /// Stores bytes under a key, for at most `lifetime`, replacing any others; and then releases
    /// the key's load lease, if `owner` still holds it.
    async fn set(
        &self,
        key: &str,
        value: Bytes,
        lifetime: Duration,
        owner: Option<&str>,
    ) -> Result<()>;

    /// Takes the load lease of a key for `length`, unless it is held, and then reads the bytes
    /// under the key. `owner` is unique to this call.
    async fn take_load_lease(&self, key: &str, owner: &str, length: Duration) -> Result<LoadLease>;

    /// Whether the load lease of a key is held.
    async fn has_load_lease(&self, key: &str) -> Result<bool>;

    /// Releases the load lease of a key, if `owner` still holds it.
    async fn release_load_lease(&self, key: &str, owner: &str) -> Result<()>;

    /// How long the bytes under a key will be held; `None` if there are none, or if they have no
    /// lifetime.
    async fn time_left(&self, key: &str) -> Result<Option<Duration>>;

    /// Removes the bytes under a key. Only people do this, see
    /// [`drop_answer`](crate::Tiers::drop_answer).
    async fn remove(&self, key: &str) -> Result<()>;

    /// How it is doing; `None` if it does not say. People read this.
    async fn state(&self) -> Result<Option<State>> {
        Ok(None)
    }
}
