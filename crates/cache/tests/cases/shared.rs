//! The shared tier: what it holds, loses and restores.

use bytes::Bytes;
use cache::{Reason, SharedStep, shared::InProcess};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

use crate::support::{
    Came::{FromDatabase, FromMemory, FromShared},
    Database, Node, Shelf, TestAsk, home, priced, rows,
};

#[tokio::test(start_paused = true)]
async fn a_second_node_gets_an_answer_without_a_load() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let in_process = Arc::new(InProcess::new(1_000_000));
    for ask in [priced(0..100), home(1), home(7)] {
        let before = database.loads();
        Node::start(&database, &shelf)
            .await
            .check(&ask, FromDatabase)
            .await;
        Node::start(&database, &shelf)
            .await
            .check(&ask, FromShared)
            .await;
        assert_eq!(database.loads(), before + 1);
        Node::start(&database, &in_process)
            .await
            .check(&ask, FromDatabase)
            .await;
        Node::start(&database, &in_process)
            .await
            .check(&ask, FromShared)
            .await;
        assert_eq!(database.loads(), before + 2);
    }
}

/// A new node finds these bytes where the answer should be.
async fn check_garbage(what: &str, spoil: impl Fn(Bytes) -> Bytes) {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let ask = home(1);
    Node::start(&database, &shelf)
        .await
        .check(&ask, FromDatabase)
        .await;
    let good = shelf.bytes(&ask).unwrap();
    let bad = spoil(good.clone());
    assert_ne!(good, bad);
    shelf.put(&ask, bad);
    let answer = Node::start(&database, &shelf).await.ask(&ask).await;
    assert_eq!(rows(&answer), &database.truth(&ask), "{what}");
    let expect = SharedStep::Miss {
        reason: Reason::Schema,
        stored: true,
    };
    assert_eq!(answer.trail.shared, Some(expect), "{what}");
    Node::start(&database, &shelf)
        .await
        .check(&ask, FromShared)
        .await;
}

#[tokio::test(start_paused = true)]
async fn garbage_is_a_miss_and_is_replaced() {
    check_garbage("nothing", |_| Bytes::new()).await;
    check_garbage("text", |_| {
        Bytes::from_static(b"WRONGTYPE Operation against a key")
    })
    .await;
    check_garbage("cut short", |good| good.slice(..good.len() - 1)).await;
    check_garbage("too long", |good| [&good[..], b"x"].concat().into()).await;
    check_garbage("another format", |good| {
        [b"HTH0", &good[4..]].concat().into()
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn another_asks_entry_under_a_shortened_key_is_a_miss() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let shelf = Shelf::new();
    let (one, two) = (home(1).under_key("short~0"), home(2).under_key("short~0"));
    let node = Node::start(&database, &shelf).await;
    node.check(&one, FromDatabase).await;
    node.check(&two, FromDatabase).await;
    Node::start(&database, &shelf)
        .await
        .check(&one, FromDatabase)
        .await;
}

/// After edits, the shared tier misbehaves; then the old node and a new one query it.
async fn check_misbehaviour(what: &str, misbehave: impl Fn(&Shelf, &Shelf)) {
    let database = Database::with_homes((0..20).map(|id| (id, id * 10)));
    let (shelf, last_week) = (Shelf::new(), Shelf::new());
    let asks: Vec<TestAsk> = (0..20)
        .map(home)
        .chain((0..20).map(|n| priced(n * 10..n * 10 + 15)))
        .collect();
    let node = Node::start(&database, &shelf).await;
    for ask in &asks {
        node.ask(ask).await;
    }
    last_week.restore(&shelf.snapshot());
    for id in 0..10 {
        database.put(id, id * 10 + 100);
    }
    node.catch_up().await;
    for ask in &asks {
        node.ask(ask).await;
    }
    misbehave(&shelf, &last_week);
    let fresh = Node::start(&database, &shelf).await;
    for node in [&node, &fresh] {
        for ask in &asks {
            assert_eq!(
                rows(&node.ask(ask).await),
                &database.truth(ask),
                "{what}: {ask:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn case_14_the_shared_tier_loses_and_restores_entries() {
    check_misbehaviour("nothing happens", |_, _| {}).await;
    check_misbehaviour("it loses everything", |shelf, _| shelf.evict(|_| true)).await;
    check_misbehaviour("it comes back with an old snapshot", |shelf, last_week| {
        shelf.restore(&last_week.snapshot());
    })
    .await;
    check_misbehaviour("a replica lags in some keys", |shelf, last_week| {
        let mut random = ChaCha8Rng::seed_from_u64(14);
        let mut entries = shelf.snapshot();
        entries.extend(
            last_week
                .snapshot()
                .into_iter()
                .filter(|_| random.random_bool(0.5)),
        );
        shelf.restore(&entries);
    })
    .await;
    check_misbehaviour("it evicts at any time", |shelf, _| {
        let mut random = ChaCha8Rng::seed_from_u64(14);
        shelf.evict(|_| random.random_bool(0.5));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn case_16_down_during_the_edit_and_back_with_the_old_entry() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let ask = home(1);
    let node = Node::start(&database, &shelf).await;
    node.check(&ask, FromDatabase).await;
    shelf.set_away(true);
    database.put(1, 11);
    node.catch_up().await;
    let answer = node.ask(&ask).await;
    let away = SharedStep::Miss {
        reason: Reason::SharedAway,
        stored: false,
    };
    assert_eq!(answer.trail.shared, Some(away));
    assert_eq!(rows(&answer), &database.truth(&ask));
    shelf.set_away(false);
    node.check(&ask, FromMemory).await;
    let answer = Node::start(&database, &shelf).await.ask(&ask).await;
    assert!(matches!(
        answer.trail.shared,
        Some(SharedStep::Miss {
            reason: Reason::Touched(_),
            stored: true
        })
    ));
    assert_eq!(rows(&answer), &database.truth(&ask));
}

#[tokio::test(start_paused = true)]
async fn an_answer_from_a_node_that_is_ahead_is_waited_for() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let (node, ahead) = Node::behind_another(&database, &shelf).await;
    ahead.check(&home(1), FromDatabase).await;
    let mut gate = shelf.stop_next_read();
    let pending = node.begin(&home(1)).await;
    gate.reached().await;
    gate.open();
    node.follow_again().await;
    assert_eq!(crate::support::came(&pending.await.unwrap()), FromShared);
}
