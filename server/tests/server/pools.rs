//! A caller that is dropped midway returns its connection in a clean state.

use std::pin::pin;

use cache::Feed;
use catalogue::{normalizer::normalize, recipes::SCHEMA};
use futures::{future::join_all, poll};
use hearth::store::{Database, Purpose};
use site::List;

use crate::on_both;

/// Begins a transaction, polls it up to the given number of times, and drops it.
async fn abandon(database: &Database, polls: usize) {
    let mut beginning = pin!(database.begin(Purpose::Read));
    for _ in 0..polls {
        if poll!(&mut beginning).is_ready() {
            break;
        }
        tokio::task::yield_now().await;
    }
}

on_both! {
    async fn a_caller_dropped_while_a_transaction_begins_leaves_none_behind(server: Server) {
        let database = server.store.database().clone();
        for round in 0..60 {
            join_all((0..16).map(|caller| abandon(&database, 1 + caller * round))).await;
            // This commit must be in the next snapshot of every connection.
            server.sql("UPDATE recipes SET servings = servings + 1 WHERE id = 1").await;
            let head = server.store.head().await.unwrap().unwrap();
            // Searches are not shared: each caller loads its own.
            let search = List { query: normalize(&SCHEMA, "q=bread").unwrap() }.into();
            for answer in join_all((0..16).map(|_| server.tiers.answer(&search))).await {
                let stamp = answer.ok().unwrap().entry.stamp;
                assert_eq!(stamp, head, "round {round}: an old snapshot");
            }
        }
    }
}
