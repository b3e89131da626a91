//! The README's story as requests: a miss, a hit by another spelling, a refresh after the interval,
//! and an invalidation.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use leptos_cached::{Cache, Options};
use tower::ServiceExt;

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn says(&self, status: &str) -> bool {
        let header = self.headers.get("cache-status");
        header.unwrap().to_str().unwrap().contains(status)
    }
}

async fn get(app: &Router, address: &str) -> Answer {
    let request = Request::get(address).body(Body::empty()).unwrap();
    let (parts, body) = app.clone().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

/// Repeats a request until the answer differs, at most a hundred times.
async fn get_other(app: &Router, address: &str, old: &str) -> Answer {
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let answer = get(app, address).await;
        if answer.body != old {
            return answer;
        }
    }
    panic!("{address} stays {old}");
}

async fn tell_the_story(options: Options) {
    let cache = Cache::start(options).await.unwrap();
    let app = minimal::app(cache.clone());

    let first = get(&app, "/api/quotes?tag=hope,love").await;
    assert_eq!(first.status, StatusCode::OK);
    assert!(first.says("fwd=miss"), "{:?}", first.headers);

    let other = get(&app, "/api/quotes?tag[]=Love&tag=HOPE&utm_source=mail").await;
    assert!(other.says("hearth-memory; hit; key"), "{:?}", other.headers);
    assert_eq!(other.body, first.body);
    assert_eq!(other.headers["etag"], first.headers["etag"]);
    let link = "</api/quotes?tag=hope,love>; rel=\"canonical\"";
    assert_eq!(other.headers["link"], link);

    let page = get(&app, "/?tag=love&tag=hope").await;
    let quotes: Vec<&str> = first
        .body
        .split('"')
        .filter(|part| part.starts_with("on "))
        .collect();
    assert_eq!(quotes.len(), 2);
    for quote in quotes {
        assert!(page.body.contains(quote), "{quote} is not in {}", page.body);
    }

    tokio::time::sleep(Duration::from_secs(2)).await;
    let old = get(&app, "/api/quotes?tag=hope,love").await;
    assert!(old.says("detail=refreshing"), "{:?}", old.headers);
    assert_eq!(old.body, first.body, "served while it is refreshed");
    let refreshed = get_other(&app, "/api/quotes?tag=hope,love", &first.body).await;
    assert!(refreshed.says("hit"), "{:?}", refreshed.headers);

    cache.invalidate("quotes").await.unwrap();
    let after = get(&app, "/api/quotes?tag=hope,love").await;
    assert_ne!(
        after.body, refreshed.body,
        "not from before the invalidation"
    );
    assert!(after.says("fwd=stale"), "{:?}", after.headers);
}

#[tokio::test]
async fn in_memory() {
    tell_the_story(Options::default()).await;
}

#[tokio::test]
async fn with_redis() {
    let Ok(url) = std::env::var("HEARTH_TEST_REDIS_URL") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "HEARTH_TEST_REDIS_URL must be set in CI"
        );
        return println!("left out: HEARTH_TEST_REDIS_URL does not say where Redis is");
    };
    let prefix = format!("minimal-{}", std::process::id());
    tell_the_story(Options {
        redis: Some(url),
        prefix,
        ..Options::default()
    })
    .await;
}

#[tokio::test]
async fn an_invalid_parameter_is_named() {
    let cache = Cache::start(Options::default()).await.unwrap();
    let app = minimal::app(cache);
    let long = "x".repeat(101);
    let answer = get(&app, &format!("/api/quotes?tag={long}")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    assert!(
        answer.body.contains("\"parameter\":\"tag\""),
        "{}",
        answer.body
    );
}
