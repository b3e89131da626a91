//! What readers notice when Redis dies and comes back: no request may fail, but answers may be
//! slower for a while.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;
use parking_lot::Mutex;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use services::{process::pause, progress::Step};

use super::{
    checker::Checker,
    client::{Addresses, Client},
    cluster::Cluster,
    fault::NODES,
    record::{Count, milliseconds},
    timeline::Harm,
    workers::Workers,
};

/// How much the nodes may cache in memory: much less than is read.
pub(super) const MEMORY_MB: &str = "1";

/// Number of homes that are read.
const HOMES: u64 = 1_500;

const READERS: usize = 9;

/// The interval of a reader's requests: a steady load, which the database alone can bear.
const PACE: Duration = Duration::from_millis(25);

/// The windows that quantiles are computed over.
const WINDOW: Duration = Duration::from_millis(250);

/// How long Redis may be back before a node must use it again.
const RETURN: Duration = Duration::from_secs(30);

#[derive(Serialize, Default, Debug)]
pub(super) struct Outage {
    pub(super) reads: u64,
    /// Medians over the windows, in milliseconds.
    pub(super) p99_before: f64,
    pub(super) p99_during: f64,
    pub(super) p99_after: f64,
    pub(super) p99_worst: f64,
    /// Seconds from the kill until the windows stay under twice the median from before.
    pub(super) seconds_until_calm: Option<f64>,
    /// The same with the median of the outage, when answers come from the database.
    pub(super) seconds_until_steady: Option<f64>,
    /// Seconds from Redis' return until an answer comes from it.
    pub(super) seconds_until_used: Option<f64>,
    /// The p99 of every window, with the second at which it begins.
    pub(super) windows: Vec<(f64, f64)>,
}

#[derive(Clone, Copy)]
struct Sample {
    at: Instant,
    took: Duration,
    of_redis: bool,
}

/// Reads for `each` before, during and after an outage of Redis.
pub(super) fn measure(
    cluster: &mut Cluster,
    checker: &Arc<Checker>,
    each: Duration,
    step: &Step,
) -> Result<Outage> {
    let addresses = cluster.addresses();
    step.detail("warming");
    warm(checker, &addresses);
    let samples: Arc<Mutex<Vec<Sample>>> = Arc::default();
    let mut workers = Workers::new();
    for number in 0..READERS {
        let (checker, addresses) = (Arc::clone(checker), addresses.clone());
        let samples = Arc::clone(&samples);
        workers.add(move |gate| {
            let client = Client::new(addresses);
            let mut random = ChaCha8Rng::seed_from_u64(number as u64);
            let mut own = Vec::new();
            let mut due = Instant::now();
            while gate.pass() {
                pause(due.saturating_duration_since(Instant::now()));
                let home = random.random_range(1..=HOMES);
                let sample = read(&checker, &client, number % NODES, home);
                // A reader that waits for an answer sends the next request late; that delay counts too.
                own.extend(sample.map(|sample| Sample {
                    took: sample.took + sample.at.saturating_duration_since(due),
                    ..sample
                }));
                due += PACE;
            }
            samples.lock().extend(own);
        });
    }
    let from = Instant::now();
    watch(step, "before", each);
    let begun = checker
        .timeline
        .begin(None, &[Harm::Nuisance], "Redis outage".to_owned());
    let killed = Instant::now();
    cluster.redis.kill();
    watch(step, "without Redis", each);
    cluster.redis.start_again()?;
    checker.timeline.end(begun);
    let returned = Instant::now();
    watch(step, "after", each);
    drop(workers);
    let samples = samples.lock();
    let used =
        used_again(&samples, returned).or_else(|| wait_for_use(checker, &addresses, returned));
    Ok(summary(&samples, from, killed, returned, used))
}

fn watch(step: &Step, what: &str, length: Duration) {
    step.detail(what);
    pause(length);
}

/// Reads all homes once, so that they are in Redis.
fn warm(checker: &Arc<Checker>, addresses: &Addresses) {
    let mut workers = Workers::new();
    for number in 0..READERS as u64 {
        let (checker, addresses) = (Arc::clone(checker), addresses.clone());
        workers.add(move |gate| {
            let client = Client::new(addresses);
            let mut home = 1 + number;
            while home <= HOMES && gate.pass() {
                read(&checker, &client, (number % NODES as u64) as usize, home);
                home += READERS as u64;
            }
        });
    }
    workers.finish();
}

fn read(checker: &Checker, client: &Client, node: usize, home: u64) -> Option<Sample> {
    let url = format!("/api/properties/{home}/");
    let observation = checker.observe(node, format!("GET {url}"));
    let called = client.get(node, &url, None);
    checker.record.count(Count::Reads);
    let took = observation.from().elapsed();
    let answer = observation.answered(called)?;
    Some(Sample {
        at: observation.from(),
        took,
        of_redis: answer.cache_status.contains("hearth-redis; hit"),
    })
}

