//! Answers that are served while they are refreshed.

use std::{sync::Arc, time::Duration};

use cache::Answer;

use crate::support::{
    Came::{FromDatabase, FromMemory, WhileRefreshed},
    Database, Gate, Link, Node, Shelf, TestAsk, came, home, rows,
};

/// A node that revalidates answers that are a minute old.
async fn impatient_node(database: &Arc<Database>) -> Node {
    Node::that_revalidates(database, &Shelf::new(), MINUTE).await
}

const MINUTE: Duration = Duration::from_secs(60);

/// Loads the answer for the first time, and lets it age by a minute.
async fn first_load(node: &Node, ask: &TestAsk) -> Answer<Link> {
    let answer = node.ask(ask).await;
    assert_eq!(came(&answer), FromDatabase);
    node.grow_old(MINUTE);
    answer
}

#[tokio::test(start_paused = true)]
async fn a_refresh_runs_once_and_in_the_background() {
    let database = Database::with_homes([(1, 10)]);
    let node = impatient_node(&database).await;
    let ask = home(1);
    let loaded = first_load(&node, &ask).await.entry;
    let mut gate = database.stop_next_load();
    node.check(&ask, WhileRefreshed).await;
    gate.reached().await;
    for _ in 0..10 {
        node.check(&ask, FromMemory).await;
    }
    assert_eq!(database.loads(), 2);
    gate.open();
    node.catch_up().await;
    assert!(
        !Arc::ptr_eq(&loaded, &node.ask(&ask).await.entry),
        "the refreshed answer took its place"
    );
}

#[tokio::test(start_paused = true)]
async fn refreshes_are_bounded() {
    let database = Database::with_homes((0..10).map(|id| (id, id)));
    let node = impatient_node(&database).await;
    for id in 0..10 {
        node.check(&home(id), FromDatabase).await;
    }
    node.grow_old(MINUTE);
    let before = database.loads();
    let mut gates: Vec<_> = (0..10).map(|_| database.stop_next_load()).collect();
    for id in 0..10 {
        let expected = if id < 4 { WhileRefreshed } else { FromMemory };
        node.check(&home(id), expected).await;
    }
    for gate in &mut gates[..4] {
        gate.reached().await;
    }
    node.catch_up().await;
    assert_eq!(database.loads(), before + 4);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_fails_leaves_the_answer() {
    let database = Database::with_homes([(1, 10)]);
    let node = impatient_node(&database).await;
    first_load(&node, &home(1)).await;
    for end in [Gate::fail, Gate::panic] {
        let mut gate = database.stop_next_load();
        node.check(&home(1), WhileRefreshed).await;
        gate.reached().await;
        end(gate);
        node.catch_up().await;
        // A refresh that has just failed is not tried again immediately.
        node.check(&home(1), FromMemory).await;
        node.pass(Duration::from_secs(10));
        node.catch_up().await;
    }
    node.check(&home(1), WhileRefreshed).await;
}

#[tokio::test(start_paused = true)]
async fn case_04_a_refresh_is_overtaken_by_a_change() {
    for finished in [false, true] {
        let database = Database::with_homes([(1, 10)]);
        let node = impatient_node(&database).await;
        let ask = home(1);
        first_load(&node, &ask).await;
        let mut gate = database.stop_next_load();
        node.check(&ask, WhileRefreshed).await;
        gate.reached().await;
        database.put(1, 11);
        node.catch_up().await;
        if finished {
            gate.open();
            node.catch_up().await;
            node.check(&ask, FromDatabase).await;
        } else {
            let pending = node.begin(&ask).await;
            gate.open();
            assert_eq!(rows(&pending.await.unwrap()), &database.truth(&ask));
        }
    }
}
