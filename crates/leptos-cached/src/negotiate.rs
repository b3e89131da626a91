//! What a client accepts, and what it already has.

use std::time::SystemTime;

use axum_extra::headers::{
    ETag, HeaderMapExt, IfMatch, IfModifiedSince, IfNoneMatch, IfUnmodifiedSince,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use crate::Coding;

/// The codings in the server's order of preference: the fewest bytes first.
const CODINGS: [Coding; 4] = [Coding::Brotli, Coding::Zstd, Coding::Gzip, Coding::Identity];

/// The coding that the client prefers and, of several, the server's first (RFC 9110, section
/// 12.5.3). If the client accepts none, not even identity, it is still identity: there is nothing
/// else to send.
pub fn coding(headers: &HeaderMap) -> Coding {
    coding_among(headers, &CODINGS)
}

/// The same, of what there is in some of the codings only: `available`, the server's first choice
/// first.
pub fn coding_among(headers: &HeaderMap, available: &[Coding]) -> Coding {
    let mut weights = [None; CODINGS.len()];
    // The weight of `*`: of all codings that are not named.
    let mut others = None;
    for value in headers.get_all(header::ACCEPT_ENCODING) {
        for item in value.to_str().unwrap_or_default().split(',') {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let weight = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(1.0, |weight| weight.parse::<f32>().unwrap_or(0.0));
            if name == "*" {
                others = Some(weight);
            }
            let known = CODINGS.iter().position(|coding| {
                let known = coding.name().unwrap_or("identity");
                name.eq_ignore_ascii_case(known)
            });
            if let Some(place) = known {
                weights[place] = Some(weight);
            }
        }
    }
    let mut best = (Coding::Identity, 0.0);
    for coding in available {
        let weight = CODINGS
            .iter()
            .position(|known| known == coding)
            .and_then(|place| weights[place]);
        let weight = weight.or(others).unwrap_or(0.0);
        if weight > best.1 {
            best = (*coding, weight);
        }
    }
    best.0
}

/// The status of the answer to a GET or HEAD request whose conditions do not hold for what would be sent, with this
/// entity tag and time of change: 412 if the client requires something else, 304 if it has it already (RFC 9110,
/// section 13.2.2). What cannot be understood is no condition, and neither is a date of what has none.
pub fn refusal(
    headers: &HeaderMap,
    etag: &HeaderValue,
    modified: Option<SystemTime>,
) -> Option<StatusCode> {
    const BY_TAG: [HeaderName; 2] = [header::IF_MATCH, header::IF_NONE_MATCH];
    // Most requests have none, and this is done for every answer.
    if modified.is_none() && !BY_TAG.iter().any(|name| headers.contains_key(name)) {
        return None;
    }
    let etag: ETag = etag.to_str().ok()?.parse().ok()?;
    let is_required = match headers.typed_get::<IfMatch>() {
        Some(condition) => condition.precondition_passes(&etag),
        None => modified.is_none_or(|modified| {
            let condition = headers.typed_get::<IfUnmodifiedSince>();
            condition.is_none_or(|condition| condition.precondition_passes(modified))
        }),
    };
    if !is_required {
        return Some(StatusCode::PRECONDITION_FAILED);
    }
    let is_wanted = if headers.contains_key(header::IF_NONE_MATCH) {
        let condition = headers.typed_get::<IfNoneMatch>();
        condition.is_none_or(|condition| condition.precondition_passes(&etag))
    } else {
        modified.is_none_or(|modified| {
            let condition = headers.typed_get::<IfModifiedSince>();
            condition.is_none_or(|condition| condition.is_modified(modified))
        })
    };
    (!is_wanted).then_some(StatusCode::NOT_MODIFIED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn the_best_accepted_coding_is_chosen() {
        let check =
            |accept, expect| assert_eq!(coding(&headers(header::ACCEPT_ENCODING, accept)), expect);
        check("gzip, deflate, br", Coding::Brotli);
        check("gzip, deflate, br, zstd", Coding::Brotli);
        check("zstd, gzip", Coding::Zstd);
        check("br;q=0.5, gzip;q=0.8, *;q=0.1", Coding::Gzip);
        check("*", Coding::Brotli);
        check("*, br;q=0", Coding::Zstd);
        check("identity, *;q=0.5", Coding::Identity);
        check("identity;q=0", Coding::Identity);
        check("br;q=much", Coding::Identity);
        check("gzip, br;q=0", Coding::Gzip);
        check("BR;q=0.5", Coding::Brotli);
        check("identity", Coding::Identity);
        check("", Coding::Identity);
    }

    #[test]
    fn a_tag_that_the_client_has_is_recognized() {
        let etag = HeaderValue::from_static("\"7-abc-br\"");
        let check = |sent, has, matches| {
            let refused = |name, status| refusal(&headers(name, sent), &etag, None) == Some(status);
            assert_eq!(
                refused(header::IF_NONE_MATCH, StatusCode::NOT_MODIFIED),
                has,
                "{sent}"
            );
            assert_eq!(
                !refused(header::IF_MATCH, StatusCode::PRECONDITION_FAILED),
                matches,
                "{sent}"
            );
        };
        check("\"7-abc-br\"", true, true);
        // Weak comparison is enough to leave something out, but not to rely on it.
        check("W/\"7-abc-br\"", true, false);
        check("\"x\", \"7-abc-br\"", true, true);
        check("*", true, true);
        check("\"7-abc\"", false, false);
    }
}
