//! Open pages are told of the edits that touch them, on any node, and of no others.

use std::{collections::BTreeSet, time::Duration};

use axum::{
    body::BodyDataStream,
    http::{Method, StatusCode},
};
use futures::StreamExt as _;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{on_both, support::Server};

/// Far longer than an event takes, because the machine may be busy with other tests.
const PATIENCE: Duration = Duration::from_secs(20);

/// The events of some pages.
struct Events {
    body: BodyDataStream,
    text: String,
}

impl Events {
    async fn of(server: &Server, keys: &[(&str, u64)]) -> Self {
        let pairs = keys.iter().map(|(key, at)| {
            format!(
                "key={}&at={at}",
                key.replace('?', "%3F").replace('&', "%26")
            )
        });
        let path = format!("/live?{}", pairs.collect::<Vec<_>>().join("&"));
        let response = server.begin(Method::GET, &path, &[], Vec::new()).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Self {
            body: response.into_body().into_data_stream(),
            text: String::new(),
        }
    }

    /// The next event's name and data; `None` at the end of the stream.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    let mut lines = event.lines();
                    lines
                        .find_map(|line| line.strip_prefix(name))
                        .unwrap_or_default()
                };
                let event = (
                    field("event: ").to_owned(),
                    serde_json::from_str(field("data: ")).unwrap_or_default(),
                );
                self.text = rest.to_owned();
                return Some(event);
            }
            let piece = timeout(PATIENCE, self.body.next())
                .await
                .expect("an event comes");
            self.text += std::str::from_utf8(&piece?.unwrap()).unwrap();
        }
    }

    /// The key of the next page that was touched, and the revision that the event carries.
    async fn touched(&mut self) -> (String, u64) {
        loop {
            let (name, data) = self.next().await.expect("the stream continues");
            if name == "touched" {
                let key = data["key"].as_str().unwrap().to_owned();
                return (key, data["revision"].as_u64().unwrap());
            }
        }
    }

    /// Waits until the stream says that it has begun.
    async fn begun(&mut self) -> u64 {
        let (name, data) = self.next().await.unwrap();
        assert_eq!(name, "at", "nothing was touched yet: {data}");
        data.as_u64().unwrap()
    }
}

/// A page, and the revision up to which it is right.
async fn page(server: &Server, path: &str) -> (String, u64) {
    let answer = server.get(path).await;
    let timing = answer.header("server-timing");
    let (_, revision) = timing.split_once("revision;desc=\"").unwrap();
    (
        answer.text(),
        revision.trim_end_matches('"').parse().unwrap(),
    )
}

