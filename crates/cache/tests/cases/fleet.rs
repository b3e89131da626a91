//! Nodes that load one answer together: the load lease in the shared tier, and what happens to it.

use std::{sync::Arc, time::Duration};

use cache::{Reason, SharedStep, shared::Shared};
use futures::future::join_all;
use tokio::time::Instant;

use crate::support::{
    Came::{FromDatabase, FromMemory, FromOtherNode},
    Database, Gate, Node, Shelf, came, home, rows,
};

async fn fleet(database: &Arc<Database>, shelf: &Arc<Shelf>) -> [Node; 3] {
    [
        Node::start(database, shelf).await,
        Node::start(database, shelf).await,
        Node::start(database, shelf).await,
    ]
}

#[tokio::test(start_paused = true)]
async fn a_hundred_callers_on_each_of_three_nodes_make_one_load() {
    let database = Database::with_homes([(1, 10)]);
    let nodes = fleet(&database, &Shelf::new()).await;
    let ask = home(1);
    let mut gate = database.stop_next_load();
    let mut callers = Vec::new();
    for _ in 0..100 {
        for node in &nodes {
            callers.push(node.begin(&ask).await);
        }
    }
    gate.reached().await;
    gate.open();
    for answer in join_all(callers).await {
        assert_eq!(rows(&answer.unwrap()), &database.truth(&ask));
    }
    assert_eq!(database.loads(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_load_that_another_node_finished_between_two_looks_is_not_repeated() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let [node, other, _] = fleet(&database, &shelf).await;
    let ask = home(1);
    // The node has found nothing in the shared tier when the other one's load starts and finishes.
    let mut gate = shelf.stop_next_read();
    let pending = node.begin(&ask).await;
    gate.reached().await;
    other.check(&ask, FromDatabase).await;
    gate.open();
    assert_eq!(came(&pending.await.unwrap()), FromOtherNode);
    assert_eq!(database.loads(), 1);
}

/// Another node's load may have read the database before a change that this node's caller must see.
#[tokio::test(start_paused = true)]
async fn case_05_another_nodes_load_from_before_the_change() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let [node, other, _] = fleet(&database, &shelf).await;
    let ask = home(1);
    let mut gate = database.stop_next_load();
    let early = other.begin(&ask).await;
    gate.reached().await;
    database.put(1, 11);
    node.catch_up().await;
    other.catch_up().await;
    let late = node.begin(&ask).await;
    let late = tokio::spawn(late);
    tokio::task::yield_now().await;
    gate.open();
    assert_eq!(rows(&early.await.unwrap()), &database.truth_at(1, &ask));
    assert_eq!(rows(&late.await.unwrap().unwrap()), &database.truth(&ask));
    assert_eq!(database.loads(), 2);
}

#[tokio::test(start_paused = true)]
async fn case_08_a_holder_that_died_costs_the_others_one_load_lease() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let [node, other, _] = fleet(&database, &shelf).await;
    let ask = home(1);
    let mut gate = database.stop_next_load();
    let dying = other.begin(&ask).await;
    gate.reached().await;
    let started = Instant::now();
    let answer = node.ask(&ask).await;
    assert_eq!(came(&answer), FromDatabase);
    let waited = started.elapsed();
    assert!(
        (Duration::from_millis(1_900)..Duration::from_millis(2_200)).contains(&waited),
        "waited {waited:?}"
    );
    // It was only slow, not dead: its late store does no harm.
    database.put(1, 11);
    node.catch_up().await;
    node.check(&ask, FromDatabase).await;
    gate.open();
    dying.await.unwrap();
    node.check(&ask, FromMemory).await;
    let fresh = Node::start(&database, &shelf).await;
    assert_eq!(rows(&fresh.ask(&ask).await), &database.truth(&ask));
}

#[tokio::test(start_paused = true)]
async fn case_08_only_the_owner_releases() {
    let shelf = Shelf::new();
    let length = Duration::from_secs(2);
    assert!(
        shelf
            .take_load_lease("key", "first", length)
            .await
            .unwrap()
            .taken
    );
    tokio::time::advance(length).await;
    assert!(
        shelf
            .take_load_lease("key", "second", length)
            .await
            .unwrap()
            .taken
    );
    shelf.release_load_lease("key", "first").await.unwrap();
    assert!(shelf.has_load_lease("key").await.unwrap());
    shelf.release_load_lease("key", "second").await.unwrap();
    assert!(!shelf.has_load_lease("key").await.unwrap());
}

/// A holder whose load panics cannot release its load lease; one whose load fails does.
#[tokio::test(start_paused = true)]
async fn case_08_case_09_a_holder_that_fails_lets_the_others_load_immediately_and_together() {
    for (end, at_most) in [
        (Gate::fail as fn(Gate), Duration::from_millis(100)),
        (Gate::panic, Duration::from_millis(2_200)),
    ] {
        let database = Database::with_homes([(1, 10)]);
        let [holder, node, other] = fleet(&database, &Shelf::new()).await;
        let ask = home(1);
        let mut gate = database.stop_next_load();
        let failing = holder.begin(&ask).await;
        gate.reached().await;
        let waiting: Vec<_> = [node.begin(&ask).await, other.begin(&ask).await]
            .into_iter()
            .map(tokio::spawn)
            .collect();
        // Both waiters' loads are stopped: they must not wait for one another.
        let (mut first, mut second) = (database.stop_next_load(), database.stop_next_load());
        let started = Instant::now();
        end(gate);
        assert!(failing.await.is_err());
        first.reached().await;
        second.reached().await;
        assert!(started.elapsed() < at_most, "{:?}", started.elapsed());
        first.open();
        second.open();
        for answer in waiting {
            assert_eq!(rows(&answer.await.unwrap().unwrap()), &database.truth(&ask));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn case_08_the_load_lease_outlives_the_client() {
    let database = Database::with_homes([(1, 10)]);
    let [node, other, _] = fleet(&database, &Shelf::new()).await;
    let ask = home(1);
    let mut gate = database.stop_next_load();
    let leaving = node.begin(&ask).await;
    gate.reached().await;
    drop(leaving);
    let staying = tokio::spawn(other.begin(&ask).await);
    gate.open();
    assert_eq!(came(&staying.await.unwrap().unwrap()), FromOtherNode);
    assert_eq!(database.loads(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_node_without_a_lease_does_not_wait_for_others() {
    let database = Database::with_homes([(1, 10)]);
    let [node, other, _] = fleet(&database, &Shelf::new()).await;
    let ask = home(1);
    let mut gate = database.stop_next_load();
    let slow = other.begin(&ask).await;
    gate.reached().await;
    node.end_lease();
    let started = Instant::now();
    let answer = node.ask(&ask).await;
    assert_eq!(came(&answer), FromDatabase);
    assert_eq!(
        answer.trail.shared,
        Some(SharedStep::Miss {
            reason: Reason::NoLease,
            stored: true
        })
    );
    assert!(started.elapsed() < Duration::from_millis(100));
    gate.open();
    slow.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_refresh_takes_an_answer_that_another_node_has_refreshed() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let minute = Duration::from_secs(60);
    let node = Node::that_revalidates(&database, &shelf, minute).await;
    let other = Node::that_revalidates(&database, &shelf, minute).await;
    let ask = home(1);
    node.ask(&ask).await;
    other.ask(&ask).await;
    node.grow_old(minute);
    other.grow_old(minute);
    for node in [&node, &other] {
        node.ask(&ask).await;
        node.catch_up().await;
    }
    assert_eq!(database.loads(), 2, "one load, and one refresh for both");
}
