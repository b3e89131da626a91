//! Connections come back from whoever leaves in the midst of something as if nothing had been.

use std::pin::pin;

use cache::Feed;
use catalogue::{normalizer::normalize, recipes::SCHEMA};
use futures::{future::join_all, poll};
use hearth::store::{Database, Purpose};
use site::List;

use crate::on_both;

/// Begins a transaction, looks so many times whether it has begun, and leaves.
async fn leave(database: &Database, looks: usize) {
    let mut beginning = pin!(database.begin(Purpose::Read));
    for _ in 0..looks {
        if poll!(&mut beginning).is_ready() {
            break;
        }
        tokio::task::yield_now().await;
    }
}

on_both! {
    async fn who_leaves_while_a_transaction_begins_leaves_no_transaction_behind(server: Server) {
        let database = server.store.database().clone();
        for round in 0..60 {
            join_all((0..16).map(|leaver| leave(&database, 1 + leaver * round))).await;
            // What is committed now is in the next snapshot of every connection.
            server.sql("UPDATE recipes SET servings = servings + 1 WHERE id = 1").await;
            let head = server.store.head().await.unwrap().unwrap();
            // A search is loaded by everybody for themselves.
            let search = List { query: normalize(&SCHEMA, "q=bread").unwrap() }.into();
            for answer in join_all((0..16).map(|_| server.tiers.answer(&search))).await {
                let stamp = answer.ok().unwrap().entry.stamp;
                assert_eq!(stamp, head, "round {round}: an old snapshot");
            }
        }
    }
}
