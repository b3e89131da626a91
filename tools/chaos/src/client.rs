//! An HTTP client that reuses its connections, one client for each thread.

use std::time::Duration;

use ureq::{Agent, RequestBuilder, http::Response, typestate::WithoutBody};

/// After this time a request counts as unanswered. A server answers 503 earlier.
const PATIENCE: Duration = Duration::from_secs(15);

/// How the nodes are reached.
#[derive(Clone, Debug)]
pub(super) struct Addresses {
    pub(super) ports: Vec<u16>,
    pub(super) token: String,
    /// Whether connections are used again; otherwise each request has its own.
    pub(super) persistent: bool,
}

pub(super) struct Client {
    agent: Agent,
    addresses: Addresses,
}

/// A node's answer.
#[derive(Default, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) cache_status: String,
    pub(super) etag: Option<String>,
    pub(super) timing: String,
    pub(super) body: String,
}

/// Why there was no answer.
#[derive(Debug)]
pub(super) struct NoAnswer(pub(super) String);

impl Client {
    pub(super) fn new(addresses: Addresses) -> Self {
        // As many as ureq has by default.
        let idle = if addresses.persistent { 10 } else { 0 };
        let config = Agent::config_builder()
            .max_idle_connections(idle)
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .timeout_recv_body(Some(PATIENCE))
            .build();
        Self {
            agent: config.new_agent(),
            addresses,
        }
    }

    /// Requests a path of a node; with a known entity tag, the body only if its tag differs.
    pub(super) fn get(
        &self,
        node: usize,
        path: &str,
        known: Option<&str>,
    ) -> Result<Answer, NoAnswer> {
        let mut request = self.request(node, path);
        if let Some(etag) = known {
            request = request.header("if-none-match", etag);
        }
        answer(request.call())
    }

    /// Edits a row through a node, if the row is at `version`.
    pub(super) fn patch(
        &self,
        node: usize,
        path: &str,
        version: &str,
        body: &str,
    ) -> Result<Answer, NoAnswer> {
        let request = self.agent.patch(self.url(node, path));
        let request = request
            .header("authorization", format!("Bearer {}", self.addresses.token))
            .header("content-type", "application/json")
            .header("if-match", format!("\"{version}\""));
        answer(request.send(body))
    }

    fn request(&self, node: usize, path: &str) -> RequestBuilder<WithoutBody> {
        self.agent.get(self.url(node, path))
    }

    fn url(&self, node: usize, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.addresses.ports[node])
    }
}

impl Answer {
    /// Whether the node says that the answer may be out of date.
    pub(super) fn is_marked(&self) -> bool {
        self.cache_status.contains("detail=cut-off")
    }

    /// The row's version: an object's entity tag begins with it.
    pub(super) fn version(&self) -> Option<String> {
        let tag = self.etag.as_deref()?.trim_start_matches("W/");
        let version = tag.trim_matches('"').split('-').next()?;
        version
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| version.to_owned())
    }

    /// How long a step took according to the node, in milliseconds.
    pub(super) fn took(&self, step: &str) -> Option<f64> {
        let entry = self
            .timing
            .split(',')
            .map(str::trim)
            .find(|entry| entry.split(';').next() == Some(step))?;
        entry.split_once("dur=")?.1.parse().ok()
    }
}

fn answer(called: Result<Response<ureq::Body>, ureq::Error>) -> Result<Answer, NoAnswer> {
    let mut response = called.map_err(|error| NoAnswer(error.to_string()))?;
    let header = |name: &str| {
        let values = response.headers().get_all(name).iter();
        let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
        values.join(", ")
    };
    let etag = header("etag");
    let mut answer = Answer {
        status: response.status().as_u16(),
        cache_status: header("cache-status"),
        etag: (!etag.is_empty()).then_some(etag),
        timing: header("server-timing"),
        body: String::new(),
    };
    let body = response.body_mut().read_to_string();
    answer.body = body.map_err(|error| NoAnswer(error.to_string()))?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_parsed() {
        let answer = Answer {
            cache_status: "hearth-memory; hit; detail=cut-off; key=\"k\"".to_owned(),
            etag: Some("\"17-0e5711244a29bd85\"".to_owned()),
            timing: "commit;dur=3.2, acknowledge;dur=7.125, total;dur=11".to_owned(),
            ..Answer::default()
        };
        assert!(answer.is_marked());
        assert_eq!(answer.version().as_deref(), Some("17"));
        assert_eq!(answer.took("acknowledge"), Some(7.125));
        assert_eq!(answer.took("load"), None);
        assert!(!Answer::default().is_marked());
        assert_eq!(Answer::default().version(), None);
    }
}
