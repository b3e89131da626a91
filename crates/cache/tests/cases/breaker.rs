//! The breaker in front of the shared tier.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use cache::shared::{Breaker, Shared};
use futures::future::join_all;
use tokio::time::{Instant, advance};

use crate::support::{Came::FromShared, Database, Node, Shelf, home};

async fn fail(breaker: &Breaker, times: usize) {
    for _ in 0..times {
        breaker.get("key").await.unwrap_err();
    }
}

/// How many of a hundred simultaneous calls reached the shelf.
async fn let_through(breaker: &Breaker, shelf: &Shelf) -> usize {
    let before = shelf.calls();
    join_all((0..100).map(|_| breaker.get("key"))).await;
    shelf.calls() - before
}

#[tokio::test(start_paused = true)]
async fn case_17_one_probe_not_a_herd() {
    let shelf = Shelf::new();
    let breaker = Breaker::new(Arc::<Shelf>::clone(&shelf));
    shelf.set_away(true);
    fail(&breaker, 5).await;
    assert!(breaker.is_open());
    assert_eq!(let_through(&breaker, &shelf).await, 0);
    // The pause doubles with every probe that fails, up to four seconds.
    for pause in [250, 500, 1_000, 2_000, 4_000, 4_000] {
        advance(Duration::from_millis(pause - 1)).await;
        assert_eq!(let_through(&breaker, &shelf).await, 0, "{pause}");
        advance(Duration::from_millis(1)).await;
        assert_eq!(let_through(&breaker, &shelf).await, 1, "{pause}");
    }
    shelf.set_away(false);
    advance(Duration::from_millis(4_000)).await;
    // While the probe is under way, the others are refused.
    let mut gate = shelf.stop_next_read();
    let probe = tokio::spawn({
        let breaker = Arc::new(breaker);
        let probing = Arc::clone(&breaker);
        async move { (probing.get("key").await.is_ok(), breaker) }
    });
    gate.reached().await;
    gate.open();
    let (answered, breaker) = probe.await.unwrap();
    assert!(answered && !breaker.is_open());
    assert_eq!(let_through(&breaker, &shelf).await, 100);
}

#[tokio::test(start_paused = true)]
async fn failures_that_are_not_in_a_row_leave_it_closed() {
    let shelf = Shelf::new();
    let breaker = Breaker::new(Arc::<Shelf>::clone(&shelf));
    for _ in 0..10 {
        shelf.set_away(true);
        fail(&breaker, 4).await;
        shelf.set_away(false);
        breaker.get("key").await.unwrap();
    }
    assert!(!breaker.is_open());
}

#[tokio::test(start_paused = true)]
async fn a_tier_that_hangs_costs_a_timeout_and_then_nothing() {
    let shelf = Shelf::new();
    let breaker = Breaker::new(Arc::<Shelf>::clone(&shelf));
    let _gates: Vec<_> = (0..5).map(|_| shelf.stop_next_read()).collect();
    let started = Instant::now();
    join_all((0..5).map(|_| breaker.get("key"))).await;
    assert_eq!(started.elapsed(), Duration::from_millis(250));
    assert!(breaker.is_open());
    fail(&breaker, 100).await;
    assert_eq!(started.elapsed(), Duration::from_millis(250));
}

/// Case 15: a write whose outcome is unknown may have taken effect or not; neither is assumed.
#[tokio::test(start_paused = true)]
async fn case_15_a_write_that_timed_out_may_take_effect_later() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let node = Node::start(&database, &shelf).await;
    let ask = home(1);
    node.ask(&ask).await;
    let late_write = shelf.snapshot();
    shelf.evict(|_| true);
    database.put(1, 11);
    node.catch_up().await;
    node.ask(&ask).await;
    // The first write replaces the second one.
    shelf.restore(&late_write);
    let other = Node::start(&database, &shelf).await;
    other.check(&ask, crate::support::Came::FromDatabase).await;
    Node::start(&database, &shelf)
        .await
        .check(&ask, FromShared)
        .await;
}

/// Case 15: any single call may fail, whatever the ones before and after it did.
#[tokio::test(start_paused = true)]
async fn case_15_each_single_call_may_fail() {
    for failing in 0..6 {
        let database = Database::with_homes([(1, 10)]);
        let shelf = Shelf::new();
        let nodes = [
            Node::start(&database, &shelf).await,
            Node::start(&database, &shelf).await,
        ];
        shelf.fail_call(failing);
        for price in 11..15 {
            for node in &nodes {
                let answer = node.ask(&home(1)).await;
                assert_eq!(crate::support::rows(&answer), &database.truth(&home(1)));
            }
            database.put(1, price);
            for node in &nodes {
                node.catch_up().await;
            }
        }
        // A load lease that could not be released has expired; nothing else is left behind.
        advance(Duration::from_secs(2)).await;
        shelf.put(&home(1), Bytes::new());
        nodes[0]
            .check(&home(1), crate::support::Came::FromDatabase)
            .await;
    }
}
