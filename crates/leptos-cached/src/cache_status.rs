//! `Cache-Status` (RFC 9211): which tier had the answer.
//!
//! It is written by hand: the crate sfv prints no space after `;`, and people search logs for
//! `hearth-memory; hit`.

use ::cache::{MemoryStep, SharedStep, Trail};
use http::{HeaderName, HeaderValue};

use crate::Representation;

/// Which tier had the answer (RFC 9211).
pub const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// The header for an answer that is cached as `body`. The header of a plain memory hit is always
/// the same, so it is built once and stored in `body`.
pub fn cache_status(trail: Trail, key: &str, body: &Representation) -> HeaderValue {
    if trail.memory == MemoryStep::Hit && !trail.joined && trail.load.is_none() && !trail.cut_off {
        let header = body.hit_status();
        return header.get_or_init(|| write(trail, key)).clone();
    }
    write(trail, key)
}

/// The header for an answer from the tiers. The tier closest to the origin comes first.
fn write(trail: Trail, key: &str) -> HeaderValue {
    if trail.memory == MemoryStep::Bypass {
        return bypassed();
    }
    let key = quoted(key);
    let shared = trail.shared.map(|shared| match shared {
        SharedStep::Hit => format!("hearth-redis; hit; key={key}, "),
        SharedStep::Miss(stored) => format!(
            "hearth-redis; fwd=miss{}; key={key}, ",
            mark(stored, "stored")
        ),
        SharedStep::Outdated(stored) => {
            format!(
                "hearth-redis; fwd=stale{}; key={key}, ",
                mark(stored, "stored")
            )
        }
        SharedStep::Skipped(stored) => format!(
            "hearth-redis; fwd=bypass{}; key={key}, ",
            mark(stored, "stored")
        ),
        SharedStep::Collapsed => format!("hearth-redis; fwd=miss; collapsed; key={key}, "),
        SharedStep::Unavailable => "hearth-redis; fwd=miss; detail=unavailable, ".to_owned(),
    });
    let memory = match trail.memory {
        _ if trail.cut_off => "hit; detail=cut-off",
        MemoryStep::Hit => "hit",
        MemoryStep::HitWhileRefreshed => "hit; detail=refreshing",
        MemoryStep::Miss => "fwd=miss; stored",
        MemoryStep::Outdated => "fwd=stale; stored",
        MemoryStep::Bypass => "fwd=bypass",
    };
    let collapsed = mark(trail.joined, "collapsed");
    let text = format!(
        "{}hearth-memory; {memory}{collapsed}; key={key}",
        shared.unwrap_or_default()
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("hearth-memory"))
}

/// The header for an answer that no tier may store.
pub fn bypassed() -> HeaderValue {
    HeaderValue::from_static("hearth-memory; fwd=bypass")
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
