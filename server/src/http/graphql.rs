//! `/api/graphql`: GraphQL over HTTP (<https://graphql.github.io/graphql-over-http/draft/>), by GET and by
//! POST, with the persisted queries of Apollo's protocol.

use std::{sync::Arc, time::Instant};

use app::functions::Edits;
use async_graphql::{Request as Operation, ServerError, http::parse_query_string};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::Response,
    routing::any,
};
use bytes::Bytes;
use leptos_cached::{Fault, SERVER_TIMING, encode, encoding, metric};
use quick_cache::{Weighter, sync::Cache};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use site::Fixed;

use super::{
    App,
    api::{catch_up, say_revision},
    auth::{Editor, Viewer},
    edits::EditsBy,
    from_memory::FromMemory,
    rendered::{content, instead, respond},
};
use crate::{
    answers::{
        composite::Whole,
        graphql::{Graphql, GraphqlAsk, Prepared, coded, of_fault, refused},
    },
    store::tally,
};

/// The longest body of a request, and the longest query of its address, in bytes.
const LONGEST: usize = 64 << 10;

/// How much memory prepared requests and persisted queries may each take, in bytes.
const PREPARED_BYTES: u64 = 8 << 20;

/// The GraphQL API of a node.
pub(super) struct GraphqlApi {
    responses: Arc<cache::Tiers<Graphql>>,
    /// What requests were normalized to, by their bytes: most requests are the same bytes again.
    prepared: Cache<Bytes, GraphqlAsk, Weight>,
    /// Documents by the SHA-256 of their text.
    persisted: Cache<[u8; 32], Arc<str>, Weight>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Bytes, GraphqlAsk> for Weight {
    fn weight(&self, key: &Bytes, ask: &GraphqlAsk) -> u64 {
        use ask::Ask;
        (key.len() + ask.url().len() * 2 + 100) as u64
    }
}

impl Weighter<[u8; 32], Arc<str>> for Weight {
    fn weight(&self, key: &[u8; 32], text: &Arc<str>) -> u64 {
        (key.len() + text.len()) as u64
    }
}

/// The extension that names a persisted query.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Persisted {
    sha256_hash: String,
}

impl GraphqlApi {
    pub(super) fn new(responses: Arc<cache::Tiers<Graphql>>) -> Self {
        Self {
            responses,
            prepared: Cache::with_weighter(2_000, PREPARED_BYTES, Weight),
            persisted: Cache::with_weighter(2_000, PREPARED_BYTES, Weight),
        }
    }

    /// The tiers of responses.
    pub(super) fn responses(&self) -> &Arc<cache::Tiers<Graphql>> {
        &self.responses
    }

    /// Reads the document of a persisted query, or persists it.
    fn persist(&self, operation: &mut Operation) -> Result<(), ServerError> {
        let Some(persisted) = operation.extensions.0.get("persistedQuery") else {
            return Ok(());
        };
        let persisted = persisted.clone().into_json().ok();
        let persisted = persisted.and_then(|it| serde_json::from_value::<Persisted>(it).ok());
        let hash = persisted.and_then(|persisted| digest(&persisted.sha256_hash));
        let Some(hash) = hash else {
            let why = "persistedQuery expects sha256Hash, 64 hexadecimal digits";
            return Err(ServerError::new(why, None));
        };
        if operation.query.is_empty() {
            // Clients send the document after this error.
            let text = self.persisted.get(&hash).ok_or_else(not_persisted)?;
            operation.query = text.to_string();
        } else if <[u8; 32]>::from(Sha256::digest(&operation.query)) == hash {
            self.persisted.insert(hash, operation.query.as_str().into());
        } else {
            let why = "sha256Hash is not the SHA-256 of the query";
            return Err(ServerError::new(why, None));
        }
        Ok(())
    }
}

fn not_persisted() -> ServerError {
    // Apollo's clients expect this status and these words.
    let (why, code) = ("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND");
    coded(why, code, StatusCode::OK)
}

fn digest(hexadecimal: &str) -> Option<[u8; 32]> {
    let mut digest = [0; 32];
    if hexadecimal.len() != 64 || !hexadecimal.is_ascii() {
        return None;
    }
    for (at, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hexadecimal[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(digest)
}

/// The route. It may need the session of an editor.
pub(super) fn routes() -> Router<App> {
    let path = Fixed::Graphql.path();
    Router::new()
        .route(path, any(answer))
        .route(&format!("{path}/"), any(answer))
}

/// Why an operation is not answered.
struct Refused(Vec<ServerError>);

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self(vec![of_fault(&fault)])
    }
}

impl From<ServerError> for Refused {
    fn from(error: ServerError) -> Self {
        Self(vec![error])
    }
}

impl From<Vec<ServerError>> for Refused {
    fn from(errors: Vec<ServerError>) -> Self {
        Self(errors)
    }
}

async fn answer(State(app): State<App>, request: Request) -> Response {
    let started = Instant::now();
    let (mut parts, body) = request.into_parts();
    let (response, queries) = tally::counting(respond_to(&app, &mut parts, body)).await;
    let response = response.unwrap_or_else(|Refused(errors)| {
        let rendered = refused(errors);
        rendered.respond(&app.downstream, &parts.headers, None)
    });
    finished(&app, response, &parts.headers, started, queries)
}

