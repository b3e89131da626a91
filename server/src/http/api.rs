//! The JSON API for readers: `/api/{catalogue}/`, `/api/{catalogue}/{id}/`,
//! `/api/{catalogue}/count/`, `/api/{catalogue}/facets/` and `/api/{catalogue}/trending/`.

use std::time::{Duration, Instant};

use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header, request::Parts},
    response::Response,
    routing::get,
};
use cache::Question as _;
use catalogue::{
    Catalogue,
    normalizer::{Query, normalize},
};

use super::{
    App, Tiers, edits,
    policy::CachePolicy,
    problem::Problem,
    represent::{represent, represent_cut_off},
    status,
};
use crate::store::{Question, Store};

/// The revision that an edit took, or that an answer is current at.
pub(super) const HEARTH_REVISION: HeaderName = HeaderName::from_static("hearth-revision");

/// The revision that the answer must not be older than.
pub(super) const HEARTH_MIN_REVISION: HeaderName = HeaderName::from_static("hearth-min-revision");

/// Where the time went (W3C Server Timing).
pub(super) const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// Which tier had the answer (RFC 9211).
pub(super) const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json");

pub(super) fn routes() -> Router<App> {
    let mut router = Router::new();
    for catalogue in catalogue::all() {
        let selection =
            |aspect| get(move |state, request| selection(catalogue, aspect, state, request));
        let trending = move |state, request| trending(catalogue, state, request);
        let object = move |state, path, request| object(catalogue, state, path, request);
        let name = catalogue.name();
        // With and without the last slash: the canonical link says which one is meant.
        for slash in ["/", ""] {
            router = router
                .route(&format!("/api/{name}{slash}"), selection(Aspect::List))
                .route(
                    &format!("/api/{name}/count{slash}"),
                    selection(Aspect::Count),
                )
                .route(
                    &format!("/api/{name}/facets{slash}"),
                    selection(Aspect::Facets),
                )
                .route(&format!("/api/{name}/trending{slash}"), get(trending))
                .route(&format!("/api/{name}/{{id}}{slash}"), get(object));
        }
    }
    router
}

/// The answer to a list or an object, if memory has one to believe: what is asked for most needs no
/// route. `None` for everything else, which the routes answer.
pub(super) fn at_hand(app: &App, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
    let started = Instant::now();
    let (name, rest) = uri.path().strip_prefix("/api/")?.split_once('/')?;
    let catalogue = catalogue::by_name(name)?;
    let (answer, canonical) = if rest.is_empty() {
        let query = normalize(catalogue.schema, uri.query().unwrap_or_default()).ok()?;
        let answer = app.tiers.at_hand(&query.key(), query.as_str())?;
        (answer, list_url(catalogue, &query))
    } else {
        let id = rest.strip_suffix('/')?.parse().ok()?;
        let question = Question::object(catalogue, id);
        let answer = app.tiers.at_hand(question.key(), question.text())?;
        (answer, object_url(catalogue, id))
    };
    let mut response = respond(app, &answer, headers);
    finish(app, &mut response, started, uri, &canonical);
    Some(response)
}

fn list_url(catalogue: &'static Catalogue, query: &Query) -> String {
    let path = ["/api/", catalogue.name(), "/"].concat();
    query.url(&path)
}

fn object_url(catalogue: &'static Catalogue, id: i64) -> String {
    format!("/api/{}/{id}/", catalogue.name())
}

/// What is asked about the rows that a query selects.
#[derive(Clone, Copy)]
enum Aspect {
    /// A page of them.
    List,
    /// How many they are: what a form asks while it is filled in.
    Count,
    /// How many each further choice would leave.
    Facets,
}

async fn selection(
    catalogue: &'static Catalogue,
    aspect: Aspect,
    State(app): State<App>,
    request: Request,
) -> Result<Response, Problem> {
    let query = normalize(catalogue.schema, request.uri().query().unwrap_or_default())?;
    let bypasses = query.is_bypass();
    let of_filters = |aspect| {
        let path = ["/api/", catalogue.name(), "/", aspect, "/"].concat();
        query.filters().url(&path)
    };
    let (canonical, question) = match aspect {
        Aspect::List => (
            list_url(catalogue, &query),
            Question::list(catalogue, query),
        ),
        Aspect::Count => (of_filters("count"), Question::count(catalogue, &query)),
        Aspect::Facets => (of_filters("facets"), Question::facets(catalogue, &query)),
    };
    ask(&app, &question, bypasses, request, &canonical).await
}

