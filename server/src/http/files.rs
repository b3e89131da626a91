//! Answers with a file of the site, by RFC 9110.
//!
//! In the order of its section 13.2.2: what the request requires (412), what the client has (304),
//! the part that it wants (206, 416), the whole file (200).

use std::ops::RangeInclusive;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::headers::{HeaderMapExt, LastModified};
use http_range_header::{EndPosition, StartPosition, parse_range_header};
use leptos_cached::negotiate;

use crate::site_files::SiteFile;

/// The answer to a GET or HEAD request for this file.
pub(super) fn respond(file: &SiteFile, method: &Method, request: &HeaderMap) -> Response {
    let codings = file.codings();
    let coding = negotiate::coding_among(request, &codings);
    let content = file.content(coding);
    let mut headers = HeaderMap::new();
    headers.insert(header::ETAG, content.etag.clone());
    headers.typed_insert(LastModified::from(file.modified));
    if codings.len() > 1 {
        let by = HeaderValue::from_static("accept-encoding");
        headers.insert(header::VARY, by);
    }
    match negotiate::refusal(request, &content.etag, Some(file.modified)) {
        Some(StatusCode::NOT_MODIFIED) => {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        Some(status) => {
            headers.remove(header::ETAG);
            headers.remove(header::LAST_MODIFIED);
            return (status, headers).into_response();
        }
        None => {}
    }
    let ranges = HeaderValue::from_static("bytes");
    headers.insert(header::ACCEPT_RANGES, ranges);
    let (mut status, mut bytes) = (StatusCode::OK, content.bytes.clone());
    if method == Method::GET && may_be_part(&headers, request) {
        let length = bytes.len();
        let range = match part(request, length) {
            Part::Whole => None,
            Part::Range(range) => {
                (status, bytes) = (StatusCode::PARTIAL_CONTENT, bytes.slice(range.clone()));
                Some(format!("bytes {}-{}/{length}", range.start(), range.end()))
            }
            Part::Beyond => {
                headers.remove(header::ETAG);
                headers.remove(header::LAST_MODIFIED);
                insert(
                    &mut headers,
                    header::CONTENT_RANGE,
                    &format!("bytes */{length}"),
                );
                return (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response();
            }
        };
        if let Some(range) = range {
            insert(&mut headers, header::CONTENT_RANGE, &range);
        }
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    headers.insert(header::CONTENT_LENGTH, bytes.len().into());
    if let Some(name) = coding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        Body::from(bytes)
    };
    (status, headers, body).into_response()
}

/// Whether `If-Range` allows to send a part: it has to be one of our own validators.
fn may_be_part(headers: &HeaderMap, request: &HeaderMap) -> bool {
    let is_ours = |sent| {
        [header::ETAG, header::LAST_MODIFIED]
            .iter()
            .any(|ours| headers.get(ours) == Some(sent))
    };
    request.get(header::IF_RANGE).is_none_or(is_ours)
}

/// What part of a file is requested.
#[derive(Debug, PartialEq)]
enum Part {
    /// All of it; also if the request is not understood, or is for several parts.
    Whole,
    /// This one.
    Range(RangeInclusive<usize>),
    /// One that the file does not have.
    Beyond,
}

fn part(request: &HeaderMap, length: usize) -> Part {
    let mut values = request.get_all(header::RANGE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Part::Whole;
    };
    let value = value.to_str().unwrap_or_default();
    // The library calls that a mistake. It is a range without bytes.
    if value == "bytes=-0" {
        return Part::Beyond;
    }
    let Ok(parsed) = parse_range_header(value) else {
        return Part::Whole;
    };
    let [range] = &parsed.ranges[..] else {
        return Part::Whole;
    };
    let length = length as u64;
    let last = length.saturating_sub(1);
    let (start, end) = match (range.start, range.end) {
        (StartPosition::Index(start), EndPosition::Index(end)) if end < start => {
            return Part::Whole;
        }
        (StartPosition::Index(start), EndPosition::Index(end)) => (start, end.min(last)),
        (StartPosition::Index(start), EndPosition::LastByte) => (start, last),
        (StartPosition::FromLast(count), _) => (length.saturating_sub(count), last),
    };
    if start >= length {
        return Part::Beyond;
    }
    match (usize::try_from(start), usize::try_from(end)) {
        (Ok(start), Ok(end)) => Part::Range(start..=end),
        _ => Part::Whole,
    }
}

fn insert(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_that_makes_sense_is_a_part() {
        let check = |value: &'static str, length, expect| {
            let sent = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(value))]);
            assert_eq!(part(&sent, length), expect, "{value} of {length}");
        };
        check("bytes=0-4", 10, Part::Range(0..=4));
        check("bytes=9-9", 10, Part::Range(9..=9));
        check("bytes=4-", 10, Part::Range(4..=9));
        check("bytes=4-99", 10, Part::Range(4..=9));
        check("bytes=-3", 10, Part::Range(7..=9));
        check("bytes=-30", 10, Part::Range(0..=9));
        check("bytes=10-", 10, Part::Beyond);
        check("bytes=10-12", 10, Part::Beyond);
        check("bytes=-0", 10, Part::Beyond);
        check("bytes=0-", 0, Part::Beyond);
        check("bytes=-1", 0, Part::Beyond);
        for other in [
            "items=0-5",
            "bytes=5-3",
            "bytes=0-1,3-4",
            "bytes=",
            "bytes=a-b",
            "bytes=--1",
            "bytes=0-99999999999999999999",
            "0-5",
        ] {
            check(other, 10, Part::Whole);
        }
    }
}
