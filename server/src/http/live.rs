//! Live updates: server-sent events that tell a browser which of its open pages were touched.
//!
//! A browser subscribes with the addresses of its pages, each with the revision up to which it is
//! known to be right: `GET /live?key=/properties%3Fcity=austin&at=120&key=/properties/7&at=118`. An
//! event carries an address and a revision only; the browser then requests the page again with
//! `Hearth-Min-Revision`. So nothing that an event says can be outdated.
//!
//! The node watches each page once, by the parts it is made of, however many readers have it open.
//! When the log has grown, one task checks whether that touches a watched page, and tells the
//! streams.
//!
//! | event | data | meaning |
//! |---|---|---|
//! | `touched` | `{"key":…,"revision":…}` | the page of this key was touched, at this revision or before |
//! | `at` | a revision, also as the event's id | every touch up to here has been told; sent at the start and as a heartbeat |

mod stream;
mod watched;

use std::convert::Infallible;

use axum::{
    Router,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Response, sse::Event},
    routing::get,
};
use catalogue::normalizer::Rejection;
use futures::Stream;
use leptos_cached::Fault;
use site::{Fixed, Page};

pub(super) use self::watched::Live;
use self::{stream::Subscription, watched::Key};
use super::App;
use crate::answers::pages::Address;

/// How many pages one stream may watch: those of a browser's tabs.
const KEYS: usize = 64;

pub(super) fn routes() -> Router<App> {
    Router::new().route(Fixed::Live.path(), get(live))
}

async fn live(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let last = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse().ok());
    match subscribe(&app, &pairs, last).await {
        Ok(events) => super::events::respond(events),
        Err(problem) => problem.into_response(),
    }
}

/// The events of the pages that a query names. `last` is the revision that an interrupted stream
/// had reached.
async fn subscribe(
    app: &App,
    pairs: &[(String, String)],
    last: Option<u64>,
) -> Result<impl Stream<Item = Result<Event, Infallible>> + use<>, Fault> {
    let keys = read(pairs)?;
    let permit = app.live.admit().ok_or(Fault::Busy)?;
    let at = |at: Option<u64>| at.max(last).unwrap_or(0);
    if let Some(newest) = keys.iter().map(|(_, known)| at(*known)).max() {
        super::edits::catch_up(app, newest).await;
    }
    let mut subscriptions = Vec::with_capacity(keys.len());
    for (key, known) in keys {
        let at = at(known);
        let watched = app.live.watch(&key, at).await;
        let (news, touched) = watched.ok_or(Fault::Busy)?;
        // A revision that the database does not have is one of a future that a restored backup has
        // ended, so the page shows what is gone.
        let is_lost = at > app.tiers.log().revision();
        subscriptions.push(Subscription::new(key.text, news, touched || is_lost));
    }
    Ok(stream::events(app.live.closing(), permit, subscriptions))
}

/// The keys of a query, each with the revision that follows it.
fn read(pairs: &[(String, String)]) -> Result<Vec<(Key, Option<u64>)>, Fault> {
    let mut keys: Vec<(Key, Option<u64>)> = Vec::new();
    for (name, value) in pairs {
        match (name.as_str(), keys.last_mut()) {
            ("key", _) => {
                let (path, search) = value.split_once('?').unwrap_or((value, ""));
                let page = Page::parse(path, search).and_then(Address::of);
                let expected = "the address of a public page";
                let page = page.ok_or_else(|| Rejection::of("key", value, expected))?;
                let text = value.clone();
                keys.push((Key { text, page }, None));
            }
            ("at", Some((_, at))) => {
                let expected = "a revision, as a whole number";
                let revision = value
                    .parse()
                    .map_err(|_| Rejection::of("at", value, expected))?;
                *at = Some(revision);
            }
            _ => {}
        }
    }
    match keys.len() {
        0 => Err(Rejection::of("key", "", "the address of a page").into()),
        1..=KEYS => Ok(keys),
        many => {
            let expected = format!("at most {KEYS} of them");
            Err(Rejection::of("key", &many.to_string(), &expected).into())
        }
    }
}
