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

/// What is sent without a session, of each kind.
const ADDRESSES: [&str; 9] = [
    "/",
    "/properties?bedrooms=3",
    "/properties/7",
    "/recipes/7/picture.png",
    "/api/properties/?city=austin",
    "/api/properties/7/",
    "/api/properties/facets/",
    "/api/graphql?query={agents{count}}",
    "/sitemap.xml",
];

on_both! {
    // RFC 9110, section 13.
    async fn a_request_is_answered_by_its_conditions(server: Server) {
        let server = server.called("https://homes.example").await;
        for path in ADDRESSES {
            let plain = server.get(path).await;
            let etag = plain.header("etag");
            assert!(etag.starts_with('"'), "{path}: {etag}");
            let (weak, list) = (format!("W/{etag}"), format!("\"x\" , {etag},"));
            let coded = format!("{}-br\"", etag.trim_end_matches('"'));
            let [past, future] = ["Sat, 01 Jan 2000 00:00:00 GMT", "Sat, 01 Jan 2028 00:00:00 GMT"];
            let (none, required) = ("if-none-match", "if-match");
            let (since, until) = ("if-modified-since", "if-unmodified-since");
            for (headers, expect) in [
                // 13.1.2: weak comparison.
                (&[(none, etag)][..], 304),
                (&[(none, &weak)], 304),
                (&[(none, &list)], 304),
                (&[(none, "\"x\""), (none, etag)], 304),
                (&[(none, "*")], 304),
                (&[(none, "\"x\"")], 200),
                (&[(none, &coded)], 200),
                (&[(none, "")], 200),
                (&[(none, "x")], 200),
                // 13.1.1: strong comparison.
                (&[(required, etag)], 200),
                (&[(required, &list)], 200),
                (&[(required, "\"x\""), (required, etag)], 200),
                (&[(required, "*")], 200),
                (&[(required, &weak)], 412),
                (&[(required, "\"x\"")], 412),
                (&[(required, &coded)], 412),
                // 13.1.3 and 13.1.4: of what has no date, none is known.
                (&[(since, future)], 200),
                (&[(until, past)], 200),
                // 13.2.2: their order.
                (&[(required, etag), (none, etag)], 304),
                (&[(required, "\"x\""), (none, etag)], 412),
                (&[(none, "\"x\""), (since, future)], 200),
                (&[(none, etag), (since, past)], 304),
                // 14.2: parts are only sent of files.
                (&[("range", "bytes=0-1")], 200),
                (&[("range", "bytes=0-1"), ("if-range", etag)], 200),
                (&[("range", "bytes=0-1"), (none, etag)], 304),
            ] {
                for method in [Method::GET, Method::HEAD] {
                    let answer = server.send(method.clone(), path, headers, Vec::new()).await;
                    assert_eq!(answer.status, expect, "{method} {path} {headers:?}");
                    if expect == 304 {
                        // 15.4.5: what the 200 has, but not what describes the content.
                        assert!(answer.body.is_empty(), "{path}");
                        for name in ["etag", "cache-control", "vary"] {
                            assert_eq!(answer.header(name), plain.header(name), "{path}: {name}");
                        }
                        assert_eq!((answer.header("content-type"), answer.header("content-encoding")), ("", ""), "{path}");
                    }
                    if expect == 412 {
                        assert!(!answer.text().contains("<main"), "{path}");
                    }
                }
            }
        }
        // 13.2.1: conditions do not change what is no success.
        for (path, expect) in [
            ("/nowhere", 404),
            ("/properties/999999", 404),
            ("/api/properties/999999/", 404),
            ("/properties?bedrooms=x", 400),
            ("/api/properties/?bedrooms=x", 400),
            ("/properties/?bedrooms=3", 308),
            ("/admin", 303),
        ] {
            for headers in [("if-none-match", "*"), ("if-match", "*"), ("if-match", "\"x\"")] {
                let answer = server.send(Method::GET, path, &[headers], Vec::new()).await;
                assert_eq!(answer.status, expect, "{path} {headers:?}");
                assert_eq!(answer.header("etag"), "", "{path}");
            }
        }
    }

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
