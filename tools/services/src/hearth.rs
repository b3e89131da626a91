//! Private Hearth servers: one for the browser tests, or several to attack.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpStream},
    path::{self, Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result};
use rustix::process::Signal;

use crate::{
    context::Context,
    private::{Scratch, free_port, secret},
    process::{Service, bound},
};

/// Migrating and seeding are part of a first start.
const START: Duration = Duration::from_secs(180);

/// Where a server stores its data.
pub enum Store {
    /// A fresh SQLite file, no Redis.
    Embedded,
    /// An empty PostgreSQL database, and a Redis.
    Servers {
        /// The database's URL.
        postgres: String,
        /// The URL of Redis.
        redis: String,
    },
}

/// How a server is started, repeatedly if need be, at the same address.
pub struct Launch {
    /// Where it listens.
    pub port: u16,
    /// The password of the account `admin`.
    pub password: String,
    /// A bearer token with the rights of `admin`.
    pub token: String,
    binary: PathBuf,
    log: PathBuf,
    variables: BTreeMap<&'static str, String>,
    scratch: Scratch,
}

impl Launch {
    /// Prepares to start `binary` in its own directory. `log` is the name of its log file.
    pub fn new(context: &Context, binary: &Path, store: &Store, log: &str) -> Result<Self> {
        let scratch = Scratch::new("server")?;
        let log = context.layout.logs().join(log);
        // A log of an earlier run is not continued.
        drop(fs::remove_file(&log));
        let mut launch = Self {
            port: free_port()?,
            password: secret()?,
            token: secret()?,
            // The server runs in another directory.
            binary: path::absolute(binary).context("find the server")?,
            log,
            variables: BTreeMap::new(),
            scratch,
        };
        match store {
            Store::Embedded => {
                let file = launch.scratch.path().join("hearth.db");
                launch.set("DATABASE_URL", format!("sqlite://{}", file.display()));
                // An empty variable counts as unset.
                launch.set("REDIS_URL", String::new());
            }
            Store::Servers { postgres, redis } => {
                launch.set("DATABASE_URL", postgres.clone());
                launch.set("REDIS_URL", redis.clone());
            }
        }
        Ok(launch)
    }

    /// Sets one of the server's environment variables, from the next start on.
    pub fn set(&mut self, variable: &'static str, value: String) {
        self.variables.insert(variable, value);
    }

    /// Starts another binary from the next start on, at the same address and on the same data.
    pub fn replace(&mut self, binary: &Path) -> Result<()> {
        self.binary = path::absolute(binary).context("find the other server")?;
        Ok(())
    }

    /// Its base URL.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts the server without waiting for it. Its log is continued.
    pub fn start(&self) -> Result<Service> {
        let mut command = bound(&self.binary);
        command
            .arg("serve")
            .current_dir(self.scratch.path())
            .env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{}", self.port))
            .env("HEARTH_ADMIN_PASSWORD", &self.password)
            .env("HEARTH_ADMIN_TOKEN", &self.token)
            // No proxy has to notice that it stops.
            .env("HEARTH_DRAIN", "0s")
            .envs(&self.variables);
        Service::start(&mut command, &self.log, Signal::TERM)
    }

    /// Whether it serves, and its cached answers are valid.
    pub fn is_ready(&self) -> bool {
        is_ready(self.port).unwrap_or(false)
    }

    /// Waits until it is ready for the first time.
    pub fn wait(&self, service: &Service) -> Result<()> {
        service.wait_until(START, || self.is_ready())
    }
}

/// A server that is ready, and ends when this is dropped.
pub struct Hearth {
    /// Its base URL.
    pub url: String,
    /// The password of the account `admin`.
    pub password: String,
    /// A bearer token with the rights of `admin`.
    pub token: String,
    // Dropped in this order: first the server, then its directory.
    _service: Service,
    _launch: Launch,
}

impl Hearth {
    /// Starts a server as it would be deployed, and waits until it is ready.
    pub fn start(context: &Context, binary: &Path, store: &Store, log: &str) -> Result<Self> {
        let mut launch = Launch::new(context, binary, store, log)?;
        // As in a deployment: the pages contain the site's origin.
        launch.set("HEARTH_ORIGIN", launch.url());
        let service = launch.start()?;
        launch
            .wait(&service)
            .context("start a server for the browser tests")?;
        Ok(Self {
            url: launch.url(),
            password: launch.password.clone(),
            token: launch.token.clone(),
            _service: service,
            _launch: launch,
        })
    }
}

fn is_ready(port: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer)?;
    Ok(&answer == b"HTTP/1.1 200")
}
