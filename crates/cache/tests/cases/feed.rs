//! The change feed: what a node learns from it, when, and what is valid when it learns nothing.

use std::time::Duration;

use ask::Ask as _;
use tokio::time::Instant;

use crate::support::{
    Came::{self, FromDatabase, FromMemory, FromShared},
    Database, Feed, HOMES, Node, RECIPES, Shelf, TestAsk, home, priced, recipes_priced,
};

/// Checks the answers, and where they came from, after the feed was cut, edits were made, and the
/// feed came back.
async fn check_missed(what: &str, edit: impl Fn(&Database), expected: &[(TestAsk, Came)]) {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    database.commit([(RECIPES, 1, Some(10))]);
    // The shared tier is down: what memory does not hold is loaded.
    let shelf = Shelf::new();
    shelf.set_away(true);
    let node = Node::start(&database, &shelf).await;
    for (ask, _) in expected {
        node.check(ask, FromDatabase).await;
        node.check(ask, FromMemory).await;
    }
    node.set_feed(Feed::Cut);
    edit(&database);
    node.catch_up().await;
    node.follow_again().await;
    for (ask, came) in expected {
        println!("{what}: {}", ask.url());
        node.check(ask, *came).await;
        node.check(ask, FromMemory).await;
    }
}

fn edit_times(times: usize) -> impl Fn(&Database) {
    move |database| (0..times).for_each(|time| database.put(1, 10 + (time as i64) % 7))
}

fn edit_in_one_revision(rows: i64, price: i64) -> impl Fn(&Database) {
    move |database| database.commit((1_000..1_000 + rows).map(|id| (HOMES, id, Some(price))))
}

#[tokio::test(start_paused = true)]
async fn case_10_reconnect_after_missed_changes() {
    for missed in [1, 2, 1_500, 9_999, 10_001, 25_000] {
        let expected = [
            (home(1), FromDatabase),
            (home(2), FromMemory),
            (priced(0..15), FromDatabase),
        ];
        check_missed(&format!("{missed} missed"), edit_times(missed), &expected).await;
    }
}

#[tokio::test(start_paused = true)]
async fn case_10_reconnect_after_more_changes_than_the_node_holds() {
    let expected = [(home(1), FromDatabase), (home(2), FromDatabase)];
    check_missed("100,000 missed", edit_times(100_001), &expected).await;
}

#[tokio::test(start_paused = true)]
async fn an_entry_that_is_older_than_the_nodes_log_is_a_miss() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let node = Node::start(&database, &shelf).await;
    node.check(&home(1), FromDatabase).await;
    let other = Node::start(&database, &shelf).await;
    // A thousand rows at a time: few enough to be told apart, and followed as they come.
    for price in 0..99 {
        edit_in_one_revision(1_000, 500 + price)(&database);
        node.catch_up().await;
        other.catch_up().await;
    }
    // The log just reaches back to the entry's stamp.
    Node::start(&database, &shelf)
        .await
        .check(&home(1), FromShared)
        .await;
    node.check(&home(1), FromMemory).await;
    edit_in_one_revision(1_000, 500)(&database);
    node.catch_up().await;
    other.catch_up().await;
    other.check(&home(1), FromDatabase).await;
}

