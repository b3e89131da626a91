//! The shared tier in Redis.

use std::time::Duration;

use bytes::Bytes;
use fred::{
    clients::Client,
    interfaces::{ClientLike, KeysInterface},
    types::{
        Builder, Expiration,
        config::{Config, ReconnectPolicy},
    },
};

use super::{Calling, Shared, Unavailable};

/// A command that takes longer than this counts as failed; fred's own default is to wait forever.
const COMMAND_TIMEOUT: Duration = Duration::from_millis(250);

/// Remembers entries in Redis, under plain `GET` and `SET … EX`.
pub struct Redis {
    client: Client,
}

impl Redis {
    /// Connects in the background, and again whenever the connection is lost. The server starts
    /// and answers whether Redis is there or not.
    ///
    /// # Errors
    /// If the address cannot be read.
    pub fn connect(url: &str) -> Result<Self, Unavailable> {
        let mut config = Config::from_url(url).map_err(|error| Unavailable(error.to_string()))?;
        // Or else the first failure would be the last attempt.
        config.fail_fast = false;
        let client = Builder::from_config(config)
            .with_performance_config(|performance| {
                performance.default_command_timeout = COMMAND_TIMEOUT
            })
            .with_connection_config(|connection| {
                connection.connection_timeout = Duration::from_secs(2)
            })
            // Forever, from a tenth of a second up to five.
            .set_policy(ReconnectPolicy::new_exponential(0, 100, 5_000, 2))
            .build()
            .map_err(|error| Unavailable(error.to_string()))?;
        drop(client.connect());
        Ok(Self { client })
    }

    /// Waits until the first connection stands.
    ///
    /// # Errors
    /// If it cannot be made within `patience`.
    pub async fn ready(&self, patience: Duration) -> Result<(), Unavailable> {
        match tokio::time::timeout(patience, self.client.wait_for_connect()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Unavailable(error.to_string())),
            Err(_) => Err(Unavailable("no connection in time".to_owned())),
        }
    }

    /// Without a connection a command would wait in a queue; a miss at once serves readers better.
    fn connected(&self) -> Result<&Client, Unavailable> {
        if self.client.is_connected() {
            Ok(&self.client)
        } else {
            Err(Unavailable("not connected".to_owned()))
        }
    }
}

impl Shared for Redis {
    fn get<'a>(&'a self, key: &'a str) -> Calling<'a, Option<Bytes>> {
        Box::pin(async move {
            self.connected()?
                .get(key)
                .await
                .map_err(|error| Unavailable(error.to_string()))
        })
    }

    fn set<'a>(&'a self, key: &'a str, value: Bytes, lifetime: Duration) -> Calling<'a, ()> {
        Box::pin(async move {
            // Redis refuses a lifetime of nothing.
            let seconds = i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX).max(1);
            self.connected()?
                .set(key, value, Some(Expiration::EX(seconds)), None, false)
                .await
                .map_err(|error| Unavailable(error.to_string()))
        })
    }
}
