//! Stampedes: how many callers may wait, and how many loads run at a time.

use cache::{Failure, Settings};
use futures::future::join_all;

use crate::support::{Came::FromMemory, Database, Node, Shelf, home, rows};

#[tokio::test(start_paused = true)]
async fn callers_beyond_the_limit_are_refused_immediately() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let settings = Settings {
        waiters: 10,
        ..Settings::default()
    };
    let node = Node::with(&database, &Shelf::new(), settings).await;
    node.ask(&home(2)).await;
    let mut gate = database.stop_next_load();
    let mut waiting = Vec::new();
    for _ in 0..10 {
        waiting.push(node.begin(&home(1)).await);
    }
    for ask in [home(1), home(3)] {
        assert!(matches!(node.tiers.answer(&ask).await, Err(Failure::Busy)));
    }
    node.check(&home(2), FromMemory).await;
    gate.reached().await;
    gate.open();
    for answer in join_all(waiting).await {
        assert_eq!(rows(&answer.unwrap()), &database.truth(&home(1)));
    }
    node.ask(&home(3)).await;
}

/// Clients that come, start a load and leave cannot pile up loads without limit.
#[tokio::test(start_paused = true)]
async fn flights_without_waiting_callers_count_too() {
    let database = Database::with_homes((0..20).map(|id| (id, id)));
    let settings = Settings {
        waiters: 10,
        ..Settings::default()
    };
    let node = Node::with(&database, &Shelf::new(), settings).await;
    let gates: Vec<_> = (0..10).map(|_| database.stop_next_load()).collect();
    for id in 0..10 {
        drop(node.begin(&home(id)).await);
    }
    assert!(matches!(
        node.tiers.answer(&home(11)).await,
        Err(Failure::Busy)
    ));
    gates.into_iter().for_each(crate::support::Gate::open);
}

/// Case 29: a stampede on many keys leaves connections for other work.
#[tokio::test(start_paused = true)]
async fn case_29_loads_are_bounded() {
    let database = Database::with_homes((0..50).map(|id| (id, id)));
    let settings = Settings {
        loads: 3,
        ..Settings::default()
    };
    let node = Node::with(&database, &Shelf::new(), settings).await;
    let mut gates: Vec<_> = (0..50).map(|_| database.stop_next_load()).collect();
    let mut callers = Vec::new();
    for id in 0..50 {
        callers.push(tokio::spawn(node.begin(&home(id)).await));
    }
    for gate in &mut gates[..3] {
        gate.reached().await;
    }
    node.catch_up().await;
    assert_eq!(database.loads(), 3);
    gates.into_iter().for_each(crate::support::Gate::open);
    for answer in join_all(callers).await {
        answer.unwrap().unwrap();
    }
    assert_eq!(database.loads(), 50);
}
