//! A server whose database is unreachable.

use axum::http::StatusCode;
use serde_json::json;

use crate::{on_both, support::Server};

/// Closes the pool: no answer can be loaded any more, but the change log is still followed.
async fn close_pool(server: &Server) {
    match server.store.database() {
        hearth::store::Database::Postgres(pool, ..) => pool.close().await,
        hearth::store::Database::Sqlite(pool, ..) => pool.close().await,
    }
}

on_both! {
    async fn cached_answers_are_marked(server: Server) {
        let editor = server.another_node().await;
        for path in ["/api/properties/7/", "/properties/7", "/api/properties/?city=austin"] {
            server.get(path).await;
        }
        let etag = server.get("/api/properties/7/").await.header("etag").to_owned();
        close_pool(&server).await;
        // Valid, because nothing touched it.
        let untouched = server.get("/api/properties/7/").await;
        assert!(untouched.header("cache-status").starts_with("hearth-memory; hit; key"));
        editor.patch("/api/properties/7/", json!({"price": "7.00"})).await;
        let headers = [("if-none-match", etag.as_str())];
        let marked = server.send(axum::http::Method::GET, "/api/properties/7/", &headers, Vec::new()).await;
        assert_eq!(marked.status, StatusCode::OK, "no 304 may revive it");
        assert!(marked.header("cache-status").contains("hit; detail=cut-off"));
        assert_eq!(marked.header("cache-control"), "no-store");
        assert_eq!((marked.header("etag"), marked.header("age").is_empty()), ("", false));
        assert_ne!(marked.json()["price"], "7.00");
        let page = server.get("/properties/7").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("cannot reach our database"));
        assert!(page.header("cache-status").contains("detail=cut-off"));
        assert_eq!((page.header("cache-control"), page.header("etag")), ("no-store", ""));
    }

    async fn a_page_is_marked_if_any_part_of_it_is(server: Server) {
        let editor = server.another_node().await;
        editor.patch("/api/properties/7/", json!({"status": "sold"})).await;
        let home = server.get("/api/properties/7/").await.json();
        let page = format!("/properties?city={}", home["location"]["city"].as_str().unwrap().replace(' ', "-"));
        server.get(&page).await;
        close_pool(&server).await;
        // The filters count such homes too, under their status; the list does not show them.
        editor.patch("/api/properties/7/", json!({"status": "pending"})).await;
        let page = server.get(&page).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("cannot reach our database"));
        assert!(page.header("cache-status").contains("detail=cut-off"), "{}", page.header("cache-status"));
    }

    async fn a_failure_of_a_database_that_answers_is_none_of_reaching_it(server: Server) {
        let graphql = "/api/graphql?query={property(id:7){price}}";
        for path in ["/api/properties/7/", "/properties/7", graphql] {
            assert_eq!(server.get(path).await.status, StatusCode::OK, "{path}");
        }
        server.patch("/api/properties/7/", json!({"price": "7.00"})).await;
        server.get("/api/properties/7/").await;
        server.sql("UPDATE properties SET price_cents = 800 WHERE id = 7").await;
        server.sql("ALTER TABLE properties RENAME TO hidden").await;
        server.caught_up().await;
        for path in ["/api/properties/7/", "/properties/7", graphql] {
            let failed = server.get(path).await;
            assert!(!failed.text().contains("\"7.00\""), "{path}: an old answer");
            assert!(!failed.header("cache-status").contains("cut-off"), "{path}: marked");
            let is_error = failed.status == StatusCode::SERVICE_UNAVAILABLE || failed.text().contains("UNAVAILABLE");
            assert!(is_error, "{path}: {} {}", failed.status, failed.text());
        }
    }

    async fn answers_that_are_not_cached_are_unavailable(server: Server) {
        close_pool(&server).await;
        for path in ["/api/properties/9/", "/properties/9"] {
            let answer = server.get(path).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
            assert_eq!(answer.header("cache-control"), "no-store");
        }
        assert_eq!(server.get("/api/properties/9/").await.header("retry-after"), "2");
    }

    async fn case_07_a_withdrawn_home_is_not_shown_even_marked(server: Server) {
        let editor = server.another_node().await;
        for path in ["/api/properties/7/", "/api/properties/8/"] {
            server.get(path).await;
        }
        close_pool(&server).await;
        editor.patch("/api/properties/7/", json!({"status": "withdrawn"})).await;
        editor.patch("/api/properties/8/", json!({"status": "sold"})).await;
        assert_eq!(server.get("/api/properties/7/").await.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(server.get("/api/properties/8/").await.status, StatusCode::OK);
    }
}
