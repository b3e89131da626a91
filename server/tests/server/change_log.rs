//! The change log: nothing escapes it, and revisions follow the order of commits.

use std::{sync::Arc, time::Duration};

use futures::future::join_all;
use serde_json::json;

use crate::{
    on_both,
    support::{On, Server},
};

/// The number of rows logged since the seed, without the first two revisions.
async fn logged(server: &Server, what: &str) -> i64 {
    server
        .number(&format!(
            "SELECT count(*) FROM change_log WHERE revision > 2 AND {what}"
        ))
        .await
}

on_both! {
    async fn case_31_edits_from_any_source_are_logged(server: Server) {
        server.sql("UPDATE properties SET price_cents = 1 WHERE id = 7").await;
        assert_eq!(logged(&server, "id = 7 AND before IS NOT NULL AND after IS NOT NULL").await, 1);
        server.sql("DELETE FROM properties WHERE id = 7").await;
        assert_eq!(logged(&server, "id = 7 AND after IS NULL").await, 1);
        server.sql("UPDATE properties SET bedrooms = bedrooms + 1 WHERE id IN (8, 9)").await;
        assert_eq!(logged(&server, "id IN (8, 9)").await, 2);
        // An update that changes nothing is not a change.
        server.sql("UPDATE properties SET bedrooms = bedrooms").await;
        assert_eq!(logged(&server, "id > 9").await, 0);
        assert_eq!(server.number("SELECT version FROM properties WHERE id = 8").await, 2);
        match server.on() {
            On::Postgres => {
                server.sql("SET session_replication_role = replica; UPDATE properties SET status = 'sold' \
                    WHERE id = 10; SET session_replication_role = DEFAULT").await;
                assert_eq!(logged(&server, "id = 10").await, 1);
                server.sql("TRUNCATE properties").await;
                assert_eq!(logged(&server, "catalogue = 'properties' AND id IS NULL").await, 1);
            }
            On::Sqlite => {
                let others = "description, cuisine, diet_keys, ingredient_keys, difficulty, prep_time, servings, steps, \
                    version, created_at, updated_at, view_count, title_key";
                server.sql(&format!("REPLACE INTO recipes (id, title, {others}) SELECT id, 'Replaced', {others} \
                    FROM (SELECT * FROM recipes WHERE id = 10)")).await;
                assert!(logged(&server, "catalogue = 'recipes' AND id = 10 AND before IS NOT NULL").await > 0);
                assert!(logged(&server, "catalogue = 'recipes' AND id = 10 AND after IS NOT NULL").await > 0);
            }
        }
    }

    async fn the_log_has_every_column_that_decides_which_answers_are_touched(server: Server) {
        for catalogue in catalogue::all() {
            let name = catalogue.name();
            server.sql(&format!("UPDATE {name} SET created_at = created_at + 1 WHERE id = 7")).await;
            for column in catalogue.columns {
                for side in ["before", "after"] {
                    let there = format!("catalogue = '{name}' AND id = 7 AND {side} ->> '{}' IS NOT NULL", column.name);
                    assert_eq!(logged(&server, &there).await, 1, "{side} of {name}.{}", column.name);
                }
            }
        }
    }

    async fn case_03_a_rolled_back_transaction_leaves_nothing(server: Server) {
        let revision = server.number("SELECT revision FROM revision_counter").await;
        // Otherwise SQLite refuses the update if the node wrote its beat since the transaction's first read.
        let begin = if server.on() == On::Sqlite { "BEGIN IMMEDIATE" } else { "BEGIN" };
        server.sql(&format!("{begin}; UPDATE properties SET price_cents = 1 WHERE id = 7; ROLLBACK")).await;
        assert_eq!(server.number("SELECT revision FROM revision_counter").await, revision);
        assert_eq!(logged(&server, "id = 7").await, 0);
    }

    async fn the_log_names_the_editor(server: Server) {
        server.patch("/api/properties/7/", json!({"price": "5.00"})).await;
        server.sql("UPDATE properties SET price_cents = 600 WHERE id = 7").await;
        assert_eq!(logged(&server, "id = 7 AND who = 'admin token'").await, 1);
        assert_eq!(logged(&server, "id = 7 AND who IS NULL").await, 1);
    }

    async fn revisions_have_no_gaps_under_concurrent_editors(server: Server) {
        let server = Arc::new(server);
        let editors = (0..8).map(|editor: i64| {
            let server = Arc::clone(&server);
            async move {
                for round in 0..10 {
                    // Editors meet on the same rows in different orders.
                    let id = 1 + (editor * 3 + round * 7) % 10;
                    let answer = server.patch(&format!("/api/properties/{id}/"), json!({"price": round + 1})).await;
                    assert!(answer.status.is_success(), "{}", answer.text());
                }
            }
        });
        join_all(editors).await;
        let (first, last, distinct) = (
            server.number("SELECT min(revision) FROM change_log").await,
            server.number("SELECT max(revision) FROM change_log").await,
            server.number("SELECT count(DISTINCT revision) FROM change_log").await,
        );
        assert_eq!(distinct, last - first + 1);
        assert_eq!(server.number("SELECT revision FROM revision_counter").await, last);
        assert_eq!(server.number("SELECT count(*) FROM change_log WHERE revision IS NULL").await, 0);
        let tags = "SELECT count(*) FROM (SELECT DISTINCT revision, tag FROM change_log) AS stamps";
        assert_eq!(server.number(tags).await, distinct);
    }

    async fn a_burst_is_treated_as_a_change_of_everything(server: Server) {
        server.get("/api/properties/7/").await;
        server.get("/api/properties/?min_price=999999999").await;
        server.sql("UPDATE properties SET view_count = 0, area = area + 1").await;
        server.caught_up().await;
        assert!(server.get("/api/properties/7/").await.header("cache-status").contains("fwd=stale"));
        assert!(server.tiers.log().reach(3, Duration::from_secs(1)).await);
    }
}

/// A transaction is one revision if the database can tell transactions apart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_takes_one_revision() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    let revision = server.number("SELECT revision FROM revision_counter").await;
    server
        .sql("BEGIN; UPDATE properties SET price_cents = 1 WHERE id < 50; SET CONSTRAINTS ALL IMMEDIATE; \
              UPDATE recipes SET prep_time = 1; COMMIT")
        .await;
    assert_eq!(
        server.number("SELECT revision FROM revision_counter").await,
        revision + 1
    );
    assert_eq!(logged(&server, "revision IS NULL").await, 0);
}
