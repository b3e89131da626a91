//! The answers that readers get, and the tiers that they come from.

use std::{collections::HashSet, io::Read};

use axum::http::{Method, StatusCode};
use catalogue::normalizer::fold;
use futures::future::join_all;

use crate::on_both;

/// The body without its content coding.
fn decode(coding: &str, body: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    let read = match coding {
        "gzip" => flate2::read::GzDecoder::new(body).read_to_end(&mut decoded),
        "br" => brotli::Decompressor::new(body, 4_096).read_to_end(&mut decoded),
        _ => zstd::Decoder::new(body).unwrap().read_to_end(&mut decoded),
    };
    read.unwrap();
    decoded
}

on_both! {
    async fn requests_that_mean_the_same_share_one_entry(server: Server) {
        let key = r#"key="hearth:properties:v2:city=austin&property_type=condo""#;
        let first = server.get("/api/properties/?city=austin&property_type=condo").await;
        assert!(first.header("cache-status").contains("hearth-memory; fwd=miss; stored"));
        for same in [
            "/api/properties/?city=austin&property_type=condo",
            "/api/properties/?property_type=condo&city=Austin&page=1",
            "/api/properties/?city=austin&property_type=condo&page=1&search=",
            "/api/properties/?type=condo&city=%20AUSTIN%20&_=1707089432&utm_source=x",
            "/api/properties?type=condo&city[]=austin&city=Austin",
            "/properties?city=austin&property_type=condo&view=list",
        ] {
            let answer = server.get(same).await;
            assert_eq!(answer.header("cache-status"), format!("hearth-memory; hit; {key}"), "{same}");
            if same.starts_with("/api") {
                assert_eq!(answer.body, first.body, "{same}");
                assert_eq!(answer.header("etag"), first.header("etag"), "{same}");
            }
        }
    }

    async fn concurrent_requests_for_a_cold_key_make_one_load(server: Server) {
        let answers = join_all((0..50).map(|_| server.get("/api/properties/?min_price=300000"))).await;
        let loads = answers.iter().filter(|answer| {
            let status = answer.header("cache-status");
            !status.contains("hearth-memory; hit") && !status.contains("collapsed")
        });
        assert_eq!(loads.count(), 1);
        let bodies: HashSet<&[u8]> = answers.iter().map(|answer| answer.body.as_slice()).collect();
        assert_eq!(bodies.len(), 1);
    }

    async fn lists_are_paged_as_the_contract_says(server: Server) {
        let first = server.get("/api/properties/?city=austin&utm_source=mail&page_size=5").await.json();
        assert_eq!(first["results"].as_array().unwrap().len(), 5);
        assert_eq!(first["next"], "/api/properties/?city=austin&page=2&page_size=5");
        assert!(first["previous"].is_null());
        let second = server.get(first["next"].as_str().unwrap()).await.json();
        assert_eq!(second["previous"], "/api/properties/?city=austin&page_size=5");
        assert_eq!(second["count"], first["count"]);
        let row = &first["results"][0];
        assert!(row["price"].as_str().unwrap().ends_with(".00"), "{}", row["price"]);
        assert_eq!(row["location"]["city"], "Austin");
        assert!(row["agent"]["office"]["name"].is_string());
        let mut seen = HashSet::new();
        let mut next = Some("/api/properties/?page_size=100&status=any".to_owned());
        while let Some(path) = next {
            let page = server.get(&path).await.json();
            seen.extend(page["results"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()));
            next = page["next"].as_str().map(ToOwned::to_owned);
        }
        assert_eq!(seen.len(), 600);
    }

    async fn rows_and_lists_have_the_declared_types(server: Server) {
        use catalogue::{Listing, properties::Property, recipes::Recipe};
        let homes = server.get("/api/properties/?page_size=100").await.body;
        let homes: Listing<Property> = serde_json::from_slice(&homes).unwrap();
        let home = server.get(&format!("/api/properties/{}/", homes.results[0].id)).await.body;
        assert_eq!(serde_json::from_slice::<Property>(&home).unwrap(), homes.results[0]);
        let recipes = server.get("/api/recipes/?diet=vegan&sort=title").await.body;
        let recipes: Listing<Recipe> = serde_json::from_slice(&recipes).unwrap();
        assert!(recipes.count > 0);
        assert!(recipes.results.iter().all(|recipe| recipe.diets.iter().any(|diet| diet == "vegan")));
        assert!(recipes.results.is_sorted_by_key(|recipe| fold(recipe.title.clone().into()).into_owned()));
    }

    async fn conditional_and_encoded_requests(server: Server) {
        let path = "/api/properties/?city=austin";
        let plain = server.get(path).await;
        assert_eq!(plain.header("cache-control"), "public, no-cache");
        assert_eq!(plain.header("vary"), "accept-encoding");
        let headers = [("if-none-match", plain.header("etag"))];
        let again = server.send(Method::GET, path, &headers, Vec::new()).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(again.header("etag"), plain.header("etag"));
        for coding in ["gzip", "br", "zstd"] {
            let answer = server.send(Method::GET, path, &[("accept-encoding", coding)], Vec::new()).await;
            assert_eq!(answer.header("content-encoding"), coding);
            assert!(answer.header("etag").ends_with(&format!("-{coding}\"")));
            assert!(answer.body.len() * 2 < plain.body.len());
            assert_eq!(decode(coding, &answer.body), plain.body);
        }
        let head = server.send(Method::HEAD, path, &[], Vec::new()).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
        assert_eq!(head.header("etag"), plain.header("etag"));
    }

    async fn a_page_is_the_same_before_and_after_it_is_cached(server: Server) {
        let first = server.get("/properties?city=boston").await;
        let second = server.get("/properties?city=boston").await;
        assert!(first.header("cache-status").contains("fwd=miss"));
        assert!(second.header("cache-status").contains("hearth-memory; hit"));
        assert_eq!(first.header("etag"), second.header("etag"));
    }

    async fn searches_are_answered_and_never_stored(server: Server) {
        for _ in 0..2 {
            let answer = server.get("/api/properties/?q=austin").await;
            assert_eq!(answer.header("cache-status"), "hearth-memory; fwd=bypass; detail=bypass");
            assert_eq!(answer.header("cache-control"), "no-store");
            assert!(answer.json()["count"].as_u64().unwrap() > 0);
        }
        // SQL's wildcards are plain characters to a reader.
        assert_eq!(server.get("/api/properties/?q=%25").await.json()["count"], 0);
    }

    async fn pages_are_html_with_a_policy(server: Server) {
        for (path, status) in [
            ("/", StatusCode::OK),
            ("/properties", StatusCode::OK),
            ("/properties/7", StatusCode::OK),
            ("/recipes", StatusCode::OK),
            ("/recipes/7", StatusCode::OK),
            ("/admin/login", StatusCode::OK),
            ("/properties?city=atlantis", StatusCode::NOT_FOUND),
            ("/properties?bedrooms=abc", StatusCode::BAD_REQUEST),
            ("/properties/987654321", StatusCode::NOT_FOUND),
            ("/nowhere", StatusCode::NOT_FOUND),
        ] {
            let answer = server.get(path).await;
            assert_eq!(answer.status, status, "{path}");
            assert!(answer.header("content-type").starts_with("text/html"), "{path}");
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("'wasm-unsafe-eval'") && !policy.contains("unsafe-inline"), "{path}");
            assert!(!answer.text().contains(" style=\""), "{path} has a style attribute");
            let cacheable = status == StatusCode::OK && path != "/admin/login";
            let expect = if cacheable { "public, no-cache" } else { "no-store" };
            assert_eq!(answer.header("cache-control"), expect, "{path}");
        }
    }
}