/// Requests one home after the other until an answer comes from Redis.
fn wait_for_use(checker: &Checker, addresses: &Addresses, returned: Instant) -> Option<f64> {
    let client = Client::new(addresses.clone());
    let mut home = 0;
    while returned.elapsed() < RETURN {
        home = home % HOMES + 1;
        let sample = read(checker, &client, (home % NODES as u64) as usize, home);
        if sample.is_some_and(|sample| sample.of_redis) {
            return Some(returned.elapsed().as_secs_f64());
        }
    }
    None
}

fn used_again(samples: &[Sample], returned: Instant) -> Option<f64> {
    let hits = samples
        .iter()
        .filter(|sample| sample.of_redis && sample.at > returned);
    hits.map(|sample| sample.at.duration_since(returned).as_secs_f64())
        .min_by(f64::total_cmp)
}

fn summary(
    samples: &[Sample],
    from: Instant,
    killed: Instant,
    returned: Instant,
    used: Option<f64>,
) -> Outage {
    let windows = windows(samples, from);
    let second = |at: Instant| at.duration_since(from).as_secs_f64();
    let within = |from: f64, until: f64| -> Vec<f64> {
        let inside = windows.iter().filter(|(at, _)| (from..until).contains(at));
        inside.map(|(_, p99)| *p99).collect()
    };
    let before = quantile(&within(0.0, second(killed)), 0.5);
    let outage = within(second(killed), second(returned));
    let during = quantile(&outage, 0.5);
    let whole = second(returned) - second(killed);
    let under = |bound: f64| {
        let slow = windows
            .iter()
            .filter(|(at, p99)| (second(killed)..second(returned)).contains(at) && *p99 > bound);
        let until = slow
            .map(|(at, _)| at + WINDOW.as_secs_f64() - second(killed))
            .fold(0.0, f64::max);
        (until < whole - 2.0 * WINDOW.as_secs_f64()).then_some(until)
    };
    Outage {
        reads: samples.len() as u64,
        p99_before: before,
        p99_during: during,
        p99_after: quantile(&within(second(returned), f64::INFINITY), 0.5),
        p99_worst: outage.iter().copied().fold(0.0, f64::max),
        seconds_until_calm: under(2.0 * before),
        seconds_until_steady: under(2.0 * during),
        seconds_until_used: used,
        windows,
    }
}

/// The p99 of every window, with the second at which it begins.
fn windows(samples: &[Sample], from: Instant) -> Vec<(f64, f64)> {
    let mut by_window: std::collections::BTreeMap<u32, Vec<f64>> =
        std::collections::BTreeMap::new();
    for sample in samples {
        let window = sample.at.saturating_duration_since(from).as_secs_f64() / WINDOW.as_secs_f64();
        by_window
            .entry(window as u32)
            .or_default()
            .push(milliseconds(sample.took));
    }
    let p99 = |(window, took): (u32, Vec<f64>)| {
        (
            f64::from(window) * WINDOW.as_secs_f64(),
            quantile(&took, 0.99),
        )
    };
    by_window.into_iter().map(p99).collect()
}

/// The value that a share of the values does not exceed; zero if there are none.
pub(super) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_measured_values() {
        let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(quantile(&hundred, 0.5), 50.0);
        assert_eq!(quantile(&hundred, 0.99), 99.0);
        assert_eq!(quantile(&[3.0], 0.99), 3.0);
        assert_eq!(quantile(&[], 0.99), 0.0);
    }

    #[test]
    fn an_outage_is_summarized() {
        let from = Instant::now();
        let at = |millis| from + Duration::from_millis(millis);
        // 1 ms before, 10 ms for half a second of the outage, then 1 ms again; Redis answers again in the end.
        let samples: Vec<Sample> = (0..6_000)
            .step_by(10)
            .map(|millis| Sample {
                at: at(millis),
                took: Duration::from_millis(if (2_000..2_500).contains(&millis) {
                    10
                } else {
                    1
                }),
                of_redis: !(2_000..4_300).contains(&millis),
            })
            .collect();
        let used = used_again(&samples, at(4_000));
        let outage = summary(&samples, from, at(2_000), at(4_000), used);
        assert_eq!(
            (outage.p99_before, outage.p99_worst, outage.p99_after),
            (1.0, 10.0, 1.0)
        );
        assert_eq!(outage.seconds_until_calm, Some(0.5));
        assert_eq!(outage.seconds_until_used, Some(0.3));
    }
}
