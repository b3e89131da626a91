//! Invalid requests: a clear answer, never a 500.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::{on_both, support::TOKEN};

on_both! {
    async fn an_invalid_parameter_is_named(server: Server) {
        for (query, parameter) in [
            ("bedrooms=abc", "bedrooms"),
            ("min_price=5&max_price=4", "min_price"),
            ("page=0", "page"),
            ("page_size=0", "page_size"),
            ("sort=evil", "sort"),
            ("property_type=castle", "property_type"),
            ("q=x&beds=-1", "bedrooms"),
        ] {
            let answer = server.get(&format!("/api/properties/?{query}")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(answer.json()["errors"][0]["parameter"], parameter, "{query}");
        }
    }

    async fn a_missing_resource_is_a_404(server: Server) {
        for path in [
            "/api/properties/?page=99999",
            "/api/properties/?page=999999999999999&page_size=100",
            "/api/properties/987654321/",
            "/api/properties/abc/",
            "/api/properties/99999999999999999999999/",
            "/api/castles/",
        ] {
            assert_eq!(server.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let empty = server.get("/api/properties/?city=atlantis").await;
        assert_eq!((empty.status, empty.json()["count"].as_u64()), (StatusCode::OK, Some(0)));
    }

    async fn hostile_queries_cause_no_server_errors(server: Server) {
        let long = "city=".to_owned() + &"a".repeat(60_000);
        let many = "city=a&".repeat(8_000);
        let escapes: String = (0..=255).map(|byte| format!("%{byte:02X}")).collect();
        let control = format!("city={escapes}&{escapes}=1&q={escapes}&q={escapes}&%5B%5D=&=&&%=%");
        for query in [long, many, control, "city=%00".to_owned(), "q=%00%FF'%22--".to_owned()] {
            for path in ["/api/properties/", "/properties", "/api/recipes/", "/api/properties/count/"] {
                let status = server.get(&format!("{path}?{query}")).await.status;
                assert!(!status.is_server_error(), "{status} for {path} with {:.40}", query);
            }
        }
    }

    async fn edits_are_refused_with_a_reason(server: Server) {
        let check = async |token: Option<&str>, body: &str, expect: StatusCode| {
            let authorization = token.map(|token| format!("Bearer {token}"));
            let headers: Vec<(&str, &str)> =
                authorization.iter().map(|value| ("authorization", value.as_str())).collect();
            let body = body.as_bytes().to_vec();
            let answer = server.send(Method::PATCH, "/api/properties/7/", &headers, body).await;
            assert_eq!(answer.status, expect, "{}", answer.text());
            answer
        };
        let before = server.get("/api/properties/7/").await.body;
        check(None, r#"{"price":"1.00"}"#, StatusCode::UNAUTHORIZED).await;
        check(Some("wrong"), r#"{"price":"1.00"}"#, StatusCode::UNAUTHORIZED).await;
        check(Some(TOKEN), "not json", StatusCode::BAD_REQUEST).await;
        check(Some(TOKEN), "[]", StatusCode::BAD_REQUEST).await;
        check(Some(TOKEN), &" ".repeat(2 << 20), StatusCode::PAYLOAD_TOO_LARGE).await;
        let refused = check(Some(TOKEN), r#"{"price":"cheap","title":"x"}"#, StatusCode::BAD_REQUEST).await;
        assert_eq!(refused.json()["errors"][0]["field"], "price");
        assert_eq!(server.patch("/api/properties/987654321/", json!({"price": 1})).await.status, 404);
        assert_eq!(server.get("/api/properties/7/").await.body, before);
    }
}
