//! Old answers that are stored late.

use cache::{MemoryStep, Reason};

use crate::support::{
    Came::{FromDatabase, FromMemory, FromShared},
    Database, Node, Shelf, TestAsk, home, priced, rows,
};

/// When the reader's node learns of the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notified {
    BeforeTheReply,
    AfterTheReply,
}

/// A reader reads an old answer; a writer commits; the reader stores the old answer, in memory and
/// in the shared tier.
async fn check_store_of_old(ask: TestAsk, edit: impl Fn(&Database), notified: Notified) {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let shelf = Shelf::new();
    let (node, other) = (
        Node::start(&database, &shelf).await,
        Node::start(&database, &shelf).await,
    );
    let old = database.truth(&ask);
    let mut gate = database.stop_next_load();
    let pending = node.begin(&ask).await;
    gate.reached().await;
    node.hold_feed();
    edit(&database);
    assert_ne!(database.truth(&ask), old, "the edit changes the answer");
    if notified == Notified::BeforeTheReply {
        node.follow_again().await;
    }
    gate.open();
    // This caller arrived before the change and may get either answer.
    assert_eq!(rows(&pending.await.unwrap()), &old);
    node.follow_again().await;
    other.catch_up().await;

    assert!(
        shelf.bytes(&ask).is_some(),
        "the old answer is in the shared tier"
    );
    other.check(&ask, FromDatabase).await;
    let answer = node.ask(&ask).await;
    assert_eq!(rows(&answer), &database.truth(&ask));
    assert!(
        matches!(answer.trail.memory, MemoryStep::Miss(Reason::Touched(_))),
        "the old answer was in memory"
    );
    node.check(&ask, FromMemory).await;
}

#[tokio::test(start_paused = true)]
async fn case_01_an_old_answer_is_stored_after_the_commit() {
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
async fn case_02_an_old_answer_from_the_shared_tier_does_not_stay_in_memory() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let ask = home(1);
    Node::start(&database, &shelf)
        .await
        .check(&ask, FromDatabase)
        .await;

    let node = Node::start(&database, &shelf).await;
    let mut gate = shelf.stop_next_read();
    let pending = node.begin(&ask).await;
    gate.reached().await;
    database.put(1, 11);
    node.catch_up().await;
    gate.open();
    // The caller arrived before the change, so the old answer would be right too; the next one
    // did not.
    pending.await.unwrap();
    node.check(&ask, FromMemory).await;
}

#[tokio::test(start_paused = true)]
async fn case_02_an_old_answer_from_the_shared_tier_is_outdated_by_a_later_change() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let ask = home(1);
    let first = Node::start(&database, &shelf).await;
    first.check(&ask, FromDatabase).await;
    let node = Node::start(&database, &shelf).await;
    node.hold_feed();
    database.put(1, 11);
    // Not acknowledged yet: the node may serve the old answer, and now has it in memory.
    assert_eq!(rows(&node.ask(&ask).await), &database.truth_at(1, &ask));
    node.follow_again().await;
    node.check(&ask, FromDatabase).await;
}

#[tokio::test(start_paused = true)]
async fn case_06_a_late_result_replaces_a_newer_one() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let ask = home(1);
    let slow = Node::start(&database, &shelf).await;
    let quick = Node::start(&database, &shelf).await;
    let mut gate = database.stop_next_load();
    let pending = slow.begin(&ask).await;
    gate.reached().await;
    database.put(1, 11);
    quick.catch_up().await;
    quick.check(&ask, FromDatabase).await;
    let newer = shelf.bytes(&ask);
    gate.open();
    pending.await.unwrap();
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