/// Answers a question from the tiers, or from the database alone.
async fn ask(
    app: &App,
    question: &Question,
    bypasses: bool,
    request: Request,
    canonical: &str,
) -> Result<Response, Problem> {
    if !bypasses {
        return remembered(app, question, request, canonical).await;
    }
    let started = Instant::now();
    let Parts { uri, headers, .. } = &request.into_parts().0;
    let mut response = bypass(app, question, headers).await?;
    finish(app, &mut response, started, uri, canonical);
    Ok(response)
}

async fn trending(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    request: Request,
) -> Result<Response, Problem> {
    let canonical = format!("/api/{}/trending/", catalogue.name());
    remembered(&app, &Question::trending(catalogue), request, &canonical).await
}

async fn object(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let id = row_id(&id)?;
    let canonical = object_url(catalogue, id);
    remembered(&app, &Question::object(catalogue, id), request, &canonical).await
}

pub(super) fn row_id(text: &str) -> Result<i64, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// Answers a question from the tiers.
pub(super) async fn remembered(
    app: &App,
    question: &Question,
    request: Request,
    canonical: &str,
) -> Result<Response, Problem> {
    let started = Instant::now();
    // The body, which nobody reads, could not be held across a wait.
    let Parts { uri, headers, .. } = &request.into_parts().0;
    catch_up(app, headers).await?;
    let answer = app.tiers.answer(question).await?;
    let mut response = respond(app, &answer, headers);
    finish(app, &mut response, started, uri, canonical);
    Ok(response)
}

/// Lets the node catch up with what the client has seen, or heard of, elsewhere.
pub(super) async fn catch_up(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(least) = headers.get(HEARTH_MIN_REVISION) else {
        return Ok(());
    };
    let least = least.to_str().unwrap_or_default();
    let expected = "a revision, which is a whole number";
    let revision = least
        .parse()
        .map_err(|_| Problem::parameter("Hearth-Min-Revision", least, expected))?;
    edits::catch_up(app, revision).await;
    Ok(())
}

/// The database's own answer, which no tier may keep.
async fn bypass(app: &App, question: &Question, headers: &HeaderMap) -> Result<Response, Problem> {
    let started = Instant::now();
    let loaded = app.tiers.bypass(question).await?;
    let mut response = represent(&loaded.body, JSON, headers);
    let headers = response.headers_mut();
    headers.insert(CACHE_STATUS, status::bypassed());
    headers.insert(header::CACHE_CONTROL, CachePolicy::Never.header());
    headers.insert(SERVER_TIMING, timing("db", started.elapsed(), None));
    Ok(response)
}

fn respond(app: &App, answer: &cache::Answer<Store>, asked: &HeaderMap) -> Response {
    let entry = &answer.entry;
    let mut response = if answer.trail.cut_off {
        represent_cut_off(&entry.body, JSON, entry.age(), asked)
    } else {
        let mut response = represent(&entry.body, JSON, asked);
        // An answer that says "there is nothing" is never to be kept.
        if entry.body.found() {
            let policy = app.config.remembered().header();
            response.headers_mut().insert(header::CACHE_CONTROL, policy);
        }
        response
    };
    let headers = response.headers_mut();
    let said = status::of_remembered(answer.trail, entry.question.key(), &entry.body);
    headers.insert(CACHE_STATUS, said);
    if let Some(load) = answer.trail.load {
        headers.insert(SERVER_TIMING, timing("db", load, None));
    }
    response
}

/// Says what all answers say: how current, how long it took, what address is meant.
fn finish(app: &App, response: &mut Response, started: Instant, uri: &Uri, canonical: &str) {
    let headers = response.headers_mut();
    headers.insert(HEARTH_REVISION, revision(&app.tiers));
    let load = headers.remove(SERVER_TIMING);
    let total = timing("total", started.elapsed(), load.as_ref());
    headers.insert(SERVER_TIMING, total);
    let asked = uri.path_and_query().map(|asked| asked.as_str());
    if asked != Some(canonical)
        && let Ok(link) = format!("<{canonical}>; rel=\"canonical\"").parse()
    {
        headers.insert(header::LINK, link);
    }
}

fn revision(tiers: &Tiers) -> HeaderValue {
    tiers.log().revision().into()
}

/// A metric of `Server-Timing`, behind those before it.
pub(super) fn timing(name: &str, took: Duration, before: Option<&HeaderValue>) -> HeaderValue {
    let metric = metric(name, took);
    let text = match before.and_then(|before| before.to_str().ok()) {
        Some(before) => format!("{before}, {metric}"),
        None => metric,
    };
    text.try_into().unwrap_or(HeaderValue::from_static("total"))
}

/// A metric of `Server-Timing`, in milliseconds.
pub(super) fn metric(name: &str, took: Duration) -> String {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    let (millis, rest) = (micros / 1_000, micros % 1_000);
    format!("{name};dur={millis}.{rest:03}")
}
