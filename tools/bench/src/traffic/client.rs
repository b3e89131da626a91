//! One connection to a server, which is reused.

use std::{
    io,
    time::{Duration, Instant},
};

use anyhow::Result;
use ureq::{Agent, Body, http::Response};

/// A server that is running.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its base URL, without a slash at the end.
    pub url: String,
    /// A bearer token that it accepts, for edits.
    pub token: Option<String>,
}

/// After this time a request counts as unanswered. A server answers 503 earlier.
const PATIENCE: Duration = Duration::from_secs(15);

pub(super) struct Client<'a> {
    server: &'a Server,
    agent: Agent,
}

/// A server's answer, apart from its body.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) cache_status: String,
    pub(super) timing: String,
    /// From when the request was due until the last byte of the body.
    pub(super) took: Duration,
}

impl<'a> Client<'a> {
    pub(super) fn new(server: &'a Server) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            // No timeout of the whole: ureq would look up the host in a new thread for every request.
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .timeout_recv_body(Some(PATIENCE))
            .build();
        Self {
            server,
            agent: config.new_agent(),
        }
    }

    pub(super) fn get(&self, url: &str, due: Instant) -> Result<Answer> {
        // As every browser does. Nobody looks at the body, so it may stay encoded.
        let request = self.agent.get(format!("{}{url}", self.server.url));
        let request = request.header("accept-encoding", "br");
        read(request.call()?, due)
    }

    /// Edits a row and waits until that is acknowledged.
    pub(super) fn patch(&self, url: &str, body: &str, due: Instant) -> Result<Answer> {
        let mut request = self.agent.patch(format!("{}{url}", self.server.url));
        if let Some(token) = &self.server.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let request = request.header("content-type", "application/json");
        read(request.send(body)?, due)
    }
}

fn read(mut response: Response<Body>, due: Instant) -> Result<Answer> {
    // A body that is not read to its end would cost the connection.
    io::copy(&mut response.body_mut().as_reader(), &mut io::sink())?;
    let took = due.elapsed();
    let header = |name: &str| {
        let values = response.headers().get_all(name).iter();
        let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
        values.join(", ")
    };
    Ok(Answer {
        status: response.status().as_u16(),
        cache_status: header("cache-status"),
        timing: header("server-timing"),
        took,
    })
}

impl Answer {
    /// How long a step took according to the server (W3C Server Timing).
    pub(super) fn step(&self, name: &str) -> Option<Duration> {
        let metrics = self.timing.split(',').map(str::trim);
        let metric = metrics
            .into_iter()
            .find(|it| it.split(';').next() == Some(name))?;
        let millis: f64 = metric
            .split(';')
            .find_map(|it| it.strip_prefix("dur="))?
            .parse()
            .ok()?;
        Duration::try_from_secs_f64(millis / 1e3).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_from_server_timing() {
        let answer = Answer {
            status: 200,
            cache_status: String::new(),
            timing: "commit;dur=3.250, redis;dur=0.5;desc=\"hit\", memory;desc=\"hit\"".to_owned(),
            took: Duration::ZERO,
        };
        let check = |name, micros: Option<u64>| {
            assert_eq!(
                answer.step(name),
                micros.map(Duration::from_micros),
                "{name}"
            );
        };
        check("commit", Some(3_250));
        check("redis", Some(500));
        check("memory", None);
        check("acknowledge", None);
    }
}
