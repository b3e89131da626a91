//! Edits from every source are in the next answer.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    on_both,
    support::{On, Server, TOKEN},
};

/// The row as shown in its list, and at its own address.
async fn shown(server: &Server, id: i64) -> (Value, Value) {
    let home = server.get(&format!("/api/properties/{id}/")).await.json();
    let path = format!(
        "/api/properties/?status=any&page_size=100&city={}",
        home["location"]["city"].as_str().unwrap().replace(' ', "+")
    );
    let list = server.get(&path).await.json();
    let listed = list["results"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["id"] == id)
        .cloned();
    (listed.unwrap_or_default(), home)
}

on_both! {
    async fn case_12_a_patch_is_in_the_next_answer(server: Server) {
        for price in ["111000.00", "222000.50", "333000.00"] {
            shown(&server, 7).await;
            let answer = server.patch("/api/properties/7/", json!({"price": price})).await;
            assert_eq!((answer.status, answer.json()["price"].as_str()), (StatusCode::OK, Some(price)));
            let revision: u64 = answer.header("hearth-revision").parse().unwrap();
            assert!(revision > 2);
            let (listed, home) = shown(&server, 7).await;
            assert_eq!((listed["price"].as_str(), home["price"].as_str()), (Some(price), Some(price)));
        }
    }

    async fn an_edit_from_outside_is_seen_within_a_second(server: Server) {
        shown(&server, 7).await;
        server.sql("UPDATE properties SET price_cents = 12345600 WHERE id = 7").await;
        let deadline = tokio::time::Instant::now() + Duration::from_secs(1);
        loop {
            let (listed, home) = shown(&server, 7).await;
            if listed["price"] == "123456.00" && home["price"] == "123456.00" {
                break;
            }
            assert!(tokio::time::Instant::now() < deadline, "still {home}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn an_edit_of_an_outdated_version_is_refused(server: Server) {
        let etag = server.get("/api/properties/7/").await.header("etag").to_owned();
        let authorization = format!("Bearer {TOKEN}");
        let headers = [("authorization", authorization.as_str()), ("if-match", etag.as_str())];
        let edit = |price: &str| json!({ "price": price }).to_string().into_bytes();
        let first = server.send(Method::PATCH, "/api/properties/7/", &headers, edit("1.00")).await;
        assert_eq!(first.status, StatusCode::OK);
        let second = server.send(Method::PATCH, "/api/properties/7/", &headers, edit("2.00")).await;
        assert_eq!(second.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(server.get("/api/properties/7/").await.json()["price"], "1.00");
    }

    async fn a_removed_row_is_gone_and_a_row_that_comes_back_is_seen(server: Server) {
        let authorization = format!("Bearer {TOKEN}");
        let headers = [("authorization", authorization.as_str())];
        let count = server.get("/api/recipes/").await.json()["count"].as_u64().unwrap();
        let gone = server.send(Method::DELETE, "/api/recipes/7/", &headers, Vec::new()).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        assert_eq!(server.get("/api/recipes/7/").await.status, StatusCode::NOT_FOUND);
        assert_eq!(server.get("/api/recipes/").await.json()["count"], count - 1);
        // The negative answer is cached now; it must not outlive the row's return.
        server.sql(
            "INSERT INTO recipes (id, title, description, cuisine, difficulty, prep_time, servings, steps, \
             created_at, updated_at) VALUES (7, 'Toast', 'Bread, browned.', 'british', 'easy', 5, 1, 'Toast.', 0, 0)",
        ).await;
        server.caught_up().await;
        assert_eq!(server.get("/api/recipes/7/").await.json()["title"], "Toast");
    }

    async fn case_26_an_edit_of_an_embedded_row_is_seen_in_its_homes(server: Server) {
        let (_, home) = shown(&server, 7).await;
        let (agent, office, location) =
            (&home["agent"]["id"], &home["agent"]["office"]["id"], &home["location"]["id"]);
        server.sql(&format!("UPDATE agents SET phone = '555-0100' WHERE id = {agent}")).await;
        server.sql(&format!("UPDATE offices SET name = 'Renamed' WHERE id = {office}")).await;
        server.caught_up().await;
        for seen in <[Value; 2]>::from(shown(&server, 7).await) {
            assert_eq!(seen["agent"]["phone"], "555-0100");
            assert_eq!(seen["agent"]["office"]["name"], "Renamed");
        }
        let count = |list: Value| list["count"].as_u64().unwrap();
        let before = count(server.get("/api/properties/?city=new-atlantis&status=any").await.json());
        assert_eq!(before, 0);
        server.sql(&format!("UPDATE locations SET city = 'New  Atlantis' WHERE id = {location}")).await;
        server.caught_up().await;
        assert!(count(server.get("/api/properties/?city=new-atlantis&status=any").await.json()) > 0);
        assert_eq!(server.get("/api/properties/7/").await.json()["location"]["city"], "New  Atlantis");
    }

    async fn case_19_a_row_that_moves_between_filters_changes_both(server: Server) {
        let (cheap, expensive) = ("/api/properties/?max_price=500000", "/api/properties/?min_price=500000.01");
        let count = async |path: &str| server.get(path).await.json()["count"].as_i64().unwrap();
        server.patch("/api/properties/7/", json!({"price": "480000", "status": "active"})).await;
        let (before_cheap, before_expensive) = (count(cheap).await, count(expensive).await);
        server.patch("/api/properties/7/", json!({"price": "520000"})).await;
        assert_eq!((count(cheap).await, count(expensive).await), (before_cheap - 1, before_expensive + 1));
    }

    async fn an_edit_leaves_untouched_answers_valid(server: Server) {
        server.patch("/api/properties/7/", json!({"price": "480000", "status": "active"})).await;
        let (touched, untouched) = ("/api/properties/?min_price=470000&max_price=490000", "/api/properties/?min_price=600000");
        for path in [touched, untouched] {
            server.get(path).await;
        }
        server.patch("/api/properties/7/", json!({"price": "485000"})).await;
        assert!(server.get(touched).await.header("cache-status").contains("hearth-memory; fwd=stale"));
        assert!(server.get(untouched).await.header("cache-status").starts_with("hearth-memory; hit"));
    }

    async fn case_25_a_counted_view_touches_nothing(server: Server) {
        server.get("/api/properties/7/").await;
        let revision = server.number("SELECT revision FROM revision_counter").await;
        server.sql("UPDATE properties SET view_count = view_count + 1").await;
        assert_eq!(server.number("SELECT revision FROM revision_counter").await, revision);
        assert!(server.get("/api/properties/7/").await.header("cache-status").starts_with("hearth-memory; hit"));
    }

    async fn case_31_emptying_a_table_is_seen(server: Server) {
        server.get("/api/recipes/").await;
        server.sql(if server.on() == On::Postgres { "TRUNCATE recipes" } else { "DELETE FROM recipes" }).await;
        server.caught_up().await;
        assert_eq!(server.get("/api/recipes/").await.json()["count"], 0);
    }
}

/// Two nodes on one PostgreSQL: an edit that one has acknowledged is in the other's next answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn case_12_an_acknowledged_edit_is_seen_by_every_node() {
    let Some(first) = Server::start(On::Postgres).await else {
        return;
    };
    let second = first.another_node().await;
    for round in 1..=20 {
        let price = format!("{round}.00");
        shown(&second, 7).await;
        let hit = second.get("/api/properties/7/").await;
        let status = hit.header("cache-status");
        assert!(
            status.starts_with("hearth-memory; hit"),
            "{round}: {status}"
        );
        let edited = first
            .patch("/api/properties/7/", json!({ "price": price }))
            .await;
        assert_eq!(edited.status, StatusCode::OK);
        let (listed, home) = shown(&second, 7).await;
        assert_eq!(
            (listed["price"].as_str(), home["price"].as_str()),
            (Some(&*price), Some(&*price))
        );
    }
}

/// A node that died silently delays one edit by its lease, and no later ones.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_node_is_struck_off() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    server
        .sql("INSERT INTO nodes (id, beat, reached) VALUES ('dead', 5, 1)")
        .await;
    let started = tokio::time::Instant::now();
    server
        .patch("/api/properties/7/", json!({"price": "5.00"}))
        .await;
    assert!(
        started.elapsed() >= Duration::from_secs(2),
        "its lease may still be live"
    );
    // The editor did not wait for the node to be struck off.
    let deadline = tokio::time::Instant::now() + Duration::from_secs(5);
    while server.number("SELECT count(*) FROM nodes").await > 1 {
        assert!(tokio::time::Instant::now() < deadline, "it is struck off");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(
        server
            .number("SELECT count(*) FROM nodes WHERE id = 'dead'")
            .await,
        0
    );
}

/// For a node that was struck off, nothing is valid until it is back on the list.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_was_struck_off_registers_again() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    server.sql("DELETE FROM nodes").await;
    let deadline = tokio::time::Instant::now() + Duration::from_secs(5);
    while server
        .number("SELECT count(*) FROM nodes WHERE reached >= 2")
        .await
        == 0
    {
        assert!(
            tokio::time::Instant::now() < deadline,
            "the node is back on the list"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server
        .patch("/api/properties/7/", json!({"price": "6.00"}))
        .await;
    assert_eq!(
        server.get("/api/properties/7/").await.json()["price"],
        "6.00"
    );
}
