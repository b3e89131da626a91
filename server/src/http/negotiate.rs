//! What a client accepts, and what it has.

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::headers::{ETag, HeaderMapExt, IfNoneMatch};

use crate::store::Coding;

/// The best coding that the client accepts (RFC 9110, section 12.5.3).
pub(super) fn coding(headers: &HeaderMap) -> Coding {
    let accepts = |name: &str| {
        let accepted = headers.get_all(header::ACCEPT_ENCODING).iter();
        accepted
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|item| {
                let mut parts = item.split(';').map(str::trim);
                let matches = parts
                    .next()
                    .is_some_and(|coding| coding.eq_ignore_ascii_case(name));
                let refused = parts.any(|part| {
                    part.strip_prefix("q=")
                        .is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q == 0.0))
                });
                matches && !refused
            })
    };
    if accepts("br") {
        Coding::Brotli
    } else if accepts("gzip") {
        Coding::Gzip
    } else {
        Coding::Identity
    }
}

/// Whether the client already has what this tag stands for (weak comparison, lists and `*`).
pub(super) fn has(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let Some(asked) = headers.typed_get::<IfNoneMatch>() else {
        return false;
    };
    let Some(etag) = etag
        .to_str()
        .ok()
        .and_then(|etag| etag.parse::<ETag>().ok())
    else {
        return false;
    };
    !asked.precondition_passes(&etag)
}

/// The version that `If-Match` asks for: the part of the entity tag before the dash. `None` if
/// any version will do, an error if none ever can.
pub(super) fn expected_version(headers: &HeaderMap) -> Result<Option<i64>, ()> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let value = value.to_str().map_err(drop)?.trim();
    if value == "*" {
        return Ok(None);
    }
    let tag = value.strip_prefix("W/").unwrap_or(value).trim_matches('"');
    tag.split('-')
        .next()
        .unwrap_or_default()
        .parse()
        .map(Some)
        .map_err(drop)
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
        check("gzip, br;q=0", Coding::Gzip);
        check("BR;q=0.5", Coding::Brotli);
        check("identity", Coding::Identity);
        check("", Coding::Identity);
    }

    #[test]
    fn a_tag_that_the_client_has_is_recognized() {
        let etag = HeaderValue::from_static("\"7-abc-br\"");
        let check =
            |asked, expect| assert_eq!(has(&headers(header::IF_NONE_MATCH, asked), &etag), expect);
        check("\"7-abc-br\"", true);
        check("W/\"7-abc-br\"", true);
        check("\"x\", \"7-abc-br\"", true);
        check("*", true);
        check("\"7-abc\"", false);
    }

    #[test]
    fn if_match_compares_the_version() {
        let check =
            |asked, expect| assert_eq!(expected_version(&headers(header::IF_MATCH, asked)), expect);
        check("\"7-abc-br\"", Ok(Some(7)));
        check("*", Ok(None));
        check("\"abc\"", Err(()));
    }
}
