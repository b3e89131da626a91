//! An answer as a response.

use std::time::{Duration, Instant};

use ::cache::{MemoryStep, SharedStep, Trail};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts};
use leptos::prelude::use_context;

use crate::{
    Answer, CACHE_STATUS, Downstream, Encoded, Fault, Representation, negotiate, no_store,
};

/// The header that says where the time went (W3C Server Timing).
pub const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Capacity for all headers of an answer.
const HEADERS: usize = 16;

/// The response with a JSON answer to a request that arrived at `started`: the bytes in the coding
/// that the client prefers, or 304 if it has them, with `ETag`, `Cache-Control`, `Cache-Status` and
/// `Server-Timing`; with a `Link` to the canonical URL if the request used another spelling of it.
pub fn respond(answer: &Answer, request: &Parts, started: Instant) -> Response {
    let downstream = use_context::<Downstream>().unwrap_or_default();
    respond_to(answer, &request.uri, &request.headers, &downstream, started)
}

/// [`respond`] outside of any context. A response to another spelling than the canonical one has the
/// [`Answer`] as an extension, for whoever counts spellings. `accepted` holds the headers of the request.
pub fn respond_to(
    answer: &Answer,
    uri: &http::Uri,
    accepted: &HeaderMap,
    downstream: &Downstream,
    started: Instant,
) -> Response {
    let (entry, trail, body) = (answer.entry(), answer.trail(), answer.representation());
    let mut response = if trail.cut_off {
        let mut response = represent(body, JSON, accepted);
        mark_cut_off(response.headers_mut(), entry.age());
        response
    } else {
        let mut response = revalidate(body, JSON, accepted);
        // A client that stored a 404 would not request the row again once it exists.
        if body.found() {
            downstream.set(response.headers_mut(), entry.policy());
        }
        response
    };
    let url = entry.url();
    let headers = response.headers_mut();
    headers.insert(CACHE_STATUS, body.cache_status(trail, &entry.key()));
    let took = started.elapsed();
    entry.metrics().took(trail.source(), took);
    headers.insert(SERVER_TIMING, server_timing(trail, entry.queries(), took));
    let sent = uri.path_and_query().map(|sent| sent.as_str());
    if sent != Some(&*url)
        && let Ok(link) = format!("<{url}>; rel=\"canonical\"").parse()
    {
        headers.insert(header::LINK, link);
        response.extensions_mut().insert(answer.clone());
    }
    response
}

/// `Server-Timing` of an answer: what each tier had and how long it took, as the browser's tools
/// show it.
fn server_timing(trail: &Trail, queries: u32, took: Duration) -> HeaderValue {
    let total = metric("total", took);
    let text = match (&trail.memory, &trail.shared) {
        // Most answers.
        (MemoryStep::Hit | MemoryStep::HitWhileRefreshed, _) => {
            format!("memory;desc=\"hit\", {total}")
        }
        (MemoryStep::Miss(reason), shared) => {
            let mut text = format!("memory;desc=\"{reason}\"");
            if let (Some(step), Some(took)) = (shared, trail.shared_took) {
                let what = match step {
                    SharedStep::Hit => "hit",
                    SharedStep::Collapsed(_) => "collapsed",
                    SharedStep::Miss { reason, .. } => reason.name(),
                };
                text += &format!(", {};desc=\"{what}\"", metric("redis", took));
            }
            if let Some(load) = trail.load {
                text += &format!(", {};desc=\"{queries} queries\"", metric("db", load));
            }
            text + ", " + &total
        }
    };
    text.try_into().unwrap_or(HeaderValue::from_static("total"))
}

/// Marks a response as possibly from before an edit, because the database cannot be reached: adds
/// its `Age` in seconds, and removes everything that lets the client store or revalidate it.
pub fn mark_cut_off(headers: &mut HeaderMap, age: Duration) {
    headers.remove(header::ETAG);
    headers.insert(header::CACHE_CONTROL, no_store());
    headers.insert(header::AGE, age.as_secs().into());
}

/// The response with the bytes in the coding that the client prefers; 404 if the answer is that nothing
/// was found. `kind` is the `Content-Type`; `accepted` holds the headers of the request, whose conditions
/// do not count.
pub fn represent(body: &Representation, kind: HeaderValue, accepted: &HeaderMap) -> Response {
    if !body.found() {
        return Fault::NotFound.into_response();
    }
    whole(body.encoded(negotiate::coding(accepted)), kind)
}

/// [`represent`] by the conditions of a GET or HEAD request: 304 if the client has these bytes already, 412
/// if it requires others.
pub fn revalidate(body: &Representation, kind: HeaderValue, accepted: &HeaderMap) -> Response {
    if !body.found() {
        return Fault::NotFound.into_response();
    }
    let encoded = body.encoded(negotiate::coding(accepted));
    match negotiate::refusal(accepted, &encoded.etag, None) {
        Some(status) => {
            let mut response = status.into_response();
            validate(response.headers_mut(), encoded);
            response
        }
        None => whole(encoded, kind),
    }
}

fn whole(encoded: &Encoded, kind: HeaderValue) -> Response {
    let mut response = Response::new(encoded.bytes.clone().into());
    let headers = response.headers_mut();
    headers.reserve(HEADERS);
    headers.insert(header::CONTENT_TYPE, kind);
    if let Some(name) = encoded.coding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    validate(headers, encoded);
    response
}

/// What a cache needs to tell one representation from another.
fn validate(headers: &mut HeaderMap, encoded: &Encoded) {
    headers.insert(header::ETAG, encoded.etag.clone());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
}

/// A value of `Server-Timing`: the metrics in `before`, if any, and then this one.
pub fn timing(name: &str, took: Duration, before: Option<&HeaderValue>) -> HeaderValue {
    let metric = metric(name, took);
    let text = match before.and_then(|before| before.to_str().ok()) {
        Some(before) => format!("{before}, {metric}"),
        None => metric,
    };
    text.try_into().unwrap_or(HeaderValue::from_static("total"))
}

/// One metric of `Server-Timing`, in milliseconds: `db;dur=1.250`.
pub fn metric(name: &str, took: Duration) -> String {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    let (millis, rest) = (micros / 1_000, micros % 1_000);
    format!("{name};dur={millis}.{rest:03}")
}
