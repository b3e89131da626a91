//! A page has the same bytes whether its answers were cached or had to be waited for: its entity
//! tag relies on that.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use cache::{Settings, Tiers};
use futures::future::join_all;
use hearth::http::{App, service};
use tower::ServiceExt;

use crate::support::{On, Server};

/// One of each kind of page.
const PAGES: [&str; 17] = [
    "/",
    "/properties",
    "/properties?city=austin&view=list",
    "/properties?min_price=300000&max_price=600000&bedrooms=2&sort=price",
    "/properties?min_price=900000000",
    "/properties?page=999",
    "/properties?bedrooms=abc",
    "/properties/7",
    "/properties/99999",
    "/recipes?diet=vegan",
    "/recipes/3",
    "/recipes/3?servings=6",
    "/recipes/3/cook",
    "/saved?ids=1,2,3,99999",
    "/saved/recipes?ids=1,2,99999",
    "/compare?ids=4,5",
    "/nowhere",
];

/// How often each page is rendered, half of the times with cached answers.
const RENDERS: usize = 300;

/// The page, rendered by a server without cached pages, with the answers of these tiers.
async fn render(server: &Server, tiers: Arc<hearth::answers::Tiers>, path: &str) -> Vec<u8> {
    let app = App::new(tiers, server.app.config.clone(), server.app.metrics.clone()).unwrap();
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = service(app).oneshot(request).await.unwrap();
    to_bytes(response.into_body(), 16 << 20)
        .await
        .unwrap()
        .to_vec()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_has_the_same_bytes_whether_its_answers_were_cached_or_not() {
    let server = Server::start(On::Sqlite).await.unwrap();
    for path in PAGES {
        let expect = render(&server, Arc::clone(&server.tiers), path).await;
        // Ten at a time, so that the parts arrive in different orders.
        for _ in 0..RENDERS / 20 {
            let cached = (0..10).map(|_| render(&server, Arc::clone(&server.tiers), path));
            let cold = (0..10).map(|_| {
                let (store, log) = (Arc::clone(&server.store), Arc::clone(server.tiers.log()));
                let tiers = Tiers::new(store, log, None, Settings::default());
                render(&server, Arc::new(tiers), path)
            });
            let (cached, cold) = futures::join!(join_all(cached), join_all(cold));
            for html in cached.into_iter().chain(cold) {
                assert!(html == expect, "{path}: {}", difference(&html, &expect));
            }
        }
    }
}

/// The first difference between two pages.
fn difference(one: &[u8], other: &[u8]) -> String {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(80);
    let shown = |html: &[u8]| {
        let end = html.len().min(same + 80);
        String::from_utf8_lossy(&html[from.min(end)..end]).into_owned()
    };
    format!("{:?} is not {:?}", shown(one), shown(other))
}
