//! Requests from outside of the containers.

use std::{net::Ipv4Addr, time::Duration};

use anyhow::{Context as _, Result, bail};
use ureq::Agent;

use crate::network::Network;

/// After this time a request counts as failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// A client with connections of its own.
pub(crate) fn client() -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .timeout_global(Some(PATIENCE))
        .build();
    config.new_agent()
}

/// Requests a URL with a client that is in the network already.
pub(crate) fn get(client: &Agent, url: &str) -> Result<Answer> {
    let mut response = client
        .get(url)
        .call()
        .with_context(|| format!("request {url}"))?;
    let body = response
        .body_mut()
        .read_to_vec()
        .with_context(|| format!("read the answer of {url}"))?;
    Ok(Answer {
        status: response.status().as_u16(),
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

/// Requests a path of a container, and fails unless the answer is 200. Returns its body.
pub(crate) fn page(from: &Network, of: Ipv4Addr, port: u16, path: &str) -> Result<String> {
    let url = format!("http://{of}:{port}{path}");
    let answer = from.within(|| get(&client(), &url))?;
    if answer.status != 200 {
        bail!("{path} is answered with {}: {}", answer.status, answer.body);
    }
    Ok(answer.body)
}
