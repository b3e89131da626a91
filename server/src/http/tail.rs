//! The tail: what the tiers decide, as it happens.
//!
//! `GET /admin/tail` is a page, and as JSON the last decisions that were no hits.
//! `GET /admin/tail/events?tier=redis&verdict=MISS&reason=cold&key=city%3Daustin` streams the
//! decisions that pass the filter, for those who may look:
//!
//! | event | data | meaning |
//! |---|---|---|
//! | `decision` | a [`Line`](app::line::Line) as JSON | what a tier decided |
//! | `dropped` | a number | so many more passed the filter, but were too many to send |
//! | `beat` | nothing | the stream is alive |

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::{Insight, TailInsight, line::Line};
use axum::{
    Router,
    extract::{Query, Request, State},
    response::{Response, sse::Event},
    routing::get,
};
use cache::{Filter, Reason, Tail, Tier, Verdict};
use catalogue::normalizer::Rejection;
use futures::{Stream, StreamExt as _, stream};
use leptos_cached::Fault;
use site::Admin;
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};
use tower_sessions::Session;

use super::{App, auth::Viewer, events, json, pages};
use crate::answers::inspection::line;

/// How often a watcher is told how many lines were dropped.
const TALLY: Duration = Duration::from_secs(1);

type Pairs = Vec<(String, String)>;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(&Admin::Tail.path(), get(page))
        .route(Admin::TAIL_EVENTS, get(follow))
}

async fn page(
    State(app): State<App>,
    session: Session,
    viewer: Option<Viewer>,
    Query(pairs): Query<Pairs>,
    request: Request,
) -> Result<Response, Fault> {
    if json::is_preferred(request.headers()) {
        viewer.ok_or(Fault::Unauthorized)?;
        let lines = recent(&app, &read(&pairs)?);
        return Ok(json::respond(lines));
    }
    // Without a viewer, the page leads to the login.
    let insight = viewer.map(|_| insight(&app, &pairs));
    let insight = insight.map(|insight| Insight::Tail(Arc::new(insight)));
    Ok(pages::with_insight(&app, &session, request, insight).await)
}

/// The last decisions that pass a filter, the newest first.
fn recent(app: &App, filter: &Filter) -> Vec<Line> {
    let decisions = app.tiers.journal().recent(filter);
    decisions.iter().map(|decision| line(decision)).collect()
}

fn insight(app: &App, pairs: &Pairs) -> TailInsight {
    let (lines, error) = match read(pairs) {
        Ok(filter) => (recent(app, &filter), None),
        Err(rejection) => (Vec::new(), Some(rejection.to_string())),
    };
    let choices = [
        ("tier", Tier::ALL.map(Tier::name).to_vec()),
        ("verdict", Verdict::ALL.map(Verdict::name).to_vec()),
        ("reason", Reason::NAMES.to_vec()),
    ];
    let chosen = |name: &str| {
        let given = pairs.iter().rev().find(|(given, _)| given == name);
        given.map(|(_, value)| value.clone())
    };
    let choices = choices.map(|(name, names)| (name, names, chosen(name)));
    TailInsight {
        lines,
        choices: choices.into(),
        key: chosen("key").unwrap_or_default(),
        error,
    }
}

async fn follow(
    State(app): State<App>,
    _: Viewer,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Fault> {
    let filter = read(&pairs)?;
    let tail = app.tiers.journal().watch(filter).ok_or(Fault::Busy)?;
    Ok(events::respond(Following::events(tail, app.live.closing())))
}

/// The filter in a query. An empty value filters nothing.
fn read(pairs: &Pairs) -> Result<Filter, Rejection> {
    let mut filter = Filter::default();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        match &**name {
            "tier" => filter.tier = Some(one_of("tier", value, &Tier::ALL, Tier::name)?),
            "verdict" => {
                let verdict = one_of("verdict", value, &Verdict::ALL, Verdict::name)?;
                filter.verdict = Some(verdict);
            }
            "reason" => {
                let reason = one_of("reason", value, &Reason::NAMES, |name| name)?;
                filter.reason = Some(reason);
            }
            "key" => filter.key = value.clone(),
            _ => {}
        }
    }
    Ok(filter)
}

/// The one of these with a name, in capitals or not.
fn one_of<T: Copy>(
    parameter: &'static str,
    value: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, Rejection> {
    let found = all
        .iter()
        .find(|one| name(**one).eq_ignore_ascii_case(value));
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
        Rejection::of(parameter, value, &format!("one of {}", names.join(", ")))
    })
}

/// One watcher's stream.
struct Following {
    tail: Tail,
    closing: watch::Receiver<bool>,
    /// When the watcher is told next how many lines were dropped, if any were.
    tally: Instant,
    heartbeat: Instant,
    end: Instant,
}

impl Following {
    fn events(
        tail: Tail,
        closing: watch::Receiver<bool>,
    ) -> impl Stream<Item = Result<Event, Infallible>> {
        let now = Instant::now();
        let following = Self {
            tail,
            closing,
            tally: now + TALLY,
            heartbeat: now,
            end: now + events::LONGEST,
        };
        stream::unfold(following, |mut following| async move {
            Some((following.next().await?, following))
        })
        .map(Ok)
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            let now = Instant::now();
            if now >= self.end || *self.closing.borrow() {
                return None;
            }
            if now >= self.tally {
                self.tally = now + TALLY;
                let dropped = self.tail.dropped();
                if dropped > 0 {
                    return Some(Event::default().event("dropped").data(dropped.to_string()));
                }
            }
            if now >= self.heartbeat {
                self.heartbeat = now + events::HEARTBEAT;
                return Some(Event::default().event("beat").data(""));
            }
            tokio::select! {
                decision = self.tail.next() => {
                    let line = serde_json::to_string(&line(&*decision?));
                    if let Ok(line) = line {
                        return Some(Event::default().event("decision").data(line));
                    }
                }
                () = sleep_until(self.tally.min(self.heartbeat)) => {}
                _ = self.closing.wait_for(|closing| *closing) => return None,
            }
        }
    }
}
