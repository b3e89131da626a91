//! Nodes that cannot reach the database: cached answers are served marked, or not at all.

use std::{sync::Arc, time::Duration};

use cache::{Failure, Settings};
use tokio::time::Instant;

use crate::support::{
    Came::{FromDatabase, FromMemory, Marked},
    Database, Feed, Node, Shelf, came, home, priced, rows,
};

/// A node that has cached homes 1 and 2 and the list of both, without a lease or a database.
async fn cut_off_node(database: &Arc<Database>, shelf: &Arc<Shelf>) -> Node {
    let node = Node::start(database, shelf).await;
    for ask in [home(1), home(2), priced(0..100)] {
        node.ask(&ask).await;
    }
    node.end_lease();
    database.break_loads(true);
    node
}

#[tokio::test(start_paused = true)]
async fn cached_answers_are_marked_until_the_database_is_back() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = cut_off_node(&database, &Shelf::new()).await;
    // Acknowledged: the node's lease is over.
    database.put(1, 11);
    for _ in 0..3 {
        let answer = node.ask(&home(1)).await;
        assert_eq!(came(&answer), Marked);
        assert_eq!(rows(&answer), &database.truth_at(1, &home(1)));
    }
    assert!(
        matches!(node.tiers.answer(&home(3)).await, Err(Failure::Origin(_))),
        "no answer is cached for it"
    );
    database.break_loads(false);
    // The first caller after a while starts a probe; those after it get current answers.
    tokio::time::advance(Duration::from_millis(500)).await;
    assert_eq!(came(&node.ask(&home(1)).await), Marked);
    node.catch_up().await;
    node.check(&home(1), FromDatabase).await;
    node.follow_again().await;
    node.check(&home(1), FromMemory).await;
}

#[tokio::test(start_paused = true)]
async fn no_caller_waits_for_a_database_that_is_known_to_be_down() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = cut_off_node(&database, &Shelf::new()).await;
    node.ask(&home(1)).await;
    let loads = database.loads();
    for _ in 0..100 {
        node.ask(&home(2)).await;
    }
    assert_eq!(database.loads(), loads, "no herd of loads that must fail");
}

#[tokio::test(start_paused = true)]
async fn a_silent_database_counts_as_unreachable() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = cut_off_node(&database, &Shelf::new()).await;
    let _gate = database.stop_next_load();
    let started = Instant::now();
    assert_eq!(came(&node.ask(&home(1)).await), Marked);
    assert_eq!(started.elapsed(), Duration::from_secs(2));
    assert_eq!(came(&node.ask(&home(2)).await), Marked);
    assert_eq!(started.elapsed(), Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn a_load_that_is_late_is_no_outage_while_the_log_is_followed() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = Node::start(&database, &Shelf::new()).await;
    node.ask(&home(1)).await;
    database.put(1, 11);
    node.catch_up().await;
    let _gate = database.stop_next_load();
    let started = Instant::now();
    // The outdated answer is not served in its place.
    assert!(matches!(
        node.tiers.answer(&home(1)).await,
        Err(Failure::Late)
    ));
    assert_eq!(started.elapsed(), Duration::from_secs(10));
    node.check(&home(1), FromDatabase).await;
}

#[tokio::test(start_paused = true)]
async fn a_database_that_is_only_slow_is_waited_for() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = Node::start(&database, &Shelf::new()).await;
    for ask in [home(1), home(2)] {
        node.ask(&ask).await;
    }
    node.end_lease();
    database.put(1, 11);
    let gate = database.stop_next_load();
    let pending = tokio::spawn(node.begin(&home(1)).await);
    // One load takes seven seconds; meanwhile others are answered.
    for _ in 0..7 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        node.check(&home(2), FromDatabase).await;
    }
    gate.open();
    assert_eq!(came(&pending.await.unwrap().unwrap()), FromDatabase);
}

#[tokio::test(start_paused = true)]
async fn a_slow_load_on_a_node_with_a_lease_is_waited_for() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    node.ask(&home(1)).await;
    database.put(1, 11);
    node.catch_up().await;
    let gate = database.stop_next_load();
    let pending = tokio::spawn(node.begin(&home(1)).await);
    tokio::time::sleep(Duration::from_secs(5)).await;
    gate.open();
    assert_eq!(came(&pending.await.unwrap().unwrap()), FromDatabase);
}

/// The last change that the node learned of before it was cut off was that the home is gone.
#[tokio::test(start_paused = true)]
async fn case_07_a_withdrawn_home_is_not_shown_not_even_marked() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = Node::start(&database, &Shelf::new()).await;
    for ask in [home(1), home(2), priced(0..100), priced(15..100)] {
        node.ask(&ask).await;
    }
    database.delete(1);
    node.catch_up().await;
    node.end_lease();
    database.break_loads(true);
    for ask in [home(1), priced(0..100)] {
        assert!(node.tiers.answer(&ask).await.is_err(), "{ask:?}");
    }
    for ask in [home(2), priced(15..100)] {
        assert_eq!(came(&node.ask(&ask).await), Marked, "{ask:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn answers_that_other_nodes_have_shared_are_served_too() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let shelf = Shelf::new();
    let node = cut_off_node(&database, &shelf).await;
    drop(node);
    database.break_loads(false);
    let fresh = Node::start(&database, &shelf).await;
    fresh.end_lease();
    database.break_loads(true);
    let answer = fresh.ask(&home(1)).await;
    assert_eq!(came(&answer), Marked);
    assert_eq!(rows(&answer), &database.truth(&home(1)));
}

#[tokio::test(start_paused = true)]
async fn if_so_configured_a_node_that_is_cut_off_fails() {
    let database = Database::with_homes([(1, 10)]);
    let settings = Settings {
        serve_cut_off: false,
        ..Settings::default()
    };
    let node = Node::with(&database, &Shelf::new(), settings).await;
    node.ask(&home(1)).await;
    node.end_lease();
    database.break_loads(true);
    assert!(node.tiers.answer(&home(1)).await.is_err());
}

/// Only the feed is cut: the database can be reached, so nothing is marked.
#[tokio::test(start_paused = true)]
async fn a_node_that_lacks_only_its_feed_loads() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    node.ask(&home(1)).await;
    node.end_lease();
    for price in 11..14 {
        database.put(1, price);
        node.check(&home(1), FromDatabase).await;
    }
}

#[tokio::test(start_paused = true)]
async fn on_a_node_that_was_struck_off_nothing_is_valid_until_it_registers_again() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    node.ask(&home(1)).await;
    node.strike_off().await;
    node.check(&home(1), FromDatabase).await;
    node.set_feed(Feed::Open);
    node.catch_up().await;
    assert!(node.log.has_lease());
    node.check(&home(1), FromMemory).await;
}