/// The response to a query by GET, if memory has a valid one, so that the most frequent requests need
/// no route.
pub(super) fn cached(app: &App, uri: &Uri, accepted: &HeaderMap) -> Option<FromMemory> {
    let started = Instant::now();
    let ask = app.graphql.prepared.get(uri.query()?.as_bytes())?;
    let answer = app.graphql.responses.cached(&ask)?;
    let encoding = encoding(&answer.entry, content, accepted);
    let respond = move |app: &App, _: &Uri, accepted: &HeaderMap| {
        let mut response = respond(&answer, &app.downstream, accepted);
        say_address(&ask, &mut response);
        finished(app, response, accepted, started, 0)
    };
    Some(FromMemory::after(encoding, (app, uri, accepted), respond))
}

/// Adds the headers that all responses have.
fn finished(
    app: &App,
    mut response: Response,
    accepted: &HeaderMap,
    started: Instant,
    queries: u32,
) -> Response {
    let status = response.status();
    let headers = response.headers_mut();
    let total = metric("total", started.elapsed());
    if let Ok(timing) = format!("{total}, queries;desc=\"{queries}\"").try_into() {
        headers.insert(SERVER_TIMING, timing);
    }
    headers.append(header::VARY, HeaderValue::from_static("accept"));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    }
    prefer(accepted, headers);
    say_revision(app, &mut response);
    response
}

async fn respond_to(app: &App, parts: &mut Parts, body: Body) -> Result<Response, Refused> {
    let is_get = matches!(parts.method, Method::GET | Method::HEAD);
    if !is_get && parts.method != Method::POST {
        return Err(method("use GET or POST").into());
    }
    catch_up(app, &parts.headers).await?;
    let sent = sent(parts, body).await?;
    let api = &app.graphql;
    if let Some(ask) = api.prepared.get(&sent) {
        return Ok(from_tiers(app, &ask, &parts.headers).await);
    }
    let mut operation = read(&sent, is_get)?;
    api.persist(&mut operation)?;
    let graphql = api.responses.origin();
    let rendered = match graphql.prepare(&operation).await? {
        Prepared::Cached(ask) => {
            api.prepared.insert(sent, ask.clone());
            return Ok(from_tiers(app, &ask, &parts.headers).await);
        }
        Prepared::NotStored(query) => graphql.answer(&query).await?,
        Prepared::Introspection => {
            Viewer::from_request_parts(parts, app).await?;
            graphql.execute(operation, None).await
        }
        Prepared::Mutation if is_get => return Err(method("an edit needs POST").into()),
        Prepared::Mutation => {
            let editor = Editor::from_request_parts(parts, app).await?;
            let edits: Arc<dyn Edits> = Arc::new(EditsBy::new(app.clone(), &editor, "api"));
            graphql.execute(operation, Some(edits)).await
        }
    };
    Ok(rendered.respond(&app.downstream, &parts.headers, None))
}

/// The bytes that state the operation: a body, or the query of the address.
async fn sent(parts: &Parts, body: Body) -> Result<Bytes, ServerError> {
    let too_long = || {
        let why = format!("a request has at most {LONGEST} bytes");
        coded(&why, "TOO_LARGE", StatusCode::PAYLOAD_TOO_LARGE)
    };
    if parts.method == Method::POST {
        return to_bytes(body, LONGEST).await.map_err(|_| too_long());
    }
    let query = parts.uri.query().unwrap_or_default();
    if query.len() > LONGEST {
        return Err(too_long());
    }
    // A body is an object in JSON, so the two cannot be the same.
    Ok(Bytes::copy_from_slice(query.as_bytes()))
}

fn read(sent: &[u8], is_get: bool) -> Result<Operation, ServerError> {
    if is_get {
        let query = str::from_utf8(sent).unwrap_or_default();
        return parse_query_string(query)
            .map_err(|error| wrong(&format!("the address is no GraphQL request: {error}")));
    }
    if sent.first() == Some(&b'[') {
        return Err(wrong(
            "batches are not accepted; one operation may have several fields",
        ));
    }
    serde_json::from_slice(sent)
        .map_err(|error| wrong(&format!("expected a JSON object with a query: {error}")))
}

fn wrong(why: &str) -> ServerError {
    ServerError::new(why, None)
}

fn method(why: &str) -> ServerError {
    coded(why, "METHOD_NOT_ALLOWED", StatusCode::METHOD_NOT_ALLOWED)
}

/// The response to a query, from the tiers.
async fn from_tiers(app: &App, ask: &GraphqlAsk, accepted: &HeaderMap) -> Response {
    let answered = app.graphql.responses.answer(ask).await;
    let mut response = match &answered {
        Ok(answer) => {
            if answer.trail.loaded_for_caller() {
                tally::add(answer.entry.queries());
            }
            encode(&answer.entry, content, accepted).await;
            respond(answer, &app.downstream, accepted)
        }
        Err(failure) => instead(failure, &app.downstream, accepted),
    };
    say_address(ask, &mut response);
    response
}

/// Says the address of the one text of a query.
fn say_address(ask: &GraphqlAsk, response: &mut Response) {
    if let GraphqlAsk::Whole(query) = ask
        && let Ok(link) = format!("<{}>; rel=\"canonical\"", query.address()).parse()
    {
        response.headers_mut().insert(header::LINK, link);
    }
}

/// Answers with the media type that the client prefers, where there is a GraphQL response.
fn prefer(accepted: &HeaderMap, headers: &mut HeaderMap) {
    const RESPONSE: &str = "application/graphql-response+json";
    let accepts = accepted
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|it| it == "application/json");
    if is_json && accepts.is_some_and(|accepts| accepts.contains(RESPONSE)) {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(RESPONSE));
    }
}