#[tokio::test(start_paused = true)]
async fn case_10_a_burst_in_one_revision() {
    // Up to a thousand rows are told apart; above, the whole catalogue counts as changed.
    for (rows, came) in [
        (1_000, FromMemory),
        (1_001, FromDatabase),
        (10_001, FromDatabase),
        (100_001, FromDatabase),
    ] {
        let expected = [
            (home(1), came),
            (priced(0..100), came),
            (recipes_priced(0..100), FromMemory),
        ];
        let expected = if rows > 100_000 {
            // More than a node holds: nothing is known about earlier answers.
            expected.map(|(ask, _)| (ask, FromDatabase))
        } else {
            expected
        };
        check_missed(
            &format!("{rows} in one revision"),
            edit_in_one_revision(rows, 500),
            &expected,
        )
        .await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_gap_in_the_log_counts_as_its_beginning() {
    let database = Database::with_homes([(1, 10), (2, 20), (3, 30)]);
    let node = Node::start(&database, &Shelf::new()).await;
    for id in 1..=3 {
        node.check(&home(id), FromDatabase).await;
    }
    node.set_feed(Feed::Without(2));
    for id in 1..=2 {
        database.put(id, 50);
    }
    node.catch_up().await;
    assert!(node.log.has_lease());
    for id in 1..=3 {
        node.check(&home(id), FromDatabase).await;
    }
    // After the gap, changes are told apart again.
    database.put(1, 60);
    node.catch_up().await;
    node.check(&home(1), FromDatabase).await;
    node.check(&home(2), FromMemory).await;
}

#[tokio::test(start_paused = true)]
async fn case_10_a_half_open_feed() {
    for silence in [Feed::Silent, Feed::SilentChanges] {
        let database = Database::with_homes([(1, 10), (2, 20)]);
        let node = Node::start(&database, &Shelf::new()).await;
        node.check(&home(1), FromDatabase).await;
        node.check(&home(2), FromDatabase).await;
        node.set_feed(silence);
        database.put(1, 11);
        // The first call that hangs must time out before another can be made.
        let started = Instant::now();
        node.catch_up().await;
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "{silence:?} holds up the follower"
        );
        node.pass(Duration::from_millis(1_800));
        node.check(&home(2), FromDatabase).await;
        node.check(&home(1), FromDatabase).await;
        node.follow_again().await;
        node.check(&home(1), FromMemory).await;
    }
}

#[tokio::test(start_paused = true)]
async fn case_11_the_reply_comes_before_the_notification() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let ask = home(1);
    node.hold_feed();
    database.put(1, 11);
    node.check(&ask, FromDatabase).await;
    // The answer in memory is ahead of the node, which must first learn of the change.
    let pending = node.begin(&ask).await;
    node.set_feed(Feed::Open);
    assert_eq!(crate::support::came(&pending.await.unwrap()), FromMemory);
    assert_eq!(database.loads(), 1);
}

#[tokio::test(start_paused = true)]
async fn case_11_the_notification_never_comes() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let ask = home(1);
    node.hold_feed();
    database.put(1, 11);
    node.check(&ask, FromDatabase).await;
    node.check(&ask, FromDatabase).await;
}

#[tokio::test(start_paused = true)]
async fn case_11_the_notification_comes_before_the_reply() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let ask = home(1);
    database.put(1, 11);
    let mut gate = database.stop_next_load();
    let pending = node.begin(&ask).await;
    gate.reached().await;
    node.catch_up().await;
    gate.open();
    pending.await.unwrap();
    node.check(&ask, FromMemory).await;
    assert_eq!(database.loads(), 1);
}

#[tokio::test(start_paused = true)]
async fn case_13_nodes_whose_clocks_disagree_share_answers() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let (node, ahead) = (
        Node::start(&database, &shelf).await,
        Node::start(&database, &shelf).await,
    );
    ahead.pass(Duration::from_secs(15 * 60));
    ahead.catch_up().await;
    // The leases' clocks stand still: all of these changes happen in one millisecond.
    for price in 11..20 {
        database.put(1, price);
        ahead.catch_up().await;
        node.catch_up().await;
        ahead.check(&home(1), FromDatabase).await;
        node.check(&home(1), FromShared).await;
    }
}

#[tokio::test(start_paused = true)]
async fn case_28_the_lease_ends_while_the_machine_is_suspended() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = Node::start(&database, &Shelf::new()).await;
    node.check(&home(1), FromDatabase).await;
    node.check(&home(2), FromDatabase).await;
    database.put(1, 11);
    // Nothing ran, so the node learned nothing; only the clock continued.
    node.pass(Duration::from_secs(60));
    assert!(!node.log.has_lease());
    node.check(&home(1), FromDatabase).await;
    node.check(&home(2), FromDatabase).await;
    node.follow_again().await;
    node.check(&home(1), FromMemory).await;
}

#[tokio::test(start_paused = true)]
async fn case_28_a_lease_lasts_nine_tenths_of_two_seconds_from_before_the_confirmation() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    node.set_feed(Feed::Cut);
    node.catch_up().await;
    node.pass(Duration::from_millis(1_799));
    assert!(node.log.has_lease());
    node.pass(Duration::from_millis(1));
    assert!(!node.log.has_lease());
}

#[tokio::test(start_paused = true)]
async fn a_node_that_hears_nothing_from_the_log_loads() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let node = Node::start(&database, &shelf).await;
    node.end_lease();
    for price in 11..14 {
        node.check(&home(1), FromDatabase).await;
        database.put(1, price);
        node.check(&home(1), FromDatabase).await;
    }
}
