//! The laboratory: one list, read in three ways, so that the usual before-and-after experiment
//! can be repeated on one machine.
//!
//! | path | way | queries |
//! |---|---|---|
//! | `/api/{catalogue}/live/naive/` | row by row | 62 for 20 homes |
//! | `/api/{catalogue}/live/optimized/` | joined | 2 |
//! | `/api/{catalogue}/cached/` | the tiers | 0 to 2 |
//!
//! Each says in `Server-Timing` how many queries it took. The first two are never stored, and are outside of
//! the limit of loads, so that few of them run at a time; and the laboratory is open on loopback
//! addresses only, unless it is configured otherwise (`HEARTH_LABORATORY`).

use std::{sync::Arc, time::Instant};

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

use leptos_cached::{
    Answer, CACHE_STATUS, Fault, Representation, SERVER_TIMING, bypassed, no_store, respond_to,
    revalidate, timing,
};
use site::List;
use tokio::sync::Semaphore;

use super::{App, api::catch_up};
use crate::{
    answers::of_load,
    store::{Specimen, StoreError},
};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// How many experiments run at the same time.
const EXPERIMENTS: usize = 4;

/// How many requests may be at it at the same time, those included that wait.
const REQUESTS: usize = 64;

pub(super) fn routes() -> Router<App> {
    let mut router = Router::new();
    let places = Arc::new(Semaphore::new(EXPERIMENTS));
    let queue = Arc::new(Semaphore::new(REQUESTS));
    for catalogue in catalogue::all() {
        let live = |joined| {
            let (places, queue) = (Arc::clone(&places), Arc::clone(&queue));
            move |State(app): State<App>, RawQuery(raw): RawQuery, headers: HeaderMap| async move {
                let (query, started) = (read(catalogue, raw)?, Instant::now());
                let _waiting = queue.try_acquire().map_err(|_| Fault::Busy)?;
                let _place = places.acquire().await.map_err(|_| Fault::Busy)?;
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

fn read(catalogue: &'static Catalogue, raw: Option<String>) -> Result<Query, Fault> {
    Ok(normalize(
        catalogue.schema,
        raw.as_deref().unwrap_or_default(),
    )?)
}

fn show(
    specimen: Result<Specimen, StoreError>,
    started: Instant,
    accepted: &HeaderMap,
) -> Result<Response, Fault> {
    let specimen = specimen?;
    let body = Representation::new(specimen.json, true, None);
    let mut response = revalidate(&body, JSON, accepted);
    let headers = response.headers_mut();
    headers.insert(CACHE_STATUS, bypassed());
    headers.insert(header::CACHE_CONTROL, no_store());
    let queries = queries(specimen.queries);
    let total = timing("total", started.elapsed(), Some(&queries));
    headers.insert(SERVER_TIMING, total);
    Ok(response)
}

async fn cached(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    request: Request,
) -> Result<Response, Fault> {
    let query = read(catalogue, request.uri().query().map(ToOwned::to_owned))?;
    if query.is_bypass() {
        let (started, accepted) = (Instant::now(), request.headers().clone());
        let specimen = app.tiers.origin().read_joined(catalogue, &query).await;
        return show(specimen, started, &accepted);
    }
    let started = Instant::now();
    let (parts, _) = request.into_parts();
    catch_up(&app, &parts.headers).await?;
    // This is the list's own entry, whatever path requested it.
    let answer = app.tiers.answer(&List { query }.into()).await;
    let answer: Answer = answer.map_err(|failure| of_load(&failure))?.into();
    let downstream = &app.downstream;
    let mut response = respond_to(&answer, &parts.uri, &parts.headers, downstream, started);
    let headers = response.headers_mut();
    let queries = queries(if answer.trail().load.is_some() { 2 } else { 0 });
    let present = headers
        .get(SERVER_TIMING)
        .and_then(|present| present.to_str().ok());
    let present = present.unwrap_or_default();
    if let Ok(value) = format!("{}, {present}", queries.to_str().unwrap_or_default()).parse() {
        headers.insert(SERVER_TIMING, value);
    }
    Ok(response)
}

/// The number of queries as a metric of `Server-Timing`, which has only durations and descriptions.
fn queries(queries: u32) -> HeaderValue {
    format!("queries;desc=\"{queries}\"")
        .try_into()
        .unwrap_or(HeaderValue::from_static("queries"))
}
