//! A count is a separate answer.

use serde_json::json;

use crate::{on_both, support::Server};

async fn count(server: &Server, path: &str) -> u64 {
    server.get(path).await.json()["count"].as_u64().unwrap()
}

on_both! {
    async fn pages_of_one_list_share_a_count_that_edits_touch(server: Server) {
        let page = |page: u32, sort: &str| {
            format!("/api/properties/?min_price=300000&sort={sort}&page={page}")
        };
        let first = count(&server, &page(1, "price")).await;
        assert_eq!(count(&server, &page(2, "-price")).await, first);
        server.patch("/api/properties/7/", json!({"price": "1000.00", "status": "active"})).await;
        let without = count(&server, &page(1, "price")).await;
        server.patch("/api/properties/7/", json!({"price": "400000.00"})).await;
        for path in [page(1, "price"), page(2, "-price"), page(3, "created_at")] {
            assert_eq!(count(&server, &path).await, without + 1, "{path}");
        }
    }

    async fn a_count_equals_that_of_its_list(server: Server) {
        let listed = count(&server, "/api/properties/?property_type=loft&bedrooms=2").await;
        let counted = server.get("/api/properties/count?bedrooms=2&property_type=loft&page=7").await;
        assert_eq!(counted.text(), format!("{{\"count\":{listed}}}"));
        assert_eq!(counted.header("link"), "</api/properties/count/?bedrooms=2&property_type=loft>; rel=\"canonical\"");
        assert_eq!(server.get("/api/properties/count/?bedrooms=x").await.status, 400);
        let searched = server.get("/api/properties/count/?q=garden").await;
        assert_eq!(searched.header("cache-control"), "no-store");
    }

    async fn deep_pages_hold_the_remaining_rows(server: Server) {
        let all = count(&server, "/api/properties/?status=any").await;
        let mut seen = std::collections::BTreeSet::new();
        for page in 1..=all.div_ceil(50) {
            let list = server.get(&format!("/api/properties/?status=any&page_size=50&page={page}")).await.json();
            seen.extend(list["results"].as_array().unwrap().iter().map(|row| row["id"].as_i64()));
        }
        assert_eq!(seen.len() as u64, all);
    }

    async fn trending_shows_the_most_viewed_homes(server: Server) {
        let views = "UPDATE properties SET view_count = 1000000 WHERE id = 7";
        server.patch("/api/properties/7/", json!({"status": "active"})).await;
        server.sql(views).await;
        let trending = server.get("/api/properties/trending/").await.json();
        assert_eq!(trending["results"][0]["id"], 7);
        // It ages with time, but an edit of one of its rows touches it immediately.
        server.patch("/api/properties/7/", json!({"price": "77.00"})).await;
        let trending = server.get("/api/properties/trending/").await.json();
        assert_eq!(trending["results"][0]["price"], "77.00");
    }
}
