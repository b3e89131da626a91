//! The shared tier in Redis.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use fred::{
    clients::Client,
    interfaces::{ClientLike, KeysInterface, ListInterface, LuaInterface},
    types::{
        Builder, Expiration, SetOptions,
        config::{Config, ReconnectPolicy},
    },
};
use futures::future::try_join;

use super::{LoadLease, Result, Shared, State, Unavailable};

/// A command that takes longer than this is given up; fred's own default is to wait forever.
/// The caller has given up before that, see [`Breaker`](super::Breaker).
const COMMAND_TIMEOUT: Duration = Duration::from_millis(500);

/// Deletes a load lease if its owner still holds it. (Redis' manual, "Distributed locks".)
const RELEASE: &str = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end";

/// Caches entries in Redis, with plain `GET` and `SET … EX`; load leases with `SET … NX PX`.
///
/// Commands that are polled together are pipelined on the one connection, and executed in that
/// order, without waiting for each other's replies.
#[derive(Clone)]
pub struct Redis {
    client: Client,
    /// Stands in front of every key.
    prefix: Arc<str>,
}

impl Redis {
    /// Connects in the background, and again whenever the connection is lost. The server starts
    /// and answers whether Redis is reachable or not.
    ///
    /// # Errors
    /// If the address is invalid.
    pub fn connect(url: &str) -> Result<Self> {
        let mut config = Config::from_url(url)?;
        // Otherwise the first failure would be the last attempt.
        config.fail_fast = false;
        let client = Builder::from_config(config)
            .with_performance_config(|performance| {
                performance.default_command_timeout = COMMAND_TIMEOUT
            })
            .with_connection_config(|connection| {
                connection.connection_timeout = Duration::from_secs(2);
                // A command whose connection broke has failed: sending it again after reconnecting
                // would make the caller wait, for a miss.
                connection.max_command_attempts = 1;
            })
            // Retry forever, after 0.1 s at first and 5 s at most.
            .set_policy(ReconnectPolicy::new_exponential(0, 100, 5_000, 2))
            .build()?;
        drop(client.connect());
        Ok(Self {
            client,
            prefix: Arc::default(),
        })
    }

    /// The same with a prefix in front of every key, for applications that share one Redis.
    #[must_use]
    pub fn with_prefix(self, prefix: &str) -> Self {
        Self {
            prefix: prefix.into(),
            ..self
        }
    }

    /// The name of a key in Redis.
    fn name(&self, key: &str) -> String {
        [&self.prefix, key].concat()
    }

    /// The name of a key's load lease: next to the key, so that people who inspect Redis see what it
    /// belongs to.
    fn load_lease(&self, key: &str) -> String {
        [&self.prefix, key, ":@lease"].concat()
    }

    /// Waits until the first connection is established.
    ///
    /// # Errors
    /// If it cannot be made within `patience`.
    pub async fn ready(&self, patience: Duration) -> Result<()> {
        match tokio::time::timeout(patience, self.client.wait_for_connect()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(error.into()),
            Err(_) => Err(Unavailable("timed out connecting".to_owned())),
        }
    }

    /// Runs a script, which Redis executes atomically, and returns the text that it returns.
    pub(crate) async fn script(
        &self,
        script: &str,
        keys: [String; 2],
        arguments: Vec<String>,
    ) -> Result<String> {
        let keys = keys.map(|key| self.name(&key)).to_vec();
        Ok(self.connected()?.eval(script, keys, arguments).await?)
    }

    /// All elements of a list.
    pub(crate) async fn list(&self, key: &str) -> Result<Vec<String>> {
        Ok(self.connected()?.lrange(self.name(key), 0, -1).await?)
    }

    /// Without a connection a command would wait in a queue; an immediate miss serves readers
    /// better.
    fn connected(&self) -> Result<&Client> {
        if self.client.is_connected() {
            Ok(&self.client)
        } else {
            Err(Unavailable("not connected".to_owned()))
        }
    }
}

impl From<fred::error::Error> for Unavailable {
    fn from(error: fred::error::Error) -> Self {
        Self(error.to_string())
    }
}

#[async_trait]
impl Shared for Redis {
    async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        Ok(self.connected()?.get(self.name(key)).await?)
    }

    async fn set(
        &self,
        key: &str,
        value: Bytes,
        lifetime: Duration,
        owner: Option<&str>,
    ) -> Result<()> {
        // Redis rejects a lifetime of zero.
        let seconds = i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX).max(1);
        let expires = Some(Expiration::EX(seconds));
        let client = self.connected()?;
        let stored = client.set(self.name(key), value, expires, None, false);
        let Some(owner) = owner else {
            return Ok(stored.await?);
        };
        let released = client.eval(RELEASE, self.load_lease(key), owner);
        let ((), _deleted): (_, i64) = try_join(stored, released).await?;
        Ok(())
    }

    async fn take_load_lease(&self, key: &str, owner: &str, length: Duration) -> Result<LoadLease> {
        let millis = i64::try_from(length.as_millis()).unwrap_or(i64::MAX).max(1);
        let (expires, if_absent) = (Some(Expiration::PX(millis)), Some(SetOptions::NX));
        let client = self.connected()?;
        let taken = client.set(self.load_lease(key), owner, expires, if_absent, false);
        let (taken, found): (Option<String>, _) =
            try_join(taken, client.get(self.name(key))).await?;
        Ok(LoadLease {
            taken: taken.is_some(),
            found,
        })
    }

    async fn has_load_lease(&self, key: &str) -> Result<bool> {
        let leases: u64 = self.connected()?.exists(self.load_lease(key)).await?;
        Ok(leases > 0)
    }

    async fn release_load_lease(&self, key: &str, owner: &str) -> Result<()> {
        let client = self.connected()?;
        let _deleted: i64 = client.eval(RELEASE, self.load_lease(key), owner).await?;
        Ok(())
    }

    async fn time_left(&self, key: &str) -> Result<Option<Duration>> {
        // Negative if there is no such key, or if it never expires.
        let millis: i64 = self.connected()?.pttl(self.name(key)).await?;
        Ok(u64::try_from(millis).ok().map(Duration::from_millis))
    }

    async fn remove(&self, key: &str) -> Result<()> {
        let _deleted: i64 = self.connected()?.del(self.name(key)).await?;
        Ok(())
    }

    async fn state(&self) -> Result<Option<State>> {
        let info: String = self.connected()?.info(None).await?;
        Ok(Some(read_info(&info)))
    }
}

/// The state in an answer to `INFO`.
fn read_info(info: &str) -> State {
    let field = |name: &str| {
        let mut fields = info.lines().filter_map(|line| line.split_once(':'));
        let (_, value) = fields.find(|(field, _)| *field == name)?;
        Some(value.trim())
    };
    let number = |name: &str| field(name).and_then(|value| value.parse().ok());
    State {
        used: number("used_memory").unwrap_or_default(),
        limit: number("maxmemory").filter(|limit| *limit > 0),
        policy: field("maxmemory_policy").unwrap_or_default().to_owned(),
        evicted: number("evicted_keys").unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_from_what_redis_says() {
        let info = "# Memory\r\nused_memory:1048576\r\nmaxmemory:2097152\r\n\
                    maxmemory_policy:allkeys-lru\r\n\r\n# Stats\r\nevicted_keys:7\r\n";
        let expect = State {
            used: 1 << 20,
            limit: Some(2 << 20),
            policy: "allkeys-lru".to_owned(),
            evicted: 7,
        };
        assert_eq!(read_info(info), expect);
        assert_eq!(read_info("maxmemory:0\r\n").limit, None);
    }
}
