//! Whether Redis lets in who has the password, and only for what Hearth does.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::container::Container;

/// What would lose data, tell secrets, or stop the server.
const DANGEROUS: [&str; 14] = [
    "FLUSHALL",
    "FLUSHDB",
    "KEYS *",
    "CONFIG GET *",
    "CONFIG SET dir /tmp",
    "DEBUG SLEEP 0",
    "SHUTDOWN NOSAVE",
    "SAVE",
    "REPLICAOF 10.0.0.1 6379",
    "MODULE LIST",
    "CLIENT LIST",
    "ACL LIST",
    "MONITOR",
    "MIGRATE 10.0.0.1 6379 key 0 1",
];

/// Tries both.
pub(crate) fn check(redis: &Container) -> Result<String> {
    let stranger = ask(redis, "env -u REDISCLI_AUTH redis-cli PING")?;
    if !stranger.contains("NOAUTH") {
        bail!("without a password, Redis answers {stranger}");
    }
    let guess = ask(redis, "REDISCLI_AUTH=wrong redis-cli PING 2>&1")?;
    if !guess.contains("WRONGPASS") {
        bail!("with a wrong password, Redis answers {guess}");
    }
    for command in DANGEROUS {
        let answer = ask(redis, &format!("set -f; redis-cli {command}"))?;
        // DEBUG is refused before anybody's permissions are looked at.
        if !answer.contains("NOPERM") && !answer.contains("not allowed") {
            bail!("Redis answers {command} with {answer}");
        }
    }
    let memory = ask(redis, "redis-cli INFO memory")?;
    for expected in ["maxmemory:268435456", "maxmemory_policy:allkeys-lru"] {
        if !memory.lines().any(|line| line.trim() == expected) {
            bail!("Redis does not say {expected}");
        }
    }
    Ok(format!("{} commands are refused", DANGEROUS.len()))
}

/// How many answers the nodes have stored.
pub(crate) fn keys(redis: &Container) -> Result<u64> {
    let said = ask(redis, "redis-cli DBSIZE")?;
    said.trim()
        .parse()
        .with_context(|| format!("Redis says {said}"))
}

fn ask(redis: &Container, line: &str) -> Result<String> {
    let command = ["/bin/sh", "-c", line].map(ToOwned::to_owned);
    Ok(redis.exec(&command, Duration::from_secs(10))?.1)
}
