//! The example, by requests: a miss, a hit, and an edit that touches two of three answers.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use cache_alone::{Database, app};
use tower::ServiceExt;

/// The tier that had a shelf's titles, and the titles.
async fn get(app: &Router, shelf: &str) -> (String, String) {
    let request = Request::get(format!("/shelves/{shelf}"));
    let request = request.body(Body::empty()).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    let source = response.headers()["source"].to_str().unwrap().to_owned();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (source, String::from_utf8(body.to_vec()).unwrap())
}

async fn put(app: &Router, address: &str) -> StatusCode {
    let request = Request::put(address).body(Body::empty()).unwrap();
    app.clone().oneshot(request).await.unwrap().status()
}

#[tokio::test]
async fn an_edit_touches_the_answers_it_is_about() {
    let books = [("Emma", "novels"), ("Walden", "essays"), ("Odes", "poems")];
    let app = app(Arc::new(Database::new(&books))).await;
    let check = async |shelf, source: &str, titles: &str| {
        assert_eq!(get(&app, shelf).await, (source.into(), titles.into()));
    };
    for (shelf, titles) in [("novels", "Emma"), ("essays", "Walden"), ("poems", "Odes")] {
        check(shelf, "none", titles).await;
        check(shelf, "memory", titles).await;
    }
    assert_eq!(put(&app, "/books/2/novels").await, StatusCode::NO_CONTENT);
    // Where the book was, and where it is now.
    check("essays", "none", "").await;
    check("novels", "none", "Emma\nWalden").await;
    check("poems", "memory", "Odes").await;
    assert_eq!(put(&app, "/books/9/novels").await, StatusCode::NOT_FOUND);
}
