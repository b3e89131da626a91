//! Starts a private PgBouncer in front of a private PostgreSQL, in transaction mode: the pooler that
//! Debian ships, which takes no startup parameters and knows no prepared statements.
//!
//! Its package is unpacked, not installed: installing it starts a service.

use std::{
    fs,
    net::{Ipv4Addr, TcpStream},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result};
use rustix::process::{Signal, geteuid};

use crate::{
    context::Context,
    packages,
    postgres::{Postgres, give, unprivileged},
    private::{Scratch, free_port, may_use_system},
    process::{self, Service},
};

/// Where Debian's package puts the program; not on every user's `PATH`.
const PROGRAM: &str = "usr/sbin/pgbouncer";

/// A pooler, which ends when this is dropped.
pub struct PgBouncer {
    port: u16,
    // Dropped in this order: first the pooler, then its directory.
    _service: Service,
    _scratch: Scratch,
}

impl PgBouncer {
    /// Starts a pooler for all databases of a server.
    pub fn start(context: &Context, postgres: &Postgres) -> Result<Self> {
        let scratch = Scratch::new("pgbouncer")?;
        let (program, libraries) = program(context, &scratch)?;
        let port = free_port()?;
        let settings = scratch.path().join("pgbouncer.ini");
        let text = format!(
            "[databases]\n* = {}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir =\nauth_type = any\npool_mode = transaction\nmax_client_conn = 500\n\
             default_pool_size = 20\n",
            postgres.connection_string()
        );
        fs::write(&settings, text).context("write the settings of PgBouncer")?;
        if geteuid().is_root() {
            give(scratch.path())?;
            give(&settings)?;
        }
        let mut command = unprivileged(&program);
        command.arg(&settings).current_dir(scratch.path());
        if let Some(libraries) = libraries {
            command.env("LD_LIBRARY_PATH", libraries);
        }
        let log = context.layout.logs().join("pgbouncer.log");
        // A log of an earlier run is not continued.
        drop(fs::remove_file(&log));
        let service = Service::start(&mut command, &log, Signal::INT)?;
        service.wait_until(Duration::from_secs(20), || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
        })?;
        Ok(Self {
            port,
            _service: service,
            _scratch: scratch,
        })
    }

    /// The URL of a database, through the pooler.
    pub fn url(&self, postgres: &Postgres, database: &str) -> String {
        postgres.url_through(self.port, database)
    }
}

/// The program, and where its libraries are if it was unpacked.
fn program(context: &Context, scratch: &Scratch) -> Result<(PathBuf, Option<String>)> {
    let installed = Path::new("/").join(PROGRAM);
    let installed = process::find("pgbouncer").or(Some(installed).filter(|path| path.is_file()));
    if may_use_system()?
        && let Some(program) = installed
    {
        return Ok((program, None));
    }
    let unpacked = scratch.path().join("packages");
    context
        .progress
        .step("unpacking a private PgBouncer", |step| {
            let packages = packages::download(context, step, "pgbouncer", || {
                Ok(vec!["pgbouncer".to_owned()])
            })?;
            fs::create_dir(&unpacked).context("create a directory for PgBouncer")?;
            packages::unpack(&packages, &unpacked, |name| {
                name.starts_with("pgbouncer") || name.starts_with("lib")
            })
        })?;
    let libraries = packages::library_path(&unpacked);
    Ok((unpacked.join(PROGRAM), Some(libraries)))
}
