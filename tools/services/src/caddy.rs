//! A private Caddy in front of several servers, as a deployment has it.

use std::{fs, net::TcpStream, time::Duration};

use anyhow::{Context as _, Result};
use rustix::process::Signal;

use crate::{
    context::Context,
    private::{Scratch, free_port},
    process::Service,
    tool::Tool,
};

/// How often Caddy checks whether a server is ready. A server that is about to stop has to say so for
/// longer than this.
pub const CHECKS: Duration = Duration::from_millis(250);

/// A proxy that is ready, and ends when this is dropped.
pub struct Caddy {
    /// Where it listens.
    pub port: u16,
    // Dropped in this order: first the proxy, then its directory.
    _service: Service,
    _scratch: Scratch,
}

impl Caddy {
    /// Starts a proxy that sends each request to one of the servers at these ports that is ready.
    pub fn start(context: &Context, servers: &[u16]) -> Result<Self> {
        let scratch = Scratch::new("caddy")?;
        let tool = Tool::get(context, &scratch, "caddy")?;
        let port = free_port()?;
        let settings = scratch.path().join("Caddyfile");
        fs::write(&settings, configuration(port, servers))
            .context("write the configuration of Caddy")?;
        let log = context.layout.logs().join("caddy.log");
        // A log of an earlier run is not continued.
        drop(fs::remove_file(&log));
        let mut command = tool.command();
        command
            .args(["run", "--adapter", "caddyfile", "--config"])
            .arg(&settings)
            .current_dir(scratch.path())
            // Where it would store certificates, and a copy of its configuration.
            .env("XDG_DATA_HOME", scratch.path())
            .env("XDG_CONFIG_HOME", scratch.path())
            .env("HOME", scratch.path());
        let service = Service::start(&mut command, &log, Signal::TERM)?;
        service
            .wait_until(Duration::from_secs(20), || {
                TcpStream::connect(("127.0.0.1", port)).is_ok()
            })
            .context("start Caddy")?;
        Ok(Self {
            port,
            _service: service,
            _scratch: scratch,
        })
    }
}

/// A request waits for a server that is ready. It goes to the next one if a connection is refused, or
/// if it is a GET and there is no answer; an edit is never sent twice. The checks are not optional:
/// Debian's Caddy answers an edit with 502 when a connection is refused (caddyserver/caddy#7546).
fn configuration(port: u16, servers: &[u16]) -> String {
    let servers: Vec<String> = servers
        .iter()
        .map(|server| format!("127.0.0.1:{server}"))
        .collect();
    format!(
        "{{\n\tadmin off\n\tauto_https off\n}}\n\
         http://127.0.0.1:{port} {{\n\
         \tbind 127.0.0.1\n\
         \treverse_proxy {} {{\n\
         \t\tlb_policy round_robin\n\
         \t\tlb_try_duration 10s\n\
         \t\tlb_try_interval 50ms\n\
         \t\thealth_uri /readyz\n\
         \t\thealth_interval {}ms\n\
         \t\thealth_timeout 2s\n\
         \t\ttransport http {{\n\t\t\tdial_timeout 1s\n\t\t}}\n\
         \t}}\n}}\n",
        servers.join(" "),
        CHECKS.as_millis()
    )
}
