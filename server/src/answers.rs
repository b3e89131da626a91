//! How an ask becomes an answer: the tiers over the store, pages as answers composed of others, and
//! how server functions reach both.

pub(crate) mod composite;
mod fault;
mod functions;
pub(crate) mod graphql;
pub(crate) mod inspection;
mod load;
pub mod pages;

use std::{error::Error, sync::Arc, time::Duration};

use cache::{
    Log, Pace, Settings, follow,
    shared::{Breaker, InProcess, Redis, Shared},
};
use catalogue::Image;
use tracing::warn;

pub(crate) use self::{
    fault::{after_panic, of_load},
    functions::FromTiers,
    load::represented,
};
use crate::{
    config::{Config, CutOff, Secret},
    store::{Database, Store},
    tasks,
};

/// The tiers in front of this server's store.
pub type Tiers = cache::Tiers<Store>;

/// How long the start waits for the change log, and how long for Redis, before it continues without
/// them.
const LOG_PATIENCE: Duration = Duration::from_secs(5);
const REDIS_PATIENCE: Duration = Duration::from_secs(1);

/// The Redis of the configuration.
///
/// # Errors
/// If its address is invalid.
pub(crate) fn redis(url: &Secret, config: &Config) -> Result<Redis, String> {
    let redis = Redis::connect(url.expose());
    let redis = redis.map_err(|error| format!("REDIS_URL is {}: {error}", url.masked()))?;
    Ok(match &config.storage.key_prefix {
        Some(prefix) => redis.with_prefix(&format!("{prefix}:")),
        None => redis,
    })
}

/// Builds the tiers and starts to follow the change log.
///
/// # Errors
/// If `REDIS_URL` cannot be parsed, or the node cannot be registered. An unreachable Redis is not
/// an error.
pub async fn start_tiers(
    store: &Arc<Store>,
    config: &Config,
    log: Log<Image>,
) -> Result<Tiers, Box<dyn Error>> {
    let shared: Arc<dyn Shared> = match &config.storage.redis_url {
        None => Arc::new(InProcess::new(config.caching.memory_bytes() / 4)),
        Some(url) => {
            let redis = redis(url, config)?;
            if let Err(error) = redis.ready(REDIS_PATIENCE).await {
                warn!(%error, "starting without Redis; will keep trying to connect");
            }
            Arc::new(Breaker::new(Arc::new(redis)))
        }
    };
    let log = Arc::new(log);
    let pace = match store.database() {
        Database::Postgres(..) => Duration::from_millis(250),
        Database::Sqlite(..) => Duration::from_millis(100),
    };
    store.register().await?;
    tokio::spawn(follow(Arc::clone(store), Arc::clone(&log), Pace(pace)));
    let (listening, heard) = (Arc::clone(store), Arc::clone(&log));
    tasks::keep("announcements", move || {
        Arc::clone(&listening).listen(Arc::clone(&heard))
    });
    if !log.reach(1, LOG_PATIENCE).await {
        warn!("the change log is not followed yet; every answer is loaded until then");
    }
    let settings = Settings {
        // The other half is for pages.
        memory_bytes: config.caching.memory_bytes() / 2,
        revalidate: Duration::from_secs(config.caching.revalidate_seconds),
        serve_cut_off: config.caching.cut_off == CutOff::Serve,
        ..Settings::default()
    };
    Ok(Tiers::new(Arc::clone(store), log, Some(shared), settings))
}