on_both! {
    async fn an_edit_on_any_node_is_announced_only_to_the_pages_that_it_touches(server: Server) {
        let other = server.another_node().await;
        other.patch("/api/properties/7/", json!({"price": "480000", "status": "active"})).await;
        let (home, list) = ("/properties/7", "/properties?min_price=470000&max_price=490000");
        // Of another type *and* more expensive: a page's facets count homes that fail one filter.
        let kind = server.get("/api/properties/7/").await.json()["property_type"] == "loft";
        let elsewhere =
            format!("/properties?min_price=600000&property_type={}", if kind { "condo" } else { "loft" });
        let elsewhere = elsewhere.as_str();
        let mut keys = Vec::new();
        for path in [home, list, elsewhere] {
            keys.push((path, page(&server, path).await.1));
        }
        let mut events = Events::of(&server, &keys).await;
        events.begun().await;
        for (node, price) in [(&other, "485000"), (&server, "486000"), (&other, "487000")] {
            let answer = node.patch("/api/properties/7/", json!({ "price": price })).await;
            let revision: u64 = answer.header("hearth-revision").parse().unwrap();
            let mut told = [events.touched().await, events.touched().await];
            told.sort();
            assert_eq!([&*told[0].0, &*told[1].0], [home, list], "as the keys were written");
            assert!(told.iter().all(|(_, at)| *at >= revision));
            let wanted = told[0].1.to_string();
            let headers = [("hearth-min-revision", wanted.as_str())];
            let shown = server.send(Method::GET, home, &headers, Vec::new()).await.text();
            assert!(shown.contains(&format!("${},000", &price[..3])), "{price}");
        }
        server.sql("UPDATE properties SET view_count = view_count + 1 WHERE id = 7").await;
        server.sql("UPDATE properties SET price_cents = 65000000 WHERE id = 7").await;
        // Now it fails only the type of the page elsewhere. On SQLite, where each row of the log is
        // a revision, a page may be announced twice.
        let mut missing = BTreeSet::from([home, list, elsewhere].map(str::to_owned));
        while !missing.is_empty() {
            missing.remove(&events.touched().await.0);
        }
    }

    async fn an_edit_of_any_catalogue_is_announced_to_its_list_and_its_page(server: Server) {
        for catalogue in catalogue::all() {
            let (name, named) = (catalogue.name(), catalogue.named[0]);
            let first = server.get(&format!("/api/{name}/")).await.json()["results"][0]["id"].clone();
            let (list, row) = (format!("/{name}"), format!("/{name}/{first}"));
            let keys = [(&*list, page(&server, &list).await.1), (&*row, page(&server, &row).await.1)];
            let mut events = Events::of(&server, &keys).await;
            events.begun().await;
            let edited = server.patch(&format!("/api{row}/"), json!({named: "Crwth & Co."})).await;
            assert_eq!(edited.status, StatusCode::OK, "{}", edited.text());
            let mut told = [events.touched().await, events.touched().await];
            told.sort();
            assert_eq!([&*told[0].0, &*told[1].0], [list, row.clone()]);
            let wanted = told[0].1.to_string();
            let headers = [("hearth-min-revision", wanted.as_str())];
            let shown = server.send(Method::GET, &row, &headers, Vec::new()).await.text();
            assert!(shown.contains("Crwth &amp; Co."), "{row}");
        }
    }

    async fn a_page_touched_before_the_stream_began_is_announced_at_its_start(server: Server) {
        let (_, at) = page(&server, "/properties/7").await;
        server.patch("/api/properties/8/", json!({"price": "1.00"})).await;
        server.patch("/api/properties/7/", json!({"price": "2.00"})).await;
        let mut late = Events::of(&server, &[("/properties/7", at)]).await;
        let (_, revision) = late.touched().await;
        assert!(revision > at);
        let (_, now) = page(&server, "/properties/7").await;
        Events::of(&server, &[("/properties/7", now), ("/properties/9", at)]).await.begun().await;
        // A client that does not know how old its page is must request it again.
        Events::of(&server, &[("/properties/9", 0)]).await.touched().await;
    }

    async fn a_page_of_a_lost_future_is_requested_again(server: Server) {
        let (_, now) = page(&server, "/properties/7").await;
        // As after a restored backup, which has fewer revisions.
        Events::of(&server, &[("/properties/7", now + 1_000)]).await.touched().await;
        Events::of(&server, &[("/properties/7", now)]).await.begun().await;
    }

    async fn a_requested_revision_is_reached_first(server: Server) {
        page(&server, "/properties/7").await;
        server.sql("UPDATE properties SET price_cents = 12300000 WHERE id = 7").await;
        let revision = server.number("SELECT revision FROM revision_counter").await.to_string();
        let headers = [("hearth-min-revision", revision.as_str())];
        let answer = server.send(Method::GET, "/properties/7", &headers, Vec::new()).await;
        assert!(answer.text().contains("$123,000"));
        let headers = [("hearth-min-revision", "999999999")];
        let answer = server.send(Method::GET, "/properties/7", &headers, Vec::new()).await;
        assert_eq!(answer.status, StatusCode::OK, "a revision that does not come is not waited for");
        for wrong in ["", "x", "-1", "1.5", "99999999999999999999999"] {
            let headers = [("hearth-min-revision", wrong)];
            let answer = server.send(Method::GET, "/properties/7", &headers, Vec::new()).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
            assert!(answer.text().contains("Hearth-Min-Revision"));
        }
    }

    async fn a_stream_covers_only_readers_pages_and_ends_with_the_server(server: Server) {
        let many = vec!["key=/properties/7"; 65].join("&");
        for wrong in ["", "at=7", "key=/admin", "key=/properties%3Fq=garden", "key=/properties/7&at=x", many.as_str()] {
            let answer = server.get(&format!("/live?{wrong}")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
        }
        let mut events = Events::of(&server, &[("/", 0)]).await;
        server.app.end_streams();
        while events.next().await.is_some() {}
    }
}
