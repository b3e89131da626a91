//! Cold keys: however many clients request the same new key from all nodes, one load answers them.

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

/// Clients of each node.
const EACH: usize = 100;

/// How long every node may take to use Redis again after it was down: clients retry less and less often.
const SHARING: Duration = Duration::from_secs(30);

/// Makes every key a new one.
static NEXT: AtomicU64 = AtomicU64::new(1_000);

/// Requests a cold key while the workers rest, and returns how many loads answered.
pub(super) fn ask(checker: &Checker, addresses: &Addresses) -> Option<u64> {
    let client = Client::new(addresses.clone());
    let from = Instant::now();
    let violation = |kind, what: &str, found| {
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
            violation(Violation::NotShared, "", found);
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
                // Connect before the barrier opens.
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
        violation(Violation::ColdUnanswered, &url, found);
    }
    let loads: Vec<u64> = after
        .iter()
        .zip(&before)
        .map(|(after, before)| after - before)
        .collect();
    let sum = loads.iter().sum();
    if sum != 1 {
        let found = format!("{sum} loads, by node {loads:?}");
        violation(Violation::ColdLoads, &url, found);
    }
    Some(sum)
}

/// A list that was never requested before.
fn cold_url() -> String {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("/api/properties/?min_price={number}")
}

/// Whether an answer that one node loads is a Redis hit for the others.
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

/// How many loads each node has made, once none is in progress.
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

/// A counter without labels, in Prometheus' text format. One that never counted is absent.
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
