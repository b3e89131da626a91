//! Old answers that are stored late.

use cache::MemoryStep;

use crate::support::{
    Came::{FromDatabase, FromMemory, FromShared},
    Database, Node, Shelf, TestAsk, home, priced, rows,
};

/// When the reader's node hears of the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notified {
    BeforeTheReply,
    AfterTheReply,
}

/// A reader reads old; a writer commits; the reader stores old, in memory and in the shared tier.
async fn check_store_of_old(ask: TestAsk, edit: impl Fn(&Database), notified: Notified) {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let shelf = Shelf::new();
    let (node, other) = (
        Node::start(&database, &shelf).await,
        Node::start(&database, &shelf).await,
    );
    let old = database.truth(&ask);
    let mut gate = database.stop_next_load();
    let asking = node.begin(&ask).await;
    gate.reached().await;
    node.hold_feed();
    edit(&database);
    assert_ne!(
        database.truth(&ask),
        old,
        "the edit matters to the question"
    );
    if notified == Notified::BeforeTheReply {
        node.follow_again().await;
    }
    gate.open();
    // This asker arrived before the change and may have either.
    assert_eq!(rows(&asking.await.unwrap()), &old);
    node.follow_again().await;
    other.catch_up().await;

    assert!(shelf.bytes(&ask).is_some(), "old is in the shared tier");
    other.check(&ask, FromDatabase).await;
    let answer = node.ask(&ask).await;
    assert_eq!(rows(&answer), &database.truth(&ask));
    assert_eq!(
        answer.trail.memory,
        MemoryStep::Outdated,
        "old was in memory"
    );
    node.check(&ask, FromMemory).await;
}

#[tokio::test(start_paused = true)]
async fn case_01_old_is_stored_after_the_commit() {
    for notified in [Notified::BeforeTheReply, Notified::AfterTheReply] {
        check_store_of_old(priced(0..100), |database| database.put(1, 11), notified).await;
        check_store_of_old(priced(0..100), |database| database.delete(1), notified).await;
        check_store_of_old(home(1), |database| database.put(1, 11), notified).await;
        check_store_of_old(home(1), |database| database.delete(1), notified).await;
    }
}

#[tokio::test(start_paused = true)]
async fn case_01_a_negative_answer_is_stored_after_the_commit() {
    for notified in [Notified::BeforeTheReply, Notified::AfterTheReply] {
        check_store_of_old(home(7), |database| database.put(7, 70), notified).await;
        check_store_of_old(priced(70..80), |database| database.put(7, 70), notified).await;
    }
}

#[tokio::test(start_paused = true)]
async fn case_02_old_from_the_shared_tier_does_not_stay_in_memory() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let ask = home(1);
    Node::start(&database, &shelf)
        .await
        .check(&ask, FromDatabase)
        .await;

    let node = Node::start(&database, &shelf).await;
    let mut gate = shelf.stop_next_read();
    let asking = node.begin(&ask).await;
    gate.reached().await;
    database.put(1, 11);
    node.catch_up().await;
    gate.open();
    // The asker arrived before the change, so old would be right as well; the next one did not.
    asking.await.unwrap();
    node.check(&ask, FromMemory).await;
}

#[tokio::test(start_paused = true)]
async fn case_02_old_from_the_shared_tier_is_outdated_by_a_later_change() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let ask = home(1);
    let first = Node::start(&database, &shelf).await;
    first.check(&ask, FromDatabase).await;
    let node = Node::start(&database, &shelf).await;
    node.hold_feed();
    database.put(1, 11);
    // Not acknowledged yet: the node may answer old, and now has it in memory.
    assert_eq!(rows(&node.ask(&ask).await), &database.truth_at(1, &ask));
    node.follow_again().await;
    node.check(&ask, FromDatabase).await;
}

#[tokio::test(start_paused = true)]
async fn case_06_a_late_result_lands_on_top_of_a_newer_one() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let ask = home(1);
    let slow = Node::start(&database, &shelf).await;
    let quick = Node::start(&database, &shelf).await;
    let mut gate = database.stop_next_load();
    let asking = slow.begin(&ask).await;
    gate.reached().await;
    database.put(1, 11);
    quick.catch_up().await;
    quick.check(&ask, FromDatabase).await;
    let newer = shelf.bytes(&ask);
    gate.open();
    asking.await.unwrap();
    assert_ne!(
        shelf.bytes(&ask),
        newer,
        "the late result replaced the newer one"
    );

    quick.check(&ask, FromMemory).await;
    Node::start(&database, &shelf)
        .await
        .check(&ask, FromDatabase)
        .await;
    slow.catch_up().await;
    slow.check(&ask, FromShared).await;
}
