//! Cold keys: however many ask all nodes at once for what nobody has asked before, one load answers.

use std::{
    sync::{
        Barrier,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use services::process::pause;

use super::{
    checker::Checker,
    client::{Addresses, Client},
    fault::NODES,
    record::Request,
    violation::Violation,
};

/// Askers of each node.
const EACH: usize = 100;

/// Until Redis is used again by every node after it was away: its clients try again ever more seldom.
const SHARING: Duration = Duration::from_secs(30);

/// Makes every key one that nobody has asked for.
static NEXT: AtomicU64 = AtomicU64::new(1_000);

/// Asks for a cold key while everybody else rests, and returns how many loads answered.
pub(super) fn ask(checker: &Checker, addresses: &Addresses) -> Option<u64> {
    let client = Client::new(addresses.clone());
    let from = Instant::now();
    let against = |kind, what: &str, found| {
        let request = Request {
            node: None,
            what,
            from,
            until: Instant::now(),
        };
        checker
            .record
            .violation(&checker.timeline, kind, &request, found, "");
    };
    while !is_shared(&client) {
        if from.elapsed() > SHARING {
            let found = format!("after {} s the nodes share no answer", SHARING.as_secs());
            against(Violation::NotShared, "", found);
            return None;
        }
        pause(Duration::from_millis(200));
    }
    let before = settled(&client)?;
    let url = cold_url();
    let barrier = Barrier::new(NODES * EACH);
    let failed = AtomicU64::new(0);
    thread::scope(|scope| {
        for number in 0..NODES * EACH {
            let (url, barrier, failed) = (&url, &barrier, &failed);
            let client = Client::new(addresses.clone());
            scope.spawn(move || {
                let node = number % NODES;
                // Connected before the signal.
                drop(client.get(node, "/healthz", None));
                barrier.wait();
                let answered = client.get(node, url, None);
                if !answered.is_ok_and(|answer| answer.status == 200) {
                    failed.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    let after = settled(&client)?;
    let failed = failed.into_inner();
    if failed > 0 {
        let found = format!("{failed} of {} had no answer", NODES * EACH);
        against(Violation::ColdUnanswered, &url, found);
    }
    let loads: Vec<u64> = after
        .iter()
        .zip(&before)
        .map(|(after, before)| after - before)
        .collect();
    let sum = loads.iter().sum();
    if sum != 1 {
        let found = format!("{sum} loads, by node {loads:?}");
        against(Violation::ColdLoads, &url, found);
    }
    Some(sum)
}

/// A list that nobody has asked for.
fn cold_url() -> String {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("/api/properties/?min_price={number}")
}

/// Whether what one node loads is a hit in Redis for the others.
fn is_shared(client: &Client) -> bool {
    let url = cold_url();
    let mut hits = (0..NODES).map(|node| {
        let answer = client.get(node, &url, None);
        answer.is_ok_and(|answer| {
            answer.status == 200 && (node == 0 || answer.cache_status.contains("hearth-redis; hit"))
        })
    });
    hits.all(|hit| hit)
}

/// How many loads each node has made, once none is under way any more.
fn settled(client: &Client) -> Option<Vec<u64>> {
    let mut last = None;
    for _ in 0..50 {
        let loads: Option<Vec<u64>> = (0..NODES).map(|node| loads(client, node)).collect();
        if loads.is_some() && loads == last {
            return loads;
        }
        last = loads;
        pause(Duration::from_millis(200));
    }
    last
}

fn loads(client: &Client, node: usize) -> Option<u64> {
    let answer = client.get(node, "/metrics", None).ok()?;
    counter(&answer.body, "hearth_loads_total")
}

/// A counter without labels, in Prometheus' text form. One that never counted is not there.
fn counter(metrics: &str, name: &str) -> Option<u64> {
    let values = metrics.lines().filter_map(|line| line.strip_prefix(name));
    let mut values = values.filter_map(|rest| rest.strip_prefix(' '));
    values
        .next()
        .map_or(Some(0), |value| value.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_read() {
        let metrics =
            "# TYPE hearth_loads_total counter\nhearth_loads_total 17\n\nhearth_loads_total_of 3\n";
        assert_eq!(counter(metrics, "hearth_loads_total"), Some(17));
        assert_eq!(counter(metrics, "hearth_joined_loads_total"), Some(0));
    }
}
