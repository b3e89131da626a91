//! Server functions: requests by canonical URL or any other spelling, and in-process calls, share
//! one cached answer.

use std::sync::Arc;

use app::functions::{
    Answers, Counted, Pending, count, facets, history, list, object, similar, trending,
};
use ask::Ask as _;
use axum::http::StatusCode;
use catalogue::{Row, normalizer::normalize, properties::Property, recipes::Recipe};
use leptos::prelude::provide_context;
use leptos_cached::{Answered, Fault, in_context};
use site::{AnyAsk, Count, Facets, History, List, Object, Similar, Trending};

use crate::{on_both, support::Server};

/// The tiers of a test's server, as rendered pages use them.
struct InProcess(Arc<hearth::answers::Tiers>);

impl Answers for InProcess {
    fn answer(&self, ask: AnyAsk) -> Pending<leptos_cached::Answer> {
        let tiers = Arc::clone(&self.0);
        Box::pin(async move {
            let answer = tiers.answer(&ask).await;
            answer.map(Into::into).map_err(|_| Fault::Unavailable)
        })
    }
}

/// Calls a server function as a page does.
async fn call<T>(server: &Server, function: impl Future<Output = Answered<T>>) -> Answered<T> {
    let answers: Arc<dyn Answers> = Arc::new(InProcess(Arc::clone(&server.tiers)));
    in_context(|| provide_context(answers), function).await
}

/// Another spelling of an ask's URL.
fn respelled(url: &str) -> String {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    pairs.reverse();
    let path = path.trim_end_matches('/');
    format!("{path}?utm_source=x&{}&_=17", pairs.join("&"))
}

/// Requests an ask by its URL, by another spelling of it and by the function, and checks that all
/// give the same answer.
macro_rules! check {
    ($server:ident, $ask:expr, $function:expr) => {{
        let ask = $ask;
        let any = AnyAsk::from(ask.clone());
        let url = any.url();
        let first = $server.get(&url).await;
        assert_eq!(first.status, StatusCode::OK, "{url}: {}", first.text());
        assert_eq!(first.header("link"), "", "{url} is canonical");
        let hit = format!("hearth-memory; hit; key=\"{}\"", any.key());
        for same in [url.to_string(), respelled(&url)] {
            let again = $server.get(&same).await;
            assert_eq!(again.header("cache-status"), hit, "{same}");
            assert_eq!(
                (again.header("etag"), &again.body),
                (first.header("etag"), &first.body),
                "{same}"
            );
            let link = if *same == *url {
                String::new()
            } else {
                format!("<{url}>; rel=\"canonical\"")
            };
            assert_eq!(again.header("link"), link, "{same}");
        }
        let called = call(&$server, $function(ask.clone())).await.unwrap();
        assert_eq!(
            called.answer().representation().content(),
            &first.body[..],
            "{url}: the same bytes"
        );
        // Parsed once for all readers of this entry.
        let read = called.read().unwrap();
        let again = call(&$server, $function(ask))
            .await
            .unwrap()
            .read()
            .unwrap();
        assert!(Arc::ptr_eq(&read, &again), "{url} was parsed twice");
        read
    }};
}

on_both! {
    async fn every_function_shares_one_entry_with_its_url(server: Server) {
        let schema = Property::SCHEMA;
        let query = normalize(schema, "status=any&min_price=300000&sort=price").unwrap();
        let listing = check!(server, List { query: query.clone() }, list::<Property>);
        let counted = check!(server, Count::of(&query), count);
        assert_eq!(*counted, Counted { count: listing.count });
        let facet_counts = check!(server, Facets::of(&query), facets);
        assert_eq!(facet_counts.count, listing.count);
        check!(server, Trending { schema }, trending::<Property>);
        let home = check!(server, Object { schema, id: 7 }, object::<Property>);
        let prices = check!(server, History { schema, id: 7 }, history);
        assert_eq!(prices.last().unwrap().price, home.price);
        let alike = check!(server, Similar::to(&home).unwrap(), similar);
        assert!(alike.iter().all(|other| other.id != home.id && other.location.city == home.location.city));
        let schema = Recipe::SCHEMA;
        check!(server, List { query: normalize(schema, "diet=vegan").unwrap() }, list::<Recipe>);
        check!(server, Object { schema, id: 3 }, object::<Recipe>);
    }

    async fn every_ask_is_served(server: Server) {
        for ask in catalogue::schemas().into_iter().flat_map(AnyAsk::examples) {
            let answer = server.get(&ask.url()).await;
            // The row may not exist, but then the function says so, under the ask's key.
            let key = format!("key=\"{}\"", ask.key());
            assert!(answer.header("cache-status").contains(&key), "{} is not served", ask.url());
        }
    }

    async fn a_page_is_made_of_the_entries_of_its_functions(server: Server) {
        // Afterwards, exactly the asks of the home's page are cached.
        server.get("/properties/7").await;
        let schema = Property::SCHEMA;
        let ask = Object { schema, id: 7 };
        let home = call(&server, object::<Property>(ask.clone())).await.unwrap().read().unwrap();
        for ask in [ask.into(), History { schema, id: 7 }.into(), Similar::to(&home).unwrap().into()] {
            let answer = server.tiers.answer(&ask).await.ok().unwrap();
            assert!(answer.trail.load.is_none(), "{ask:?} was loaded again");
        }
        // And a page uses an answer that was requested by URL.
        let other = server.get("/api/properties/8/").await;
        assert!(other.header("cache-status").contains("fwd=miss"));
        let page = server.get("/properties/8").await;
        assert_eq!(page.header("cache-status"), "hearth-memory; hit; key=\"hearth:properties:v2:@object:8\"");
    }

    async fn a_fault_has_the_status_and_the_message_of_the_api(server: Server) {
        let check = async |path: &str, status: StatusCode, word: &str| {
            let answer = server.get(path).await;
            assert_eq!(answer.status, status, "{path}");
            assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
            assert!(answer.text().contains(word), "{path}: {}", answer.text());
        };
        check("/api/properties/?bedrooms=abc", StatusCode::BAD_REQUEST, "\"parameter\":\"bedrooms\"").await;
        check("/api/properties/count/?min_price=x", StatusCode::BAD_REQUEST, "\"parameter\":\"min_price\"").await;
        check("/api/properties/similar/?city=austin", StatusCode::BAD_REQUEST, "\"parameter\":\"price\"").await;
        check("/api/properties/99999/", StatusCode::NOT_FOUND, "not found").await;
        check("/api/properties/99999/history/", StatusCode::NOT_FOUND, "not found").await;
        check("/api/recipes/3/history/", StatusCode::NOT_FOUND, "not found").await;
        check("/api/properties/x/", StatusCode::NOT_FOUND, "not found").await;
    }
}
