//! A running node, as commands talk to it.

use std::{
    error::Error,
    io::BufReader,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use ureq::{Agent, Body, BodyReader, http::Response};

use crate::{
    cli::NodeArgs,
    config::{Config, Secret},
};

/// How long a node may take to begin its answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running node, and the token to be let in with, if there is one.
pub(super) struct Node {
    url: String,
    token: Option<Secret>,
    agent: Agent,
}

impl Node {
    /// The node that the command line names, or the one that listens where this configuration says.
    pub(super) fn of(args: NodeArgs, config: &Config) -> Self {
        let url = args.address.unwrap_or_else(|| {
            let mut address = config.site.address;
            // A node that listens everywhere listens here.
            match address.ip() {
                IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
                IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
                _ => {}
            }
            format!("http://{address}")
        });
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .build();
        Self {
            url: url.trim_end_matches('/').to_owned(),
            token: config.admin.token.clone(),
            agent: agent.into(),
        }
    }

    /// Whether there is a token to be let in with.
    pub(super) fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// The address of the node.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Requests an address as a reader does, whatever the status of the answer. `purpose` is the
    /// value of `Sec-Purpose`, if it is to have one.
    ///
    /// # Errors
    /// If the node does not answer.
    pub(super) fn read(
        &self,
        address: &str,
        purpose: Option<&str>,
    ) -> Result<Response<Body>, Box<dyn Error>> {
        let mut request = self.agent.get(format!("{}{address}", self.url));
        if let Some(purpose) = purpose {
            request = request.header("sec-purpose", purpose);
        }
        request.call().map_err(|error| self.unanswered(&error))
    }

    fn unanswered(&self, error: &ureq::Error) -> Box<dyn Error> {
        let url = &self.url;
        format!("no node answers at {url} ({error}): start one, or name it with --node").into()
    }

    fn authorization(&self) -> Result<String, Box<dyn Error>> {
        let token = self.token.as_ref().ok_or(
            "this command needs a token that the node accepts: set HEARTH_ADMIN_TOKEN to the node's own, or to one \
             that `hearth token add NAME` has printed",
        )?;
        Ok(format!("Bearer {}", token.expose()))
    }

    /// Sends a form, and returns the body of the answer, which is JSON.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub(super) fn post(&self, path: &str, form: &[(&str, &str)]) -> Result<String, Box<dyn Error>> {
        let request = self
            .agent
            .post(format!("{}{path}", self.url))
            .header("authorization", self.authorization()?)
            .header("accept", "application/json");
        let mut response = self.accepted(request.send_form(form.iter().copied()))?;
        Ok(response.body_mut().read_to_string()?)
    }

    /// The body of an answer, as text.
    ///
    /// # Errors
    /// If the node does not answer, or refuses; worded for the person who typed the command.
    pub(super) fn get(
        &self,
        path: &str,
        pairs: &[(&str, &str)],
        accept: &str,
    ) -> Result<String, Box<dyn Error>> {
        let mut response = self.send(path, pairs, accept)?;
        Ok(response.body_mut().read_to_string()?)
    }

    /// A stream of events.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub(super) fn follow(
        &self,
        path: &str,
        pairs: &[(&str, &str)],
    ) -> Result<BufReader<BodyReader<'static>>, Box<dyn Error>> {
        let response = self.send(path, pairs, "text/event-stream")?;
        Ok(BufReader::new(response.into_body().into_reader()))
    }

    fn send(
        &self,
        path: &str,
        pairs: &[(&str, &str)],
        accept: &str,
    ) -> Result<Response<Body>, Box<dyn Error>> {
        let request = self
            .agent
            .get(format!("{}{path}", self.url))
            .query_pairs(pairs.iter().copied())
            .header("authorization", self.authorization()?)
            .header("accept", accept);
        self.accepted(request.call())
    }

    fn accepted(
        &self,
        answered: Result<Response<Body>, ureq::Error>,
    ) -> Result<Response<Body>, Box<dyn Error>> {
        let mut response = answered.map_err(|error| self.unanswered(&error))?;
        match response.status().as_u16() {
            200 => Ok(response),
            401 | 403 => Err(format!(
                "{} does not let this command in: HEARTH_ADMIN_TOKEN must be a token that it accepts, and for \
                 --sql its own admin token",
                self.url
            )
            .into()),
            status => {
                let problem = response.body_mut().read_to_string().unwrap_or_default();
                Err(format!("{} answers {status}: {}", self.url, said(&problem)).into())
            }
        }
    }
}

/// What a problem document (RFC 9457) says.
fn said(problem: &str) -> String {
    let Ok(problem) = serde_json::from_str::<serde_json::Value>(problem) else {
        return problem.to_owned();
    };
    let text = |name: &str| problem[name].as_str().map(str::to_owned);
    let said = text("detail").or_else(|| text("title"));
    said.unwrap_or_default()
}
