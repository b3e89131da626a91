//! The shared tier: whether Redis can be reached, and does what a cache should when it is full.

use std::time::Duration;

use cache::shared::{Shared, State};

use super::{Check, SILENCE};
use crate::{answers::redis, config::Config};

/// How long the connection may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// More evictions a second than this mean that entries are gone before they are needed again.
const EVICTIONS: u64 = 50;

/// The check, if there is a Redis.
pub(super) async fn check(config: &Config) -> Option<Check> {
    let url = config.storage.redis_url.as_ref()?;
    let mut check = Check::new("redis");
    let shown = url.masked();
    let reached = async {
        let redis = redis(url, config)?;
        redis
            .ready(PATIENCE)
            .await
            .map_err(|error| error.to_string())?;
        let state = redis.state().await.map_err(|error| error.to_string())?;
        tokio::time::sleep(SILENCE).await;
        let later = redis.state().await.map_err(|error| error.to_string())?;
        Ok::<_, String>((state, later))
    };
    match reached.await {
        Ok((Some(before), Some(state))) => {
            judge(
                &mut check,
                &state,
                state.evicted.saturating_sub(before.evicted),
            );
        }
        Ok(_) => {}
        Err(error) => check.fail(format!("{shown}: {error}"), remedy(&error)),
    }
    Some(check)
}

/// What to do about an error of Redis.
fn remedy(error: &str) -> &'static str {
    let error = error.to_lowercase();
    if error.contains("noauth") || error.contains("wrongpass") || error.contains("auth") {
        "mend the password in REDIS_URL: redis://:PASSWORD@HOST:PORT/DB"
    } else if error.contains("noperm") || error.contains("permission") {
        "let the user run GET, SET, DEL, EXISTS, PTTL, EVAL and INFO"
    } else {
        "start it, or mend the host in REDIS_URL; until then every node loads for itself"
    }
}

fn judge(check: &mut Check, state: &State, evicted: u64) {
    let used = state.used >> 20;
    check.sees(match state.limit {
        Some(limit) => format!("{used} of {} MiB used, {}", limit >> 20, state.policy),
        None => format!("{used} MiB used, no limit"),
    });
    match state.limit {
        None => check.warn(
            "Redis has no maxmemory: it takes memory until the machine has none",
            "set maxmemory and maxmemory-policy allkeys-lru in redis.conf",
        ),
        Some(limit) if state.policy == "noeviction" => check.fail(
            format!(
                "Redis evicts nothing: at {} MiB it will refuse every new answer",
                limit >> 20
            ),
            "set maxmemory-policy allkeys-lru in redis.conf",
        ),
        Some(_) => {}
    }
    let rate = evicted * 1_000 / u64::try_from(SILENCE.as_millis()).unwrap_or(1);
    if rate > EVICTIONS {
        check.warn(
            format!("Redis evicts {rate} entries a second"),
            "raise its maxmemory: entries are gone before they are needed again",
        );
    }
}
