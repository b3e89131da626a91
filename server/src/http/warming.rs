//! Warming by the node itself: on a schedule, and after a start. Also what was requested most, for
//! `hearth warm`.

use std::{collections::HashMap, future::ready, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{Query, State},
    http::{Request, header},
    response::Response,
    routing::get,
};
use catalogue::normalizer::Rejection;
use futures::{StreamExt as _, stream};
use leptos_cached::Fault;
use site::{Admin, Route};
use tokio::time::sleep;
use tower::ServiceExt as _;
use tracing::{debug, info, warn};

use super::{App, Front, auth::Viewer, json};
use crate::{
    answers::pages::{Address, PageAsk},
    store::StoreError,
    warming::{self, PURPOSE, Popular},
};

/// How many popular addresses are warmed on a schedule.
const TOP: usize = 200;

/// How many popular addresses a node looks for in Redis after its start.
const AFTER_START: u64 = 2_000;

/// How many requests a scheduled warming makes at a time.
const AT_A_TIME: usize = 2;

/// How long after its start a node looks again for what it has not found.
const AGAIN: Duration = Duration::from_secs(2);

/// How long a node waits between two looks whether it is time to warm, at most.
const LOOK: Duration = Duration::from_secs(60);

pub(super) fn routes() -> Router<App> {
    Router::new().route(Admin::POPULAR, get(popular))
}

/// `GET /admin/cache/popular?top=100`: what was requested most, as JSON.
async fn popular(
    State(app): State<App>,
    _: Viewer,
    Query(mut pairs): Query<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let top = pairs.remove("top").unwrap_or_else(|| "100".to_owned());
    let wrong = || Rejection::of("top", &top, "a number from 0 to 2000");
    let count = top.parse().ok().filter(|count| *count <= 2_000);
    Ok(json::respond(most(&app, count.ok_or_else(wrong)?).await?))
}

/// What was requested most in the last days, up to now.
async fn most(app: &App, count: usize) -> Result<Vec<Popular>, Fault> {
    let noted = app.tiers.origin().most_requested(AFTER_START).await?;
    let mut times: HashMap<String, u64> = noted.into_iter().collect();
    for one in app.tiers.journal().popular().now() {
        *times.entry(one.url.into()).or_default() += one.times;
    }
    let mut all: Vec<Popular> = times
        .into_iter()
        .map(|(url, times)| Popular { url, times })
        .collect();
    all.sort_by(|one, other| {
        let by_times = other.times.cmp(&one.times);
        by_times.then_with(|| one.url.cmp(&other.url))
    });
    all.truncate(count);
    Ok(all)
}

/// Warms every so often, one node of the fleet at a time, for as long as the task runs.
pub(super) async fn keep_warm(app: App, every: Duration) {
    let service = super::service(app.clone());
    loop {
        match app.tiers.origin().may_begin("warm", every).await {
            Ok(true) => warm(&app, &service).await,
            Ok(false) => {}
            Err(error) => warn!(%error, "cannot find out whether it is time to warm"),
        }
        sleep(every.min(LOOK)).await;
    }
}

async fn warm(app: &App, service: &Front) {
    let popular = most(app, TOP).await.unwrap_or_default();
    let items = warming::items(None, &popular);
    let lists = items.len();
    let urls = items.into_iter().flat_map(|item| item.urls);
    let requests = urls.map(|url| request(service.clone(), url));
    let done = stream::iter(requests).buffer_unordered(AT_A_TIME);
    let failed = done.filter(|done| ready(!done)).count().await;
    info!(lists, failed, "warmed");
}

/// Requests an address as a reader does. Whether there is an answer.
async fn request(service: Front, url: String) -> bool {
    let request = Request::get(url)
        .header("sec-purpose", PURPOSE)
        .header(header::ACCEPT_ENCODING, "br")
        .body(Body::empty());
    let Ok(request) = request else {
        return false;
    };
    match service.oneshot(request).await {
        Ok(response) => !response.status().is_server_error(),
        Err(never) => match never {},
    }
}

/// Fills the memory of a node that has just started with what is in Redis, hottest first; the pages
/// made of that are rendered. Nothing depends on it.
pub(super) async fn fill(app: App) {
    let most = match app.tiers.origin().most_requested(AFTER_START).await {
        Ok(most) => most,
        Err(error) => {
            debug!(%error, "cannot find out what was requested most");
            return;
        }
    };
    let addresses = most.len();
    let all = most.into_iter().map(|(url, _)| url).collect();
    let mut missing = fill_all(&app, all).await;
    if !missing.is_empty() {
        // A node that starts under load may have been without its lease for a moment.
        sleep(AGAIN).await;
        missing = fill_all(&app, missing).await;
    }
    let (filled, missing) = (addresses - missing.len(), missing.len());
    if filled > 0 {
        info!(
            filled,
            missing, "filled the memory with what is requested most"
        );
    }
}

/// Returns the addresses that could not be filled.
async fn fill_all(app: &App, urls: Vec<String>) -> Vec<String> {
    let all = urls.into_iter().map(|url| fill_one(app.clone(), url));
    let left = stream::iter(all).buffer_unordered(AT_A_TIME);
    left.filter_map(ready).collect().await
}

/// Returns the address if it could not be filled.
async fn fill_one(app: App, url: String) -> Option<String> {
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let is_filled = match Route::parse(path, query) {
        Ok(Route::Ask(ask)) => matches!(app.tiers.fill(&ask).await, Ok(true)),
        Ok(Route::Page(page)) => match Address::of(page) {
            Some(address) => app.pages.answer(&PageAsk::page(&address)).await.is_ok(),
            None => false,
        },
        _ => false,
    };
    (!is_filled).then_some(url)
}

impl App {
    /// Begins a new period of what is counted by key, and notes what was requested in the one that
    /// ends.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn end_period(&self) -> Result<(), StoreError> {
        let requested = self.tiers.journal().popular().turn();
        self.tiers.log().effects().turn();
        self.spellings.turn();
        self.tiers.origin().note_requested(&requested).await
    }
}
