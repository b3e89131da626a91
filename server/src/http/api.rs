//! The JSON API: the server functions at their canonical URLs.
//!
//! The server functions themselves answer reads and make edits. This file says which function is
//! served where, and lets a request wait for what its client has seen elsewhere.

use std::{sync::Arc, time::Instant};

use app::functions::{
    Answers, ComputedFn, CountFn, CreateFn, DeleteFn, EditManyFn, Edits, FacetsFn, HEARTH_REVISION,
    HistoryFn, ListFn, ObjectFn, SimilarFn, TrendingFn, UndoFn, UpdateFn,
};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Uri, header},
    response::{IntoResponse, Response},
    routing,
};
use catalogue::{Row, normalizer::Rejection, properties::Property};
use leptos::prelude::provide_context;
use leptos_cached::{Answer, Fault, Served, encoding, handle, respond_to};
use server_fn::ServerFn;
use site::AnyAsk;

use super::{
    App,
    auth::Editor,
    edits::{self, EditsBy},
    from_memory::FromMemory,
    refresh::Wanted,
};
use crate::answers::FromTiers;

/// The revision that the answer must not be older than.
pub(super) const HEARTH_MIN_REVISION: HeaderName = HeaderName::from_static("hearth-min-revision");

/// The routes that read.
pub(super) fn routes() -> Router<App> {
    let each = catalogue::for_all_rows!(T => reads::<T>());
    let similar = read::<SimilarFn>(Property::SCHEMA.catalogue);
    each.into_iter().fold(similar, Router::merge)
}

/// The routes that edit; they need an editor.
pub(super) fn editing_routes() -> Router<App> {
    let mut router = Router::new();
    for catalogue in catalogue::edited() {
        for path in paths(UpdateFn::PATH, catalogue.name()) {
            let methods = routing::patch(edit::<UpdateFn>).delete(edit::<DeleteFn>);
            router = router.route(&path, methods);
        }
        for path in paths(CreateFn::PATH, catalogue.name()) {
            let methods = routing::post(edit::<CreateFn>).patch(edit::<EditManyFn>);
            router = router.route(&path, methods);
        }
    }
    for path in paths(UndoFn::PATH, "") {
        router = router.route(&path, routing::post(edit::<UndoFn>));
    }
    router
}

/// Every function about the rows of a catalogue.
fn reads<T: Row>() -> Router<App> {
    let name = T::SCHEMA.catalogue;
    read::<ListFn<T>>(name)
        .merge(read::<CountFn>(name))
        .merge(read::<FacetsFn>(name))
        .merge(read::<TrendingFn<T>>(name))
        .merge(read::<ObjectFn<T>>(name))
        .merge(read::<HistoryFn>(name))
        .merge(read::<ComputedFn>(name))
}

fn read<F: Served>(catalogue: &str) -> Router<App> {
    let mut router = Router::new();
    for path in paths(F::PATH, catalogue) {
        router = router.route(&path, routing::get(answer::<F>));
    }
    router
}

/// A function's path for a catalogue, with and without its trailing slash; the `Link` header says
/// which one is canonical.
fn paths(path: &str, catalogue: &str) -> [String; 2] {
    let path = path.replace("{catalogue}", catalogue);
    let bare = path.trim_end_matches('/').to_owned();
    [path, bare]
}

/// Answers a read by its server function.
async fn answer<F: Served>(State(app): State<App>, request: Request) -> Response {
    let uri = request.uri().clone();
    if let Err(fault) = catch_up(&app, request.headers()).await {
        return fault.into_response();
    }
    let tiers: Arc<dyn Answers> = Arc::new(FromTiers(Arc::clone(&app.tiers)));
    let provide = || {
        provide_context(tiers);
        provide_context(app.downstream.clone());
    };
    let mut response = handle::<F>(request, provide).await;
    app.spellings.note_if_other(&uri, &response);
    say_revision(&app, &mut response);
    response
}

/// Makes an edit by its server function.
async fn edit<F: Served>(State(app): State<App>, editor: Editor, mut request: Request) -> Response {
    let wanted = match Wanted::read(request.headers()) {
        Ok(wanted) => wanted,
        Err(fault) => return fault.into_response(),
    };
    if wanted.is_some() {
        // It is read again before it is sent.
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    let edits: Arc<dyn Edits> = Arc::new(EditsBy::new(app.clone(), &editor, "api"));
    let response = handle::<F>(request, || provide_context(edits)).await;
    match wanted {
        Some(wanted) => wanted.with(&app, response).await,
        None => response,
    }
}

/// The answer to an ask, if memory has a valid one, so that the most frequent requests need no
/// route. `None` for everything else, which the routes answer.
pub(super) fn cached(
    app: &App,
    ask: &AnyAsk,
    uri: &Uri,
    headers: &HeaderMap,
) -> Option<FromMemory> {
    let started = Instant::now();
    let answer: Answer = app.tiers.cached(ask)?.into();
    let encoding = encoding(&answer, Answer::representation, headers);
    let respond = move |app: &App, uri: &Uri, headers: &HeaderMap| {
        let downstream = &app.downstream;
        let mut response = respond_to(&answer, uri, headers, downstream, started);
        app.spellings.note_if_other(uri, &response);
        say_revision(app, &mut response);
        response
    };
    Some(FromMemory::after(encoding, (app, uri, headers), respond))
}

pub(super) fn say_revision(app: &App, response: &mut Response) {
    let revision = app.tiers.log().revision();
    response
        .headers_mut()
        .insert(HEARTH_REVISION, revision.into());
}

/// Waits until the node has caught up with what the client has seen, or heard of, elsewhere.
pub(super) async fn catch_up(app: &App, headers: &HeaderMap) -> Result<(), Fault> {
    let Some(least) = headers.get(HEARTH_MIN_REVISION) else {
        return Ok(());
    };
    let least = least.to_str().unwrap_or_default();
    let expected = "a revision, as a whole number";
    let revision = least
        .parse()
        .map_err(|_| Rejection::of("Hearth-Min-Revision", least, expected))?;
    edits::catch_up(app, revision).await;
    Ok(())
}
