//! Composed answers as responses: pages and GraphQL responses.

use std::{sync::Arc, time::Duration};

use ask::CachePolicy;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use cache::{Answer, Entry, Failure, Origin};
use leptos_cached::{
    CACHE_STATUS, Downstream, Fault, Representation, mark_cut_off, no_store, represent, revalidate,
};

use super::{policy::CONTENT_SECURITY_POLICY, unavailable::unavailable};
use crate::answers::composite::{Media, Rendered, Unavailable};

/// The response with a composed answer from the tiers.
pub(super) fn respond<O: Origin<Body = Rendered>>(
    answer: &Answer<O>,
    downstream: &Downstream,
    accepted: &HeaderMap,
) -> Response {
    let rendered = &answer.entry.body;
    let cut_off = answer.trail.cut_off.then(|| answer.entry.age());
    let mut response = rendered.respond(downstream, accepted, cut_off);
    // One that was composed just now reports the status of its list; a cached one reports its own.
    if answer.trail.load.is_none()
        && let Some(key) = &rendered.summary.key
    {
        let mut trail = answer.trail.clone();
        trail.cut_off |= rendered.summary.cut_off.is_some();
        let status = rendered.content.cache_status(&trail, key);
        response.headers_mut().insert(CACHE_STATUS, status);
    }
    response
}

/// The content of a composed answer, which may have to be encoded before it is sent.
pub(super) fn content<Q>(entry: &Arc<Entry<Q, Rendered>>) -> &Representation {
    &entry.body.content
}

/// The response if there is no answer: the one that says so, if it could be rendered.
pub(super) fn instead(
    failure: &Failure<Unavailable>,
    downstream: &Downstream,
    accepted: &HeaderMap,
) -> Response {
    match failure {
        Failure::Origin(failed) => match &failed.whole {
            Some(rendered) => rendered.respond(downstream, accepted, None),
            None => unavailable(accepted, failed.fault.clone()),
        },
        Failure::Busy => unavailable(accepted, Fault::Busy),
        Failure::Late | Failure::Interrupted => unavailable(accepted, Fault::Unavailable),
    }
}

impl Rendered {
    /// The answer as a response. `cut_off` is its age if it may be from before an edit, because the
    /// database is unreachable; one that was made of such answers records that itself.
    pub(super) fn respond(
        &self,
        downstream: &Downstream,
        accepted: &HeaderMap,
        cut_off: Option<Duration>,
    ) -> Response {
        if let Some(location) = &self.redirect {
            return (self.status, [(header::LOCATION, location.clone())]).into_response();
        }
        let kind = HeaderValue::from_static(match self.media {
            Media::Html => "text/html; charset=utf-8",
            Media::Json => "application/json",
        });
        // Only what was found, is whole and is current can be confirmed.
        let cut_off = cut_off.or(self.summary.cut_off);
        let confirms = self.status.is_success() && !self.has_errors && cut_off.is_none();
        let mut response = if confirms {
            revalidate(&self.content, kind, accepted)
        } else {
            let mut response = represent(&self.content, kind, accepted);
            *response.status_mut() = self.status;
            response
        };
        let headers = response.headers_mut();
        if confirms && !self.summary.private {
            downstream.set(headers, CachePolicy::standard());
        } else {
            headers.remove(header::ETAG);
            headers.insert(header::CACHE_CONTROL, no_store());
        }
        if self.media == Media::Html {
            headers.insert(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
            let referrer = HeaderValue::from_static("same-origin");
            headers.insert(header::REFERRER_POLICY, referrer);
        }
        let more = match self.status {
            StatusCode::SERVICE_UNAVAILABLE => Some((header::RETRY_AFTER, "2")),
            StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, "Bearer")),
            _ => None,
        };
        if let Some((name, value)) = more {
            headers.insert(name, HeaderValue::from_static(value));
        }
        let sniff = HeaderValue::from_static("nosniff");
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, sniff);
        if let Some(status) = &self.summary.cache_status {
            headers.insert(CACHE_STATUS, status.clone());
        }
        if let Some(age) = cut_off {
            mark_cut_off(headers, age);
        }
        response
    }
}
