//! Request ids, and the access log: one line a request where the filter of the log names `access`.
//!
//! An id that a client or a proxy has chosen is taken over, so that its log and ours can be joined. It
//! is in the response, and on every line that is logged on the way to it.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Instant,
};

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Uri},
    response::Response,
};
use leptos_cached::CACHE_STATUS;
use tracing::{Level, enabled, info};

/// The header of a request's id.
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken over.
const LONGEST_ID: usize = 128;

/// The smallest number of sixteen digits, which new ids have.
const FEWEST_DIGITS: u64 = 1_000_000_000_000_000;

/// Of so many answers from memory, one has a line.
const SAMPLE: u32 = 100;

/// A request's id, as a header has it.
#[derive(Debug, Clone)]
pub(super) struct RequestId(HeaderValue);

impl RequestId {
    /// The id that the request brings, if it is short and plain; otherwise a new one.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let brought = headers.get(X_REQUEST_ID).filter(|id| is_plain(id));
        Self(match brought {
            Some(id) => id.clone(),
            None => HeaderValue::from(rand::random_range(FEWEST_DIGITS..10 * FEWEST_DIGITS)),
        })
    }

    /// The id as text.
    pub(super) fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    /// Adds it to the response.
    pub(super) fn mark(&self, response: &mut Response) {
        response.headers_mut().insert(X_REQUEST_ID, self.0.clone());
    }
}

/// Whether a log and a shell can take it as it is.
fn is_plain(id: &HeaderValue) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:/+=".contains(byte);
    (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(is_plain)
}

/// The access log.
pub(super) struct AccessLog {
    /// Whether it is written. That never changes, so nobody else pays for it.
    is_written: bool,
    hits: AtomicU32,
}

/// What the line of a request says of it.
pub(super) struct Access {
    id: RequestId,
    method: Method,
    uri: Uri,
    began: Instant,
}

impl AccessLog {
    pub(super) fn new() -> Self {
        Self {
            is_written: enabled!(target: "access", Level::INFO),
            hits: AtomicU32::new(0),
        }
    }

    /// Notes a request that is not answered from memory, if its line will be written.
    pub(super) fn begin(
        &self,
        request: &Request,
        id: &RequestId,
        began: Instant,
    ) -> Option<Access> {
        self.is_written.then(|| Access::new(request, id, began))
    }

    /// Writes the line of an answer from memory, if it is in the sample.
    pub(super) fn hit(
        &self,
        request: &Request,
        id: &RequestId,
        began: Instant,
        response: &Response,
    ) {
        if self.is_written
            && self
                .hits
                .fetch_add(1, Ordering::Relaxed)
                .is_multiple_of(SAMPLE)
        {
            Access::new(request, id, began).write(response, SAMPLE);
        }
    }
}

impl Access {
    fn new(request: &Request, id: &RequestId, began: Instant) -> Self {
        Self {
            id: id.clone(),
            method: request.method().clone(),
            uri: request.uri().clone(),
            began,
        }
    }

    /// Writes the line of a request that was not answered from memory.
    pub(super) fn end(self, response: &Response) {
        self.write(response, 1);
    }

    fn write(self, response: &Response, stands_for: u32) {
        let micros = u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        info!(
            target: "access",
            id = self.id.as_str(),
            status = response.status().as_u16(),
            tier = tier(response),
            micros,
            stands_for,
            "{} {}",
            self.method,
            self.uri
        );
    }
}

/// Where the answer came from: `memory`, `redis`, `database`, or `none` if no cache had to do with it.
fn tier(response: &Response) -> &'static str {
    let Some(Ok(status)) = response
        .headers()
        .get(CACHE_STATUS)
        .map(HeaderValue::to_str)
    else {
        return "none";
    };
    if status.contains("hearth-memory; hit") {
        "memory"
    } else if status.contains("hearth-redis; hit") {
        "redis"
    } else {
        "database"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_id_is_taken_over() {
        let check = |sent: &str, is_taken| {
            let sent = HeaderValue::try_from(sent).unwrap();
            let headers = HeaderMap::from_iter([(X_REQUEST_ID, sent.clone())]);
            let id = RequestId::of(&headers);
            assert_eq!(id.0 == sent, is_taken, "{sent:?}");
            assert!(is_plain(&id.0));
        };
        check("7f3a-42", true);
        check("Root=1-67891233-abcdef012345678912345678", true);
        check("", false);
        check("two words", false);
        check("\"quoted\"", false);
        check(&"x".repeat(128), true);
        check(&"x".repeat(129), false);
    }
}
