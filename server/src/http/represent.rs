//! A representation as a response.

use std::time::Duration;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{negotiate, policy::CachePolicy, problem::Problem};
use crate::store::Representation;

/// Room for all that an answer says of itself.
const HEADERS: usize = 16;

/// The bytes of an answer that may be from before an edit, as the database cannot be reached:
/// with its age, and without anything by which the client could keep or confirm it.
pub(super) fn represent_cut_off(
    body: &Representation,
    kind: HeaderValue,
    age: Duration,
    asked: &HeaderMap,
) -> Response {
    let mut asked = asked.clone();
    asked.remove(header::IF_NONE_MATCH);
    let mut response = represent(body, kind, &asked);
    mark_cut_off(response.headers_mut(), age);
    response
}

/// Marks a response as possibly from before an edit.
pub(super) fn mark_cut_off(headers: &mut HeaderMap, age: Duration) {
    headers.remove(header::ETAG);
    headers.insert(header::CACHE_CONTROL, CachePolicy::Never.header());
    headers.insert(header::AGE, age.as_secs().into());
}

/// The bytes in the client's favourite coding, or word that it has them already.
pub(super) fn represent(body: &Representation, kind: HeaderValue, asked: &HeaderMap) -> Response {
    if !body.found() {
        return Problem::NotFound.into_response();
    }
    let coding = negotiate::coding(asked);
    let encoded = body.encoded(coding);
    let mut response = if negotiate::has(asked, &encoded.etag) {
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
