//! Readers' pages are cached as bytes.

use axum::http::StatusCode;
use serde_json::json;

use crate::on_both;

on_both! {
    async fn spellings_of_one_address_share_one_page(server: Server) {
        let first = server.get("/properties?city=austin&view=list").await;
        let again = server.get("/properties?view=list&CITY=Austin&utm_source=x").await;
        assert_eq!((first.status, &first.body), (StatusCode::OK, &again.body));
        assert!(again.header("cache-status").starts_with("hearth-memory; hit; key=\"hearth:properties:v2:city=austin\""));
        assert_eq!(again.header("link"), "</properties?city=austin&view=list>; rel=\"canonical\"");
        assert_eq!(first.header("link"), "");
        assert!(first.header("server-timing").starts_with("total;dur="));
        assert_ne!(server.get("/properties?city=austin").await.body, first.body);
    }

    async fn a_slash_at_the_end_leads_to_the_page(server: Server) {
        for (path, page) in [
            ("/properties/", "/properties"),
            ("/properties/?city=austin", "/properties?city=austin"),
            ("/recipes/7//", "/recipes/7"),
            ("/recipes/7/cook/", "/recipes/7/cook"),
            ("/saved/", "/saved"),
            ("/admin/", "/admin"),
            ("/admin/login/?next=/admin/cache", "/admin/login?next=/admin/cache"),
            ("/admin/properties/7/", "/admin/properties/7"),
            ("/admin/graphql/", "/admin/graphql"),
        ] {
            let answer = server.get(path).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::PERMANENT_REDIRECT, page), "{path}");
        }
        for nowhere in ["/nowhere/", "//properties/", "/properties/x/", "/admin/nowhere/", "/admin/nowhere", "/admin/cache/x"] {
            assert_eq!(server.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
        }
    }

    async fn an_edit_touches_a_page_if_and_only_if_it_touches_a_part(server: Server) {
        server.patch("/api/properties/7/", json!({"price": "480000", "status": "active"})).await;
        // A page's facets count the homes that fail one filter, but not those that fail two.
        let (touched, untouched) = ("/properties?min_price=470000&max_price=490000", "/properties?min_price=600000&property_type=loft");
        for path in [touched, untouched, "/properties/7", "/properties/8"] {
            server.get(path).await;
        }
        server.patch("/api/properties/7/", json!({"price": "485000"})).await;
        for (path, hit) in [(touched, false), (untouched, true), ("/properties/7", false), ("/properties/8", true)] {
            let answer = server.get(path).await;
            assert_eq!(answer.header("cache-status").starts_with("hearth-memory; hit"), hit, "{path}");
        }
        assert!(server.get("/properties/7").await.text().contains("$485,000"));
    }

    async fn a_missing_row_is_cached_as_missing_until_it_is_inserted(server: Server) {
        for _ in 0..2 {
            let missing = server.get("/recipes/99999").await;
            assert_eq!(missing.status, StatusCode::NOT_FOUND);
            assert_eq!((missing.header("cache-control"), missing.header("etag")), ("no-store", ""));
        }
        server.sql(
            "INSERT INTO recipes (id, title, description, cuisine, difficulty, prep_time, servings, steps, \
             created_at, updated_at) VALUES (99999, 'Toast', 'Bread, browned.', 'british', 'easy', 5, 1, 'Toast.', 0, 0)",
        ).await;
        server.caught_up().await;
        assert_eq!(server.get("/recipes/99999").await.status, StatusCode::OK);
    }

    async fn invalid_and_uncacheable_pages_are_rendered_each_time(server: Server) {
        assert_eq!(server.get("/properties?bedrooms=abc").await.status, StatusCode::BAD_REQUEST);
        let search = server.get("/properties?q=garden").await;
        assert_eq!(search.header("cache-control"), "no-store");
        assert!(search.header("cache-status").contains("fwd=bypass"));
    }

    async fn views_are_written_together_and_touch_nothing(server: Server) {
        let views = "SELECT view_count FROM properties WHERE id = 7";
        let revision = "SELECT revision FROM revision_counter";
        let (before, at) = (server.number(views).await, server.number(revision).await);
        for path in ["/properties/7", "/properties/7", "/properties/7?utm_source=x", "/properties/8", "/properties/99999", "/recipes/1"] {
            server.get(path).await;
        }
        assert_eq!(server.number(views).await, before);
        server.store.write_views().await.unwrap();
        assert_eq!((server.number(views).await, server.number(revision).await), (before + 3, at));
        assert!(server.get("/properties/7").await.header("cache-status").starts_with("hearth-memory; hit"));
        server.store.write_views().await.unwrap();
        assert_eq!(server.number(views).await, before + 4);
    }
}
