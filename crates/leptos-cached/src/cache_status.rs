//! `Cache-Status` (RFC 9211): which tier had the answer, and why the others did not.
//!
//! It is written by hand: the crate sfv prints no space after `;`, and people search logs for
//! `hearth-memory; hit`.

use ::cache::{MemoryStep, Reason, SharedStep, Trail};
use http::{HeaderName, HeaderValue};

/// Which tier had the answer (RFC 9211).
pub const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// The header for an answer that no tier may store.
pub fn bypassed() -> HeaderValue {
    HeaderValue::from_static("hearth-memory; fwd=bypass; detail=bypass")
}

/// The header for a request that was refused, because too many are waiting.
pub fn refused() -> HeaderValue {
    HeaderValue::from_static("hearth-memory; detail=refused")
}

/// The header for an answer from the tiers. The tier closest to the origin comes first.
pub(crate) fn write(trail: &Trail, key: &str) -> HeaderValue {
    let memory = match &trail.memory {
        MemoryStep::Miss(Reason::Bypass) if trail.shared.is_none() => return bypassed(),
        _ if trail.cut_off => "hit; detail=cut-off".to_owned(),
        MemoryStep::Hit => "hit".to_owned(),
        MemoryStep::HitWhileRefreshed => "hit; detail=refreshing".to_owned(),
        MemoryStep::Miss(reason) => {
            let collapsed = mark(trail.joined, "collapsed");
            format!(
                "{}; stored{collapsed}; {}",
                forwarded(reason),
                detail(reason)
            )
        }
    };
    let key = quoted(key);
    let shared = trail.shared.as_ref().map(|shared| match shared {
        SharedStep::Hit => format!("hearth-redis; hit; key={key}, "),
        SharedStep::Collapsed(reason) => {
            let (forwarded, detail) = (forwarded(reason), detail(reason));
            format!("hearth-redis; {forwarded}; collapsed; {detail}; key={key}, ")
        }
        SharedStep::Miss { reason, stored } => {
            let forwarded = match reason {
                // Without a lease, nothing there would have been valid: it was not queried.
                Reason::NoLease => "fwd=bypass",
                reason => forwarded(reason),
            };
            let (stored, detail) = (mark(*stored, "stored"), detail(reason));
            format!("hearth-redis; {forwarded}{stored}; {detail}; key={key}, ")
        }
    });
    let text = format!(
        "{}hearth-memory; {memory}; key={key}",
        shared.unwrap_or_default()
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("hearth-memory"))
}

/// Why the request went on to the next tier, in the words of RFC 9211.
fn forwarded(reason: &Reason) -> &'static str {
    match reason {
        Reason::Bypass => "fwd=bypass",
        reason if reason.is_stale() => "fwd=stale",
        _ => "fwd=miss",
    }
}

/// The reason in our own words, with the revision of the edit if there was one. Who made it is for
/// editors only.
fn detail(reason: &Reason) -> String {
    match reason.touched() {
        Some(touched) => format!("detail=touched; rev={}", touched.revision),
        None => format!("detail={}", reason.name()),
    }
}

fn mark(holds: bool, parameter: &str) -> String {
    if holds {
        format!("; {parameter}")
    } else {
        String::new()
    }
}

/// A structured-fields string (RFC 8941). Keys are printable ASCII.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
