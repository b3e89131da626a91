//! A page and a JSON API that share one cached answer. The README tells the story.

use std::time::{Duration, UNIX_EPOCH};

use axum::{Router, routing::get};
use leptos::prelude::*;
use leptos_axum::render_app_async_with_context;
use leptos_cached::ask::normalizer::{Parameter, Query, Schema, normalize};
use leptos_cached::ask::{CachePolicy, QueryAsk};
use leptos_cached::{Answered, Cache, Canonical, Fault, Fetch, cached, resource};

static QUOTES: Schema = Schema {
    catalogue: "quotes",
    version: 1,
    parameters: &[Parameter::tokens("tag")],
    ranges: &[],
}
.checked();

/// The quotes with any of the given tags.
#[derive(Clone, Debug)]
pub struct Quotes(Query);

impl QueryAsk for Quotes {
    const PATH: &'static str = "/api/quotes";
    const SCHEMA: &'static Schema = &QUOTES;
    const CACHE: CachePolicy = CachePolicy::every(Duration::from_secs(2));
    fn of(query: Query) -> Self {
        Self(query)
    }
    fn query(&self) -> &Query {
        &self.0
    }
}

/// The quotes: GET `/api/quotes?tag=…`.
#[server(name = QuotesFn, protocol = Canonical, client = Fetch, input_derive = (Clone,))]
pub async fn quotes(#[doc = "The tag."] ask: Quotes) -> Answered<Vec<String>> {
    cached(ask, load).await
}

/// The slow part. Here it only says when it ran.
async fn load(Quotes(query): Quotes) -> Result<Vec<String>, Fault> {
    tokio::time::sleep(Duration::from_millis(100)).await;
    let now = UNIX_EPOCH.elapsed().unwrap_or_default().as_millis();
    let tags = query.set("tag");
    Ok(tags.map(|tag| format!("on {tag}, at {now}")).collect())
}

#[component]
fn Page() -> impl IntoView {
    let uri = expect_context::<http::request::Parts>().uri;
    let query = normalize(&QUOTES, uri.query().unwrap_or_default());
    let quotes = resource(async move { quotes(Quotes(query?)).await });
    Suspend::new(async move {
        let quotes = quotes.await.map(|quotes| quotes.join("; "));
        view! { <p>{quotes.unwrap_or_else(|fault| format!("{fault:?}"))}</p> }
    })
}

/// The app: the page at `/`, the server function at `/api/quotes`.
pub fn app(cache: Cache) -> Router {
    let api = cache.route::<QuotesFn, _>();
    let page = render_app_async_with_context(cache.context(), Page);
    Router::new().route("/", get(page)).merge(api)
}
