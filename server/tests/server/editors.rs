//! Editors that get in each other's way, on PostgreSQL.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::json;
use sqlx::{Connection, PgConnection};

use crate::support::{On, Server};

async fn by_hand(server: &Server) -> PgConnection {
    match server.store.database() {
        hearth::store::Database::Postgres(_, options, ..) => {
            PgConnection::connect_with(options).await.unwrap()
        }
        hearth::store::Database::Sqlite(..) => panic!("these tests are about PostgreSQL"),
    }
}

async fn run(connection: &mut PgConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(sql).execute(connection).await.map(drop)
}

/// Somebody edited a row in psql, and went to lunch without a COMMIT.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn case_31_an_idle_transaction_blocks_only_editors_of_its_row() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    let mut idle = by_hand(&server).await;
    run(
        &mut idle,
        "BEGIN; UPDATE properties SET price_cents = 1 WHERE id = 7",
    )
    .await
    .unwrap();
    let edited = server
        .patch("/api/properties/8/", json!({"price": "8.00"}))
        .await;
    assert_eq!(edited.status, StatusCode::OK);
    assert_eq!(
        server.get("/api/properties/8/").await.json()["price"],
        "8.00"
    );
    assert_ne!(
        server.get("/api/properties/7/").await.json()["price"],
        "0.01"
    );
    run(&mut idle, "COMMIT").await.unwrap();
    server.caught_up().await;
    assert_eq!(
        server.get("/api/properties/7/").await.json()["price"],
        "0.01"
    );
}

/// Two editors lock two rows in opposite order: one of them fails and is told so, and the other's
/// edit is complete.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn case_31_two_editors_in_opposite_order() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    let (mut one, mut two) = (by_hand(&server).await, by_hand(&server).await);
    run(
        &mut one,
        "BEGIN; UPDATE properties SET price_cents = 100 WHERE id = 7",
    )
    .await
    .unwrap();
    run(
        &mut two,
        "BEGIN; UPDATE properties SET price_cents = 200 WHERE id = 8",
    )
    .await
    .unwrap();
    let (first, second) = tokio::join!(
        run(
            &mut one,
            "UPDATE properties SET price_cents = 100 WHERE id = 8; COMMIT"
        ),
        run(
            &mut two,
            "UPDATE properties SET price_cents = 200 WHERE id = 7; COMMIT"
        ),
    );
    assert!(
        first.is_ok() != second.is_ok(),
        "one of them is the deadlock's victim"
    );
    server.caught_up().await;
    let price = if first.is_ok() { "1.00" } else { "2.00" };
    for path in ["/api/properties/7/", "/api/properties/8/"] {
        assert_eq!(server.get(path).await.json()["price"], price);
    }
}

/// An edit that meets a lock waits for it, and is retried when the database gives up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn case_31_an_edit_waits_for_the_lock_on_its_row() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    let mut holder = by_hand(&server).await;
    run(
        &mut holder,
        "BEGIN; UPDATE properties SET price_cents = 1 WHERE id = 7",
    )
    .await
    .unwrap();
    let release = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        run(&mut holder, "COMMIT").await.unwrap();
    };
    let (edited, ()) = tokio::join!(
        server.patch("/api/properties/7/", json!({"price": "9.00"})),
        release
    );
    assert_eq!(edited.status, StatusCode::OK);
    assert_eq!(
        server.get("/api/properties/7/").await.json()["price"],
        "9.00"
    );
}
