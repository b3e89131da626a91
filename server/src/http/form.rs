//! What an open form of a row asks for while somebody fills it in.
//!
//! | address | answer |
//! |---|---|
//! | `GET /admin/{catalogue}/{id}` as JSON | the row, and who has edited it last |
//! | `POST /admin/{catalogue}/{id}/touches` with the form | how many cached answers saving it would touch |
//! | `GET /admin/{catalogue}/{id}/events?version=3` | server-sent events: `edited` with the row's version, each time that somebody saves it; `beat` |

use std::{collections::HashMap, convert::Infallible, sync::Arc};

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    response::{Response, sse::Event},
    routing::{get, post},
};
use cache::{Cause, Change};
use catalogue::{Catalogue, Image, Value, parse_edit};
use futures::{Stream, stream};
use leptos_cached::Fault;
use serde_json::{Map, Value as Json, json};
use site::Admin;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{Instant, sleep_until},
};

use super::{App, auth::Viewer, events, json};
use crate::store::Wanted;

/// How many open forms hear of others' edits.
const FORMS: usize = 64;

/// Places for the forms that hear of others' edits.
pub(super) fn places() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(FORMS))
}

pub(super) fn routes() -> Router<App> {
    let mut router = Router::new();
    for catalogue in catalogue::edited() {
        let rows = Admin::Rows(catalogue.schema).path();
        let count = move |state, viewer, path, form| touches(catalogue, state, viewer, path, form);
        let follow =
            move |state, viewer, path, query| follow(catalogue, state, viewer, path, query);
        router = router
            .route(&format!("{rows}/{{id}}/touches"), post(count))
            .route(&format!("{rows}/{{id}}/events"), get(follow));
    }
    router
}

/// The row of a form as JSON.
pub(super) async fn row(
    app: &App,
    catalogue: &'static Catalogue,
    id: i64,
) -> Result<Response, Fault> {
    let store = app.tiers.origin();
    let row = store.row_to_edit(catalogue, id).await?;
    let row = row.ok_or(Fault::NotFound)?;
    let wanted = Wanted::of_row(catalogue, id);
    let last = store.logged_edits(&wanted, 1).await?.pop();
    Ok(json::respond(json!({
        "version": row["version"],
        "fields": catalogue.shown(&row).collect::<HashMap<_, _>>(),
        "row": row,
        "who": last.and_then(|edit| edit.who),
    })))
}

async fn touches(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    _: Viewer,
    Path(id): Path<i64>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let fields = fields.into_iter();
    let is_field = |name: &str| catalogue.fields.iter().any(|field| field.path == name);
    let fields = fields.filter(|(name, _)| is_field(name));
    let fields: Map<String, Json> = fields.map(|(name, value)| (name, value.into())).collect();
    let store = app.tiers.origin();
    let row = store.row_to_edit(catalogue, id).await?;
    let row = row.ok_or(Fault::NotFound)?;
    let Some(before) = store.row_image(catalogue, id).await? else {
        return Ok(json::respond(json!({ "touched": null })));
    };
    // What cannot be saved touches nothing yet.
    let changes = parse_edit(catalogue, &fields, &row).unwrap_or_default();
    if changes.is_empty() {
        return Ok(json::respond(json!({ "touched": 0, "addresses": [] })));
    }
    let cells = catalogue.columns.iter().enumerate().map(|(place, column)| {
        let change = changes.iter().find(|change| change.column == column.name);
        let value = change.map(|change| &change.value);
        let value = value.or_else(|| before.value(place));
        value.cloned().unwrap_or(Value::Null)
    });
    let after = Image::new(cells.collect());
    let change = [Change::Row {
        catalogue: catalogue.name(),
        id,
        before: Some(before),
        after: Some(after),
        cause: Cause::default(),
    }];
    let (touched, addresses) = app.touched_by(&change);
    Ok(json::respond(
        json!({ "touched": touched, "addresses": addresses }),
    ))
}

/// The parameter of the events.
#[derive(serde::Deserialize)]
struct Seen {
    /// The version that the form has.
    version: i64,
}

async fn follow(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    _: Viewer,
    Path(id): Path<i64>,
    Query(Seen { version }): Query<Seen>,
) -> Result<Response, Fault> {
    let place = Arc::clone(&app.forms).try_acquire_owned();
    let following = Following {
        closing: app.live.closing(),
        catalogue,
        id,
        version,
        position: app.tiers.log().position(),
        heartbeat: Instant::now(),
        ends: Instant::now() + events::LONGEST,
        is_new: true,
        _place: place.map_err(|_| Fault::Busy)?,
        app,
    };
    Ok(events::respond(following.events()))
}

/// The events of one open form.
struct Following {
    app: App,
    closing: watch::Receiver<bool>,
    catalogue: &'static Catalogue,
    id: i64,
    /// The version that the form knows.
    version: i64,
    /// The place of the log up to which it has looked.
    position: cache::Position,
    heartbeat: Instant,
    ends: Instant,
    /// Whether it has not looked at all yet.
    is_new: bool,
    _place: OwnedSemaphorePermit,
}

impl Following {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut following| async move {
            let event = following.next().await?;
            Some((Ok(event), following))
        })
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if *self.closing.borrow() || Instant::now() >= self.ends {
                return None;
            }
            // The database is not asked unless somebody has edited something.
            if std::mem::take(&mut self.is_new)
                && let Some(version) = self.version().await
                && version != self.version
            {
                self.version = version;
                let edited = Event::default().event("edited");
                return Some(edited.data(version.to_string()));
            }
            if Instant::now() >= self.heartbeat {
                self.heartbeat = Instant::now() + events::HEARTBEAT;
                return Some(Event::default().event("beat").data(""));
            }
            let log = Arc::clone(self.app.tiers.log());
            tokio::select! {
                position = log.moved(self.position) => {
                    self.position = position;
                    self.is_new = true;
                }
                () = sleep_until(self.heartbeat) => {}
                _ = self.closing.wait_for(|closing| *closing) => return None,
            }
        }
    }

    async fn version(&self) -> Option<i64> {
        let version = self.app.tiers.origin().row_version(self.catalogue, self.id);
        version.await.ok()?
    }
}
