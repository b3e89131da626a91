//! The memory tier: bounded by bytes, and not washed out by a flood.

use std::sync::Arc;

use cache::Settings;

use crate::support::{
    Came::{FromDatabase, FromMemory},
    Database, HOMES, Node, Rows, Shelf, TestAsk, home, priced,
};

const ROOM: u64 = 1_000_000;

async fn small_node(database: &Arc<Database>) -> Node {
    let shelf = Shelf::new();
    shelf.set_away(true);
    let settings = Settings {
        memory_bytes: ROOM,
        ..Settings::default()
    };
    Node::with(database, &shelf, settings).await
}

/// How many of these are still cached; counting changes nothing, because all loads fail meanwhile.
async fn count_cached(node: &Node, database: &Database, asks: &[TestAsk]) -> usize {
    database.break_loads(true);
    let mut cached = 0;
    for ask in asks {
        cached += usize::from(node.tiers.answer(ask).await.is_ok());
    }
    database.break_loads(false);
    cached
}

#[tokio::test(start_paused = true)]
async fn memory_is_bounded_by_bytes() {
    for rows in [10, 100, 500] {
        let database = Database::with_homes((0..rows).map(|id| (id, id)));
        let node = small_node(&database).await;
        // All of them have the same rows.
        let asks: Vec<TestAsk> = (0..400).map(|n| priced(0..10_000 + n)).collect();
        for ask in &asks {
            node.check(ask, FromDatabase).await;
        }
        let cached = count_cached(&node, &database, &asks).await;
        let room = usize::try_from(ROOM).unwrap() / (Rows::ROW * usize::try_from(rows).unwrap());
        assert!(
            cached <= room,
            "{cached} answers of {rows} rows in the room for {room}"
        );
        assert!(
            cached >= (room / 2).max(1),
            "{cached} answers of {rows} rows in the room for {room}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn case_22_a_flood_of_one_off_keys_does_not_evict_a_hot_one() {
    let database = Database::with_homes((0..10).map(|id| (id, id)));
    let node = small_node(&database).await;
    let hot: Vec<TestAsk> = (0..10).map(home).collect();
    for ask in hot.iter().chain(&hot).chain(&hot) {
        node.ask(ask).await;
    }
    let flood: Vec<TestAsk> = (0..5_000).map(|n| priced(0..100 + n)).collect();
    for ask in &flood {
        node.check(ask, FromDatabase).await;
    }
    assert!(
        count_cached(&node, &database, &flood).await < 100,
        "the flood was larger than memory"
    );
    assert_eq!(count_cached(&node, &database, &hot).await, hot.len());
}

#[tokio::test(start_paused = true)]
async fn case_23_an_oversized_answer_is_not_stored_and_leaves_no_predecessor() {
    let database = Database::with_homes([(1, 10)]);
    let node = small_node(&database).await;
    let ask = priced(0..100);
    node.check(&ask, FromDatabase).await;
    node.check(&ask, FromMemory).await;
    database.commit((0..2_000).map(|id| (HOMES, id, Some(50))));
    node.catch_up().await;
    node.check(&ask, FromDatabase).await;
    node.check(&ask, FromDatabase).await;
    assert_eq!(count_cached(&node, &database, &[ask]).await, 0);
}
