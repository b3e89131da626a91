//! The JSON API: `/api/{catalogue}/` and `/api/{catalogue}/{id}/`.

use std::time::Instant;

use axum::{
    Router,
    body::Bytes,
    extract::{OriginalUri, Path, RawQuery, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use cache::Question as _;
use catalogue::{Catalogue, normalizer::normalize, parse_edit};
use tower_http::limit::RequestBodyLimitLayer;

use super::{
    App,
    auth::Editor,
    edits::{self, Acknowledged},
    negotiate,
    policy::CachePolicy,
    problem::Problem,
    represent::{represent, represent_cut_off},
    status,
};
use crate::store::Question;

/// The revision that an edit took, or that an answer is current at.
pub(super) const HEARTH_REVISION: HeaderName = HeaderName::from_static("hearth-revision");

/// The revision that the answer must not be older than.
const HEARTH_MIN_REVISION: HeaderName = HeaderName::from_static("hearth-min-revision");

/// Where the time went (W3C Server Timing).
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The largest body of an edit.
const BODY_LIMIT: usize = 1 << 20;

pub(super) fn routes() -> Router<App> {
    let mut router = Router::new();
    for catalogue in catalogue::all() {
        let list = move |state, uri, query, headers| list(catalogue, state, uri, query, headers);
        let object = move |state, uri, path, headers| object(catalogue, state, uri, path, headers);
        let patch = move |state, path, editor, headers, body| {
            patch(catalogue, state, path, editor, headers, body)
        };
        let delete =
            move |state, path, editor, headers| delete(catalogue, state, path, editor, headers);
        // With and without the last slash: the canonical link says which one is meant.
        for slash in ["/", ""] {
            router = router
                .route(&format!("/api/{}{slash}", catalogue.name()), get(list))
                .route(
                    &format!("/api/{}/{{id}}{slash}", catalogue.name()),
                    get(object).patch(patch).delete(delete),
                );
        }
    }
    router.layer(RequestBodyLimitLayer::new(BODY_LIMIT))
}

async fn list(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = normalize(catalogue.schema, raw.as_deref().unwrap_or_default())?;
    let canonical = query.url(&format!("/api/{}/", catalogue.name()));
    let bypass = query.is_bypass();
    let question = Question::list(catalogue, query);
    answer(
        &app,
        &question,
        bypass,
        &uri.to_string(),
        &canonical,
        &headers,
    )
    .await
}

async fn object(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = row_id(&id)?;
    let canonical = format!("/api/{}/{id}/", catalogue.name());
    let question = Question::object(catalogue, id);
    answer(
        &app,
        &question,
        false,
        &uri.to_string(),
        &canonical,
        &headers,
    )
    .await
}

async fn patch(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    Path(id): Path<String>,
    editor: Editor,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let id = row_id(&id)?;
    let edit = serde_json::from_slice(&body)
        .map_err(|error| Problem::Body(format!("a JSON object of fields is expected: {error}")))?;
    let changes = parse_edit(catalogue, &edit).map_err(Problem::Fields)?;
    let expected = negotiate::expected_version(&headers).map_err(|()| Problem::Precondition(0))?;
    let edited = edits::update(&app, catalogue, id, &changes, expected, editor.name()).await?;
    let question = Question::object(catalogue, id);
    let answer = app.tiers.answer(&question).await?;
    let mut response = represent(&answer.entry.body, JSON, &headers);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, CachePolicy::Never.header());
    add_acknowledgement(headers, &edited);
    Ok(response)
}

async fn delete(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    Path(id): Path<String>,
    editor: Editor,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = row_id(&id)?;
    let expected = negotiate::expected_version(&headers).map_err(|()| Problem::Precondition(0))?;
    let edited = edits::delete(&app, catalogue, id, expected, editor.name()).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    add_acknowledgement(response.headers_mut(), &edited);
    Ok(response)
}

fn add_acknowledgement(headers: &mut HeaderMap, edit: &Acknowledged) {
    headers.insert(HEARTH_REVISION, edit.edited.revision.into());
    if let Ok(timing) = edit.server_timing().parse() {
        headers.insert(SERVER_TIMING, timing);
    }
}

fn row_id(text: &str) -> Result<i64, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// Answers a question, from the tiers or, if it may not be stored, from the database.
async fn answer(
    app: &App,
    question: &Question,
    bypass: bool,
    asked: &str,
    canonical: &str,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let started = Instant::now();
    if let Some(least) = headers
        .get(HEARTH_MIN_REVISION)
        .and_then(|value| value.to_str().ok()?.parse().ok())
    {
        edits::catch_up(app, least).await;
    }
    let (mut response, load) = if bypass {
        let loaded = app.tiers.bypass(question).await?;
        let mut response = represent(&loaded.body, JSON, headers);
        let headers = response.headers_mut();
        headers.insert("cache-status", status::bypassed());
        headers.insert(header::CACHE_CONTROL, CachePolicy::Never.header());
        (response, Some(started.elapsed()))
    } else {
        let answer = app.tiers.answer(question).await?;
        let mut response = if answer.trail.cut_off {
            represent_cut_off(&answer.entry.body, JSON, answer.entry.age(), headers)
        } else {
            let mut response = represent(&answer.entry.body, JSON, headers);
            let policy = CachePolicy::Remembered.header();
            response.headers_mut().insert(header::CACHE_CONTROL, policy);
            response
        };
        response.headers_mut().insert(
            "cache-status",
            status::cache_status(answer.trail, question.key()),
        );
        (response, answer.trail.load)
    };
    let headers = response.headers_mut();
    headers.insert(HEARTH_REVISION, app.tiers.log().revision().into());
    let total = started.elapsed().as_secs_f64() * 1_000.0;
    let load = load.map(|load| format!("db;dur={:.3}, ", load.as_secs_f64() * 1_000.0));
    if let Ok(value) = format!("{}total;dur={total:.3}", load.unwrap_or_default()).parse() {
        headers.insert(SERVER_TIMING, value);
    }
    if asked != canonical
        && let Ok(link) = format!("<{canonical}>; rel=\"canonical\"").parse()
    {
        headers.insert(header::LINK, link);
    }
    Ok(response)
}
