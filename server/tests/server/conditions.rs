//! Conditional requests, pages of several answers, and old clients.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::{on_both, support::Server};

async fn revalidate(server: &Server, path: &str, etag: &str) -> StatusCode {
    let headers = [("if-none-match", etag)];
    server
        .send(Method::GET, path, &headers, Vec::new())
        .await
        .status
}

on_both! {
    async fn case_18_a_304_does_not_revive_an_answer_that_a_change_touched(server: Server) {
        for path in ["/api/properties/7/", "/properties/7", "/api/properties/?status=any&page_size=100", "/properties?status=any"] {
            server.patch("/api/properties/7/", json!({"price": "100.00", "status": "active"})).await;
            let etag = server.get(path).await.header("etag").to_owned();
            assert_eq!(revalidate(&server, path, &etag).await, StatusCode::NOT_MODIFIED, "{path}");
            // The newest home is on every first page.
            let newest = "UPDATE properties SET created_at = 4102444800000, price_cents = 12300 WHERE id = 7";
            server.sql(newest).await;
            server.caught_up().await;
            assert_eq!(revalidate(&server, path, &etag).await, StatusCode::OK, "{path}");
            server.sql("UPDATE properties SET created_at = 0 WHERE id = 7").await;
            server.caught_up().await;
        }
    }

    async fn case_30_a_page_changes_when_one_of_its_answers_is_touched(server: Server) {
        let newest = "UPDATE properties SET created_at = 4102444800000, status = 'active' WHERE id = 7";
        server.sql(newest).await;
        server.caught_up().await;
        for (path, price) in [("/", "$1,111"), ("/properties", "$2,222"), ("/properties/7", "$3,333")] {
            let before = server.get(path).await;
            let cents: i64 = price.replace(['$', ','], "").parse::<i64>().unwrap() * 100;
            server.sql(&format!("UPDATE properties SET price_cents = {cents} WHERE id = 7")).await;
            server.caught_up().await;
            let after = server.get(path).await;
            assert!(!before.text().contains(price) && after.text().contains(price), "{path}");
            assert_ne!(before.header("etag"), after.header("etag"), "{path}");
        }
    }

    // Keys contain the schema's version, and the server normalizes an old tab's requests.
    async fn case_20_an_old_tab_against_a_new_server(server: Server) {
        let canonical = server.get("/api/properties/?city=austin").await;
        assert!(canonical.header("cache-status").contains("hearth:properties:v2:city=austin"));
        let old = server.get("/api/properties/?page=1&CITY=Austin&gone=1&sort=-created_at").await;
        assert_eq!(old.body, canonical.body);
        assert_eq!(old.header("link"), "</api/properties/?city=austin>; rel=\"canonical\"");
    }
}
