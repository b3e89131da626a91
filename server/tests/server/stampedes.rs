//! Stampedes.

use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::json;

use crate::on_both;

on_both! {
    // Many different cold keys at once: far more loads than there are connections.
    async fn case_29_a_stampede_leaves_connections_for_the_feed_and_for_editors(server: Server) {
        let server = Arc::new(server);
        let requests: Vec<_> = (0..400)
            .map(|n| {
                let server = Arc::clone(&server);
                tokio::spawn(async move {
                    let path = format!("/api/properties/?min_price={n}&page_size=100&status=any");
                    server.get(&path).await.status
                })
            })
            .collect();
        for price in 1..=5 {
            let edited = server.patch("/api/properties/7/", json!({"price": price.to_string()})).await;
            assert_eq!(edited.status, StatusCode::OK);
            assert!(server.tiers.log().has_lease(), "the feed has its own connection");
        }
        for request in requests {
            assert_eq!(request.await.unwrap(), StatusCode::OK);
        }
    }
}
