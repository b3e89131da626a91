//! A Hearth server of our own, for the browser tests.

use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpStream},
    path::Path,
    time::Duration,
};

use anyhow::{Context as _, Result};
use rustix::process::Signal;

use super::{Scratch, free_port, secret};
use crate::{
    Context,
    process::{Service, bound},
};

/// Migrating and seeding are part of a first start.
const START: Duration = Duration::from_secs(180);

/// Where a server keeps what it knows.
pub(crate) enum Store {
    /// A fresh SQLite file, no Redis.
    Embedded,
    /// An empty PostgreSQL database, and a Redis.
    Servers { postgres: String, redis: String },
}

pub(crate) struct Hearth {
    pub(crate) url: String,
    pub(crate) password: String,
    pub(crate) token: String,
    // Dropped in this order: first the server, then its directory.
    _service: Service,
    _scratch: Scratch,
}

impl Hearth {
    pub(crate) fn start(
        context: &Context,
        binary: &Path,
        store: &Store,
        log: &str,
    ) -> Result<Self> {
        let scratch = Scratch::new("server")?;
        let (port, password, token) = (free_port()?, secret()?, secret()?);
        let mut command = bound(binary);
        command
            .arg("serve")
            .current_dir(scratch.path())
            .env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{port}"))
            .env("HEARTH_ADMIN_PASSWORD", &password)
            .env("HEARTH_ADMIN_TOKEN", &token);
        match store {
            Store::Embedded => {
                let file = scratch.path().join("hearth.db");
                command
                    .env("DATABASE_URL", format!("sqlite://{}", file.display()))
                    .env_remove("REDIS_URL");
            }
            Store::Servers { postgres, redis } => {
                command
                    .env("DATABASE_URL", postgres)
                    .env("REDIS_URL", redis);
            }
        }
        let service = Service::start(&mut command, &context.layout.logs().join(log), Signal::TERM)?;
        service
            .wait_until(START, || is_ready(port).unwrap_or(false))
            .context("start a server for the browser tests")?;
        Ok(Self {
            url: format!("http://127.0.0.1:{port}"),
            password,
            token,
            _service: service,
            _scratch: scratch,
        })
    }
}

fn is_ready(port: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer)?;
    Ok(&answer == b"HTTP/1.1 200")
}
