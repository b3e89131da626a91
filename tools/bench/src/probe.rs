//! Single requests to a server, or one for each of many paths.

use std::{
    io, thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, anyhow, bail};
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

    /// Returns the answer. Any status but 200 is an error.
    pub(super) fn get(&self, url: &str, headers: &[(&str, &str)]) -> Result<Answer> {
        let started = Instant::now();
        let mut request = self.agent.get(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let requested = || format!("ask for {url}");
        let mut response = request.call().with_context(requested)?;
        let body = response.body_mut().read_to_vec().with_context(requested)?;
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

/// Reads a stream that the holder of a token may follow, until it ends.
pub(super) fn follow(url: &str, token: &str) -> Result<()> {
    let config = Agent::config_builder().proxy(None).build();
    let request = config.new_agent().get(url);
    let response = request
        .header("authorization", format!("Bearer {token}"))
        .call()?;
    io::copy(&mut response.into_body().into_reader(), &mut io::sink())?;
    Ok(())
}

/// Requests each path once, several at a time, because there may be a hundred thousand.
pub(super) fn ask_all(base: &str, paths: &[String], headers: &[(&str, &str)]) -> Result<()> {
    const AT_ONCE: usize = 8;
    thread::scope(|scope| {
        let parts = paths.chunks(paths.len().div_ceil(AT_ONCE).max(1));
        let parts: Vec<_> = parts
            .map(|part| {
                scope.spawn(move || {
                    let probe = Probe::new();
                    part.iter()
                        .try_for_each(|path| probe.get(&format!("{base}{path}"), headers).map(drop))
                })
            })
            .collect();
        parts
            .into_iter()
            .try_for_each(|part| part.join().map_err(|_| anyhow!("a thread panicked"))?)
    })
}
