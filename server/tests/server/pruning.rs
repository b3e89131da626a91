//! What the change log forgets, and what it never does.

use std::time::Duration;

use axum::http::Method;
use serde_json::json;

use crate::{on_both, support::Server};

/// The changes of homes that are logged one by one.
async fn logged(server: &Server, what: &str) -> i64 {
    let count = format!(
        "SELECT count(*) FROM change_log WHERE catalogue = 'properties' AND id IS NOT NULL AND {what}"
    );
    server.number(&count).await
}

/// Lets all changes up to now be two days old.
async fn grow_old(server: &Server) {
    server
        .sql("UPDATE change_log SET at = at - 172800000")
        .await;
}

const A_DAY: Duration = Duration::from_hours(24);

on_both! {
    async fn what_is_old_is_pruned_and_history_stays(server: Server) {
        let title = server.edit(Method::PATCH, "/api/properties/7/", &[], json!({"title": "Once"})).await;
        let undo = title.header("hearth-undo").to_owned();
        for edit in [
            json!({"price": "100000.00"}), json!({"title": "Twice"}), json!({"price": "90000.00"}), json!({"status": "sold"}),
        ] {
            server.patch("/api/properties/7/", edit).await;
        }
        server.sql("DELETE FROM properties WHERE id = 8").await;
        server.caught_up().await;
        assert_eq!(logged(&server, "id IN (7, 8)").await, 6);

        assert_eq!(server.store.prune(A_DAY, 0).await.unwrap(), 0, "nothing is old");
        grow_old(&server).await;
        let history = server.get("/api/properties/7/history/").await.body;
        assert_eq!(server.store.prune(A_DAY, 100_000).await.unwrap(), 0, "the last ones stay");
        server.patch("/api/properties/9/", json!({"title": "New"})).await;
        server.caught_up().await;
        assert_eq!(server.store.prune(A_DAY, 0).await.unwrap(), 2);
        assert_eq!(logged(&server, "id IN (7, 8)").await, 4);
        assert_eq!(logged(&server, "id = 9").await, 1, "the new one stays");

        // What was edited is as it was, and so is what readers see of it.
        server.sql("UPDATE properties SET view_count = 0 WHERE id = 7").await;
        let node = server.another_node().await;
        assert_eq!(node.get("/api/properties/7/history/").await.body, history);
        assert_eq!(node.get("/api/properties/7/").await.json()["title"], "Twice");
        // What is forgotten cannot be undone, and says so.
        let undone = server.edit(Method::POST, &format!("/api/edits/{undo}/undo/"), &[], json!({})).await;
        assert!(undone.status.is_client_error(), "{}", undone.status);
        // Edits go on, and are seen.
        node.patch("/api/properties/7/", json!({"title": "Thrice"})).await;
        server.caught_up().await;
        assert_eq!(server.get("/api/properties/7/").await.json()["title"], "Thrice");
    }

    async fn nothing_is_pruned_that_a_node_has_not_applied(server: Server) {
        server.patch("/api/properties/7/", json!({"title": "Once"})).await;
        let behind = server.number("SELECT revision FROM revision_counter").await - 1;
        server.patch("/api/properties/7/", json!({"title": "Twice"})).await;
        server.caught_up().await;
        grow_old(&server).await;
        server.sql(&format!("INSERT INTO nodes (id, beat, reached) VALUES ('behind', 1, {behind})")).await;
        server.store.prune(A_DAY, 0).await.unwrap();
        assert_eq!(logged(&server, "id = 7").await, 2);
        server.sql("DELETE FROM nodes WHERE id = 'behind'").await;
        assert!(server.store.prune(A_DAY, 0).await.unwrap() > 0);
        assert!(logged(&server, "id = 7").await < 2);
    }

    async fn one_node_prunes(server: Server) {
        let other = server.another_node().await;
        let day = Duration::from_hours(24);
        assert!(server.store.may_begin("prune", day).await.unwrap());
        assert!(!other.store.may_begin("prune", day).await.unwrap());
    }
}
