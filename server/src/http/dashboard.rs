//! The dashboard: how this node has done in the last hour.
//!
//! `GET /admin/dashboard` is a page, and as JSON the numbers on it. `GET /admin/dashboard/events`
//! sends the page's content anew every few seconds, as the event `content` with HTML.

mod advice;
mod beats;
mod collect;
mod readings;

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::{Insight, dashboard_content};
use axum::{
    Router,
    extract::{Request, State},
    response::{Response, sse::Event},
    routing::get,
};
use futures::{Stream, stream};
use leptos_cached::Fault;
use site::Admin;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, MissedTickBehavior, interval, interval_at},
};
use tower_sessions::Session;
use tracing::warn;

pub(super) use self::collect::collect;
pub(super) use self::{beats::Beats, readings::Readings};
use super::{App, auth::Viewer, events, json, pages};

/// How often a watcher gets the content.
const PACE: Duration = Duration::from_secs(2);

/// How many may watch.
const WATCHERS: usize = 8;

/// How many readings a period of popular keys and of causes is long: ten minutes.
const PERIOD: u32 = 60;

/// A place among the watchers.
pub(super) fn watchers() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(WATCHERS))
}

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(&Admin::Dashboard.path(), get(page))
        .route(Admin::DASHBOARD_EVENTS, get(follow))
}

/// Takes readings for as long as the task runs.
pub(super) async fn keep_reading(app: App) {
    let mut pace = interval_at(Instant::now() + readings::STEP, readings::STEP);
    pace.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut taken = 0_u32;
    loop {
        pace.tick().await;
        app.readings.take();
        taken += 1;
        if taken.is_multiple_of(PERIOD)
            && let Err(error) = app.end_period().await
        {
            warn!(%error, "cannot note what was requested");
        }
    }
}

async fn page(
    State(app): State<App>,
    session: Session,
    viewer: Option<Viewer>,
    request: Request,
) -> Result<Response, Fault> {
    if json::is_preferred(request.headers()) {
        viewer.ok_or(Fault::Unauthorized)?;
        return Ok(json::respond(collect(&app).await));
    }
    // Without a viewer, the page leads to the login.
    let insight = match viewer {
        Some(_) => Some(Insight::Dashboard(Arc::new(collect(&app).await))),
        None => None,
    };
    Ok(pages::with_insight(&app, &session, request, insight).await)
}

async fn follow(State(app): State<App>, _: Viewer) -> Result<Response, Fault> {
    let place = Arc::clone(&app.dashboard_watchers).try_acquire_owned();
    let place = place.map_err(|_| Fault::Busy)?;
    Ok(events::respond(contents(app, place)))
}

/// The content every few seconds, until the server stops or the stream has lasted long enough.
fn contents(
    app: App,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let mut pace = interval(PACE);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let end = Instant::now() + events::LONGEST;
    let closing = app.live.closing();
    let begin = (app, place, pace, closing);
    stream::unfold(
        begin,
        move |(app, place, mut pace, mut closing)| async move {
            tokio::select! {
                _ = pace.tick() => {}
                _ = closing.wait_for(|closing| *closing) => return None,
            }
            if Instant::now() >= end {
                return None;
            }
            let content = dashboard_content(&collect(&app).await);
            let event = Event::default().event("content").data(content);
            Some((Ok(event), (app, place, pace, closing)))
        },
    )
}
