//! A page and a JSON API that share one cached answer to a question. The README tells the story.

use std::{borrow::Cow, time::Duration};

use axum::{Router, routing::get};
use leptos::prelude::*;
use leptos_axum::render_app_async_with_context;
use leptos_cached::ask::normalizer::{Parameter, Query, Schema, normalize};
use leptos_cached::ask::{Ask, CachePolicy, FromUrl, UrlError};
use leptos_cached::{Answered, Cache, Canonical, Fault, Fetch, cached, resource};

static QUOTES: Schema = Schema {
    catalogue: "quotes",
    version: 1,
    parameters: &[Parameter::tokens("tag")],
    ranges: &[],
}
.checked();

/// The quotes with any of some tags.
#[derive(Clone, Debug)]
pub struct Quotes(Query);

impl Ask for Quotes {
    type Image = ();
    fn url(&self) -> Cow<'_, str> {
        self.0.url("/api/quotes").into()
    }
    fn key(&self) -> Cow<'_, str> {
        self.0.key().into()
    }
    fn catalogue(&self) -> &'static str {
        QUOTES.catalogue
    }
    fn policy(&self) -> CachePolicy {
        CachePolicy::every(Duration::from_secs(2))
    }
}

impl FromUrl for Quotes {
    fn from_url(_: &str, query: &str) -> Result<Self, UrlError> {
        Ok(Self(normalize(&QUOTES, query)?))
    }
}

/// The quotes: GET `/api/quotes?tag=…`.
#[server(name = QuotesFn, prefix = "/api", endpoint = "quotes", protocol = Canonical, client = Fetch, input_derive = (Clone,))]
pub async fn quotes(#[doc = "What is asked."] ask: Quotes) -> Answered<Vec<String>> {
    cached(ask, load).await
}

/// What takes long: here it only says when it was done.
async fn load(Quotes(query): Quotes) -> Result<Vec<String>, Fault> {
    tokio::time::sleep(Duration::from_millis(100)).await;
    let loaded = std::time::UNIX_EPOCH
        .elapsed()
        .unwrap_or_default()
        .as_millis();
    Ok(query
        .set("tag")
        .map(|tag| format!("on {tag}, at {loaded}"))
        .collect())
}

#[component]
fn Page() -> impl IntoView {
    let request: http::request::Parts = expect_context();
    let ask = Quotes::from_url("", request.uri.query().unwrap_or_default());
    let quotes = resource(async move { quotes(ask?).await });
    Suspend::new(async move {
        match quotes.await {
            Ok(quotes) => view! { <ul>{quotes.iter().map(|quote| view! { <li>{quote.clone()}</li> }).collect_view()}</ul> }.into_any(),
            Err(fault) => view! { <p>{format!("{fault:?}")}</p> }.into_any(),
        }
    })
}

/// The app: the page at `/`, the server function at `/api/quotes`.
pub fn app(cache: Cache) -> Router {
    let context = cache.clone();
    let page = render_app_async_with_context(move || provide_context(context.clone()), Page);
    Router::new()
        .route("/", get(page))
        .merge(cache.route::<QuotesFn, _>())
}
