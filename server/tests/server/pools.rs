//! A caller that is dropped midway returns its connection in a clean state; a pooler between the
//! server and PostgreSQL is one that needs no sessions.

use std::pin::pin;

use cache::Feed;
use catalogue::{normalizer::normalize, recipes::SCHEMA};
use futures::{future::join_all, poll};
use hearth::store::{Database, Purpose, Way};
use serde_json::json;
use site::List;

use crate::{on_both, support::Server};

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pooler_without_sessions_costs_no_correctness() {
    let Some(one) = Server::behind_a_pooler().await else {
        return;
    };
    let way = matches!(one.store.database(), Database::Postgres(.., Way::Pooler));
    assert!(way, "the pooler takes startup parameters");
    let other = one.another_node().await;
    for round in 1..=20 {
        // More requests than connections, so that the pooler changes servers between statements.
        let addresses = (1..=24).map(|id| format!("/api/properties/{}/history/", id * round));
        let addresses: Vec<String> = addresses.collect();
        let nodes = [&one, &other];
        let reads = addresses
            .iter()
            .zip(nodes.iter().cycle())
            .map(|(address, node)| node.get(address));
        for (answer, address) in join_all(reads).await.into_iter().zip(&addresses) {
            assert_eq!(answer.status, 200, "{address}: {}", answer.text());
        }
        let price = format!("{}00000.00", round);
        let edited = one
            .patch("/api/properties/7/", json!({"price": price}))
            .await;
        assert_eq!(edited.status, 200, "{}", edited.text());
        let seen = other.get("/api/properties/7/").await.json();
        assert_eq!(seen["price"], price);
    }
}
