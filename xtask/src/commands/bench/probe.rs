//! Asking a server once.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use ureq::Agent;

pub(super) struct Probe {
    agent: Agent,
}

pub(super) struct Answer {
    pub(super) cache_status: String,
    pub(super) etag: String,
    pub(super) body: Vec<u8>,
    pub(super) took: Duration,
}

impl Probe {
    pub(super) fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self {
            agent: config.new_agent(),
        }
    }

    /// An answer that has to be a good one.
    pub(super) fn get(&self, url: &str, headers: &[(&str, &str)]) -> Result<Answer> {
        let started = Instant::now();
        let mut request = self.agent.get(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let asked = || format!("ask for {url}");
        let mut response = request.call().with_context(asked)?;
        let body = response.body_mut().read_to_vec().with_context(asked)?;
        let took = started.elapsed();
        if response.status() != 200 {
            let said = String::from_utf8_lossy(&body);
            bail!("{url} answers {}: {said:.300}", response.status());
        }
        let header = |name: &str| {
            let value = response.headers().get(name);
            let text = value.and_then(|value| value.to_str().ok());
            text.unwrap_or_default().to_owned()
        };
        Ok(Answer {
            cache_status: header("cache-status"),
            etag: header("etag"),
            body,
            took,
        })
    }
}
