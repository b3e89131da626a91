//! People instead of connections: they look at a list, pause, and look again.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow};
use serde::Serialize;

use super::{
    growth::{Times, scatter},
    probe::Probe,
    stage::Stage,
};
use crate::process::pause;

/// How many look at once.
pub(super) const USERS: u64 = 100;

/// One view in so many is of the naive list, which has to load all it needs.
const NAIVE_EACH: u64 = 6;

const CACHED: &str = "/api/properties/cached/";
const NAIVE: &str = "/api/properties/live/naive/";

/// What the users waited for one of the lists.
#[derive(Serialize)]
pub(super) struct Waited {
    pub(super) path: &'static str,
    pub(super) views: usize,
    pub(super) times: Times,
}

/// Lets them look for so long, each pausing for one to two seconds.
pub(super) fn measure(stage: &Stage, length: Duration) -> Result<[Waited; 2]> {
    let end = Instant::now() + length;
    let mut cached = Vec::new();
    let mut naive = Vec::new();
    let seen: Result<Vec<_>> = thread::scope(|scope| {
        let users: Vec<_> = (0..USERS)
            .map(|user| scope.spawn(move || look(stage, user, end)))
            .collect();
        let users = users.into_iter().map(|user| user.join());
        users
            .map(|seen| seen.map_err(|_| anyhow!("a user panicked"))?)
            .collect()
    });
    for (was_naive, millis) in seen?.into_iter().flatten() {
        let waited = if was_naive { &mut naive } else { &mut cached };
        waited.push(millis);
    }
    let waited = |path, millis: Vec<f64>| Waited {
        path,
        views: millis.len(),
        times: Times::of(&millis),
    };
    Ok([waited(CACHED, cached), waited(NAIVE, naive)])
}

/// What one user looked at, and for how many milliseconds it had to be waited for.
fn look(stage: &Stage, user: u64, end: Instant) -> Result<Vec<(bool, f64)>> {
    let probe = Probe::new();
    let mut seen = Vec::new();
    // They do not come all at once.
    pause(Duration::from_millis(scatter(user, 2_000)));
    while Instant::now() < end {
        let turn = seen.len() as u64;
        let naive = (user + turn).is_multiple_of(NAIVE_EACH);
        let path = if naive { NAIVE } else { CACHED };
        let answer = probe.get(&format!("{}{path}", stage.node.url), &[])?;
        seen.push((naive, answer.took.as_secs_f64() * 1e3));
        pause(Duration::from_millis(
            1_000 + scatter(user * 31 + turn, 1_000),
        ));
    }
    Ok(seen)
}
