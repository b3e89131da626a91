//! The laboratory: one list, read in three ways, so that the usual before-and-after experiment
//! can be repeated on one machine.
//!
//! | path | way | queries |
//! |---|---|---|
//! | `/api/{catalogue}/live/naive/` | row by row | 62 for 20 homes |
//! | `/api/{catalogue}/live/optimized/` | joined | 2 |
//! | `/api/{catalogue}/cached/` | the tiers | 0 to 2 |
//!
//! Each says in `Server-Timing` how many queries it took. The first two are never kept.

use std::time::Instant;

use axum::{
    Router,
    extract::{RawQuery, Request, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
    routing::get,
};
use catalogue::{
    Catalogue,
    normalizer::{Query, normalize},
};

use super::{
    App,
    api::{CACHE_STATUS, JSON, SERVER_TIMING, remembered, timing},
    policy::CachePolicy,
    problem::Problem,
    represent::represent,
    status,
};
use crate::store::{Question, Representation, Specimen, StoreError};

pub(super) fn routes() -> Router<App> {
    let mut router = Router::new();
    for catalogue in catalogue::all() {
        let live = |joined| {
            move |State(app): State<App>, RawQuery(raw): RawQuery, headers: HeaderMap| async move {
                let (query, started) = (read(catalogue, raw)?, Instant::now());
                let store = app.tiers.origin();
                let specimen = if joined {
                    store.read_joined(catalogue, &query).await
                } else {
                    store.read_one_by_one(catalogue, &query).await
                };
                show(specimen, started, &headers)
            }
        };
        let cached = move |state, request| cached(catalogue, state, request);
        for slash in ["/", ""] {
            let path = |way: &str| format!("/api/{}/{way}{slash}", catalogue.name());
            router = router
                .route(&path("live/naive"), get(live(false)))
                .route(&path("live/optimized"), get(live(true)))
                .route(&path("cached"), get(cached));
        }
    }
    router
}

fn read(catalogue: &'static Catalogue, raw: Option<String>) -> Result<Query, Problem> {
    Ok(normalize(
        catalogue.schema,
        raw.as_deref().unwrap_or_default(),
    )?)
}

fn show(
    specimen: Result<Specimen, StoreError>,
    started: Instant,
    asked: &HeaderMap,
) -> Result<Response, Problem> {
    let specimen = specimen?;
    let body = Representation::new(specimen.json, true, None);
    let mut response = represent(&body, JSON, asked);
    let headers = response.headers_mut();
    headers.insert(CACHE_STATUS, status::bypassed());
    headers.insert(header::CACHE_CONTROL, CachePolicy::Never.header());
    let queries = queries(specimen.queries);
    let total = timing("total", started.elapsed(), Some(&queries));
    headers.insert(SERVER_TIMING, total);
    Ok(response)
}

async fn cached(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    request: Request,
) -> Result<Response, Problem> {
    let query = read(catalogue, request.uri().query().map(ToOwned::to_owned))?;
    if query.is_bypass() {
        let (started, asked) = (Instant::now(), request.headers().clone());
        let specimen = app.tiers.origin().read_joined(catalogue, &query).await;
        return show(specimen, started, &asked);
    }
    // The entry is the list's own, under whatever path it is asked for.
    let canonical = query.url(&format!("/api/{}/", catalogue.name()));
    let question = Question::list(catalogue, query);
    let mut response = remembered(&app, &question, request, &canonical).await?;
    let headers = response.headers_mut();
    let said = headers
        .get(SERVER_TIMING)
        .and_then(|said| said.to_str().ok());
    let loaded = said.is_some_and(|said| said.contains("db;"));
    let queries = queries(if loaded { 2 } else { 0 });
    let said = said.unwrap_or_default();
    if let Ok(value) = format!("{}, {said}", queries.to_str().unwrap_or_default()).parse() {
        headers.insert(SERVER_TIMING, value);
    }
    Ok(response)
}

/// The number of queries as a metric of `Server-Timing`, which knows durations and descriptions.
fn queries(queries: u32) -> HeaderValue {
    format!("queries;desc=\"{queries}\"")
        .try_into()
        .unwrap_or(HeaderValue::from_static("queries"))
}
