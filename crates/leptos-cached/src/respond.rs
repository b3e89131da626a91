//! An answer as a response.

use std::time::{Duration, Instant};

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::use_context;

use crate::{
    Answer, CACHE_STATUS, Downstream, Fault, Representation, cache_status, negotiate, no_store,
};

/// Where the time went (W3C Server Timing).
pub const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Room for all that an answer says of itself.
const HEADERS: usize = 16;

/// An answer of JSON as the response to a request that was taken up at `started`: the bytes in the
/// client's favourite coding, or word that it has them (304), with `ETag`, `Cache-Control`,
/// `Cache-Status` and `Server-Timing`; with a link to the canonical URL where the request was sent
/// to another spelling of it.
pub fn respond(answer: &Answer, request: &Parts, started: Instant) -> Response {
    let downstream = use_context::<Downstream>().unwrap_or_default();
    respond_to(answer, &request.uri, &request.headers, &downstream, started)
}

/// [`respond`] outside of any context.
pub fn respond_to(
    answer: &Answer,
    uri: &http::Uri,
    accepted: &HeaderMap,
    downstream: &Downstream,
    started: Instant,
) -> Response {
    let (entry, trail, body) = (answer.entry(), answer.trail(), answer.representation());
    let mut response = if trail.cut_off {
        let mut response = represent(body, JSON, &without_conditions(accepted));
        mark_cut_off(response.headers_mut(), entry.age());
        response
    } else {
        let mut response = represent(body, JSON, accepted);
        // A client that stored "there is nothing" would not ask again when there is.
        if body.found() {
            let policy = downstream.cache_control(entry.policy());
            response.headers_mut().insert(header::CACHE_CONTROL, policy);
        }
        response
    };
    let url = entry.url();
    let headers = response.headers_mut();
    headers.insert(CACHE_STATUS, cache_status(trail, &entry.key(), body));
    let load = trail.load.map(|load| timing("db", load, None));
    let total = timing("total", started.elapsed(), load.as_ref());
    headers.insert(SERVER_TIMING, total);
    let sent = uri.path_and_query().map(|sent| sent.as_str());
    if sent != Some(&*url)
        && let Ok(link) = format!("<{url}>; rel=\"canonical\"").parse()
    {
        headers.insert(header::LINK, link);
    }
    response
}

/// The headers of a request, without anything by which it could be confirmed that the client has
/// the answer.
pub fn without_conditions(accepted: &HeaderMap) -> HeaderMap {
    let mut accepted = accepted.clone();
    accepted.remove(header::IF_NONE_MATCH);
    accepted
}

/// Marks a response as possibly from before an edit, as the database cannot be reached: with its
/// age, and without anything by which the client could store or confirm it.
pub fn mark_cut_off(headers: &mut HeaderMap, age: Duration) {
    headers.remove(header::ETAG);
    headers.insert(header::CACHE_CONTROL, no_store());
    headers.insert(header::AGE, age.as_secs().into());
}

/// The bytes in the client's favourite coding, or word that it has them already; a 404 if the answer
/// is that there is nothing. `accepted` are the headers of the request.
pub fn represent(body: &Representation, kind: HeaderValue, accepted: &HeaderMap) -> Response {
    if !body.found() {
        return Fault::NotFound.into_response();
    }
    let coding = negotiate::coding(accepted);
    let encoded = body.encoded(coding);
    let mut response = if negotiate::has(accepted, &encoded.etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(encoded.bytes.clone().into());
        let headers = response.headers_mut();
        headers.reserve(HEADERS);
        headers.insert(header::CONTENT_TYPE, kind);
        if let Some(name) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, encoded.etag.clone());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// A metric of `Server-Timing`, behind those before it.
pub fn timing(name: &str, took: Duration, before: Option<&HeaderValue>) -> HeaderValue {
    let metric = metric(name, took);
    let text = match before.and_then(|before| before.to_str().ok()) {
        Some(before) => format!("{before}, {metric}"),
        None => metric,
    };
    text.try_into().unwrap_or(HeaderValue::from_static("total"))
}

/// A metric of `Server-Timing`, in milliseconds.
pub fn metric(name: &str, took: Duration) -> String {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    let (millis, rest) = (micros / 1_000, micros % 1_000);
    format!("{name};dur={millis}.{rest:03}")
}
