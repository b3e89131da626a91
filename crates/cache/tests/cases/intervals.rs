//! Answers that are revalidated at an interval, and answers that never are.

use std::time::Duration;

use ask::CachePolicy;

use crate::support::{
    Came::{FromDatabase, FromMemory, FromShared, WhileRefreshed},
    Database, Node, Shelf, home,
};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const YEAR: Duration = Duration::from_hours(365 * 24);

#[tokio::test(start_paused = true)]
async fn past_its_interval_an_answer_is_served_while_one_load_refreshes_it() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let ask = home(1).cached(CachePolicy::every(MINUTE));
    node.check(&ask, FromDatabase).await;
    // An interval is shortened by a tenth at most.
    node.grow_old(MINUTE * 9 / 10 - SECOND);
    node.check(&ask, FromMemory).await;
    node.grow_old(MINUTE / 10 + SECOND);
    let mut gate = database.stop_next_load();
    node.check(&ask, WhileRefreshed).await;
    gate.reached().await;
    for _ in 0..100 {
        node.check(&ask, FromMemory).await;
    }
    gate.open();
    node.catch_up().await;
    assert_eq!(database.loads(), 2, "one load, and one refresh");
    node.check(&ask, FromMemory).await;
    node.grow_old(MINUTE);
    node.check(&ask, WhileRefreshed).await;
}

#[tokio::test(start_paused = true)]
async fn a_policy_that_names_no_interval_has_the_default_one() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = Node::that_revalidates(&database, &Shelf::new(), MINUTE).await;
    let (standard, rare) = (home(1), home(2).cached(CachePolicy::every(YEAR)));
    for ask in [&standard, &rare] {
        node.check(ask, FromDatabase).await;
    }
    node.grow_old(MINUTE);
    node.check(&standard, WhileRefreshed).await;
    node.check(&rare, FromMemory).await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_valid_until_a_change_is_never_revalidated() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::that_revalidates(&database, &Shelf::new(), MINUTE).await;
    let ask = home(1).cached(CachePolicy::on_change());
    node.check(&ask, FromDatabase).await;
    for _ in 0..50 {
        node.grow_old(YEAR);
        node.check(&ask, FromMemory).await;
    }
    assert_eq!(database.loads(), 1);
    database.put(1, 11);
    node.catch_up().await;
    node.check(&ask, FromDatabase).await;
}

#[tokio::test(start_paused = true)]
async fn an_expired_answer_is_not_served() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let ask = home(1).cached(CachePolicy::every(MINUTE).keep(5 * MINUTE));
    node.check(&ask, FromDatabase).await;
    node.grow_old(5 * MINUTE);
    node.check(&ask, FromDatabase).await;
}

#[tokio::test(start_paused = true)]
async fn the_interval_counts_from_the_load_not_from_the_arrival_in_memory() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let node = Node::start(&database, &shelf).await;
    let ask = home(1).cached(CachePolicy::every(MINUTE));
    node.check(&ask, FromDatabase).await;
    let other = Node::start(&database, &shelf).await;
    other.grow_old(MINUTE);
    other.check(&ask, FromShared).await;
    other.check(&ask, WhileRefreshed).await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_not_stored_is_loaded_each_time() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let node = Node::start(&database, &shelf).await;
    let ask = home(1).cached(CachePolicy::never());
    node.check(&ask, FromDatabase).await;
    node.check(&ask, FromDatabase).await;
    assert!(shelf.snapshot().is_empty());
}

/// A caller that composes something from an answer waits until the answer is refreshed, and gets
/// the old one if that fails.
#[tokio::test(start_paused = true)]
async fn a_caller_that_composes_waits_for_the_refresh() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let ask = home(1).cached(CachePolicy::every(MINUTE));
    let loaded = node.ask(&ask).await.entry;
    node.grow_old(MINUTE);
    let gate = database.stop_next_load();
    gate.fail();
    let old = node.tiers.answer_not_due(&ask).await.ok().unwrap();
    assert!(std::sync::Arc::ptr_eq(&old.entry, &loaded));
    let refreshed = node.tiers.answer_not_due(&ask).await.ok().unwrap();
    assert!(!std::sync::Arc::ptr_eq(&refreshed.entry, &loaded));
    let again = node.tiers.answer_not_due(&ask).await.ok().unwrap();
    assert!(std::sync::Arc::ptr_eq(&again.entry, &refreshed.entry));
}
