//! Pages of rows that a reader has picked.

use axum::http::StatusCode;
use serde_json::json;

use crate::on_both;

on_both! {
    async fn spellings_of_the_same_homes_share_one_page(server: Server) {
        for path in ["/saved", "/saved/recipes", "/compare"] {
            let first = server.get(&format!("{path}?ids=7,9")).await;
            let again = server.get(&format!("{path}?utm_source=x&ids[]=9&ids[]=7")).await;
            assert_eq!((first.status, &first.body), (StatusCode::OK, &again.body));
            assert!(again.header("cache-status").starts_with("hearth-memory; hit"), "{path}");
            assert_eq!(again.header("link"), format!("<{path}?ids=7,9>; rel=\"canonical\""));
        }
    }

    async fn a_comparison_is_touched_by_its_homes_and_by_those_that_are_missing(server: Server) {
        let page = "/compare?ids=7,8,99999";
        let hit = |answer: &crate::support::Answer| answer.header("cache-status").starts_with("hearth-memory; hit");
        assert_eq!(server.get(page).await.status, StatusCode::OK);
        assert!(hit(&server.get(page).await));
        server.patch("/api/properties/9/", json!({"price": "1234567.00"})).await;
        assert!(hit(&server.get(page).await));
        server.patch("/api/properties/8/", json!({"price": "1234567.00"})).await;
        // The header is about the first home, which is untouched: the text must show the edit.
        assert!(server.get(page).await.text().contains("$1,234,567"));
        server.sql(
            "INSERT INTO properties (id, title, description, property_type, price_cents, bedrooms, quarter_baths, area, \
             year_built, address, latitude, longitude, location_id, agent_id, created_at, updated_at) \
             VALUES (99999, 'Late', 'Late.', 'house', 100, 1, 2, 50, 2000, '99 Late St', 0, 0, 1, 1, 0, 0)",
        ).await;
        server.caught_up().await;
        assert!(server.get(page).await.text().contains("99 Late St"));
    }

    async fn invalid_ids_are_refused_by_name(server: Server) {
        for path in ["/compare?ids=1,2,3,4,5", "/compare?ids=x", "/saved?ids=0", "/saved/recipes?ids=07"] {
            let refused = server.get(path).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}");
            assert!(refused.text().contains("<strong>ids</strong>"), "{path}");
            assert_eq!(refused.header("cache-control"), "no-store");
        }
        assert_eq!(server.get("/saved?ids=99999").await.status, StatusCode::NOT_FOUND);
        assert_eq!(server.get("/saved").await.status, StatusCode::OK);
        assert_eq!(server.get("/saved/recipes").await.status, StatusCode::OK);
        assert_eq!(server.get("/saved/nothings").await.status, StatusCode::NOT_FOUND);
        assert_eq!(server.get("/compare").await.status, StatusCode::OK);
    }
}
