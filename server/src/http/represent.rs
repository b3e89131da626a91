//! A representation as a response.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{negotiate, problem::Problem};
use crate::store::Representation;

/// The bytes in the client's favourite coding, or word that it has them already.
pub(super) fn represent(body: &Representation, kind: HeaderValue, asked: &HeaderMap) -> Response {
    if !body.found() {
        return Problem::NotFound.into_response();
    }
    let coding = negotiate::coding(asked);
    let etag = HeaderValue::from_str(&format!("\"{}\"", body.etag(coding)));
    let mut response = match &etag {
        Ok(etag) if negotiate::has(asked, etag) => StatusCode::NOT_MODIFIED.into_response(),
        _ => {
            let mut response = body.bytes(coding).into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, kind);
            if let Some(name) = coding.name() {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
            }
            response
        }
    };
    let headers = response.headers_mut();
    if let Ok(etag) = etag {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}
