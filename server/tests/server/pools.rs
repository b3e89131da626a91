//! A caller that is dropped midway returns its connection in a clean state; a pooler between the
//! server and PostgreSQL is one that needs no sessions.

use std::pin::pin;

use cache::Feed;
use catalogue::{normalizer::normalize, recipes::SCHEMA};
use futures::{future::join_all, poll};
use hearth::store::{Database, Purpose, Way};
use serde_json::json;
use site::List;

use crate::{
    on_both,
    support::{On, Server},
};

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
    let way = matches!(
        one.store.database(),
        Database::Postgres(_, _, Way::Pooler, _)
    );
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

#[tokio::test]
async fn loads_survive_the_end_of_all_connections() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    for round in 0..6 {
        let lists = |from: u32| {
            let server = &server;
            let paths = (from..from + 12).map(|n| format!("/api/properties/?min_price={n}"));
            join_all(paths.map(|path| async move { server.get(&path).await.status }))
        };
        // As many connections as the pool has for loads, used a moment ago.
        let first = lists(1_000 * round).await;
        server
            .sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            .await;
        let second = lists(1_000 * round + 500).await;
        for status in first.into_iter().chain(second) {
            assert_eq!(status, 200, "round {round}");
        }
    }
}
