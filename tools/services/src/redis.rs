//! Starts and stops a private Redis.
//!
//! Debian's package `redis-server` starts a service when it is installed. The package `redis-tools` does not,
//! and its programs are all one binary, which is the server when it is called `redis-server`.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpStream},
    os::unix::fs::symlink,
    path::PathBuf,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use rustix::process::Signal;

use crate::{
    context::Context,
    packages,
    private::{Scratch, free_port, may_use_system},
    process::{self, Service, bound},
    tool::Tool,
};

/// A server, which ends when this is dropped.
pub struct Redis {
    /// The URL of its first database.
    pub url: String,
    /// Where it listens.
    pub port: u16,
    program: PathBuf,
    libraries: Option<String>,
    options: &'static [&'static str],
    log: PathBuf,
    // Dropped in this order: first the server, then its directory. `None` while it is stopped.
    service: Option<Service>,
    scratch: Scratch,
}

impl Redis {
    /// Starts an empty server.
    pub fn start(context: &Context) -> Result<Self> {
        // As a cache is to be configured; enough for any test.
        let options = &["--maxmemory", "512mb", "--maxmemory-policy", "allkeys-lru"];
        Self::with(context, "redis", options)
    }

    /// Starts an empty server that refuses what does not fit into 4 MB: badly configured for a cache.
    pub fn start_small(context: &Context) -> Result<Self> {
        let options = &["--maxmemory", "4mb", "--maxmemory-policy", "noeviction"];
        Self::with(context, "small-redis", options)
    }

    fn with(context: &Context, name: &str, options: &'static [&'static str]) -> Result<Self> {
        let scratch = Scratch::new(name)?;
        let (program, libraries) = program(context, &scratch)?;
        let port = free_port()?;
        let log = context.layout.logs().join(format!("{name}.log"));
        // A log of an earlier run is not continued.
        drop(fs::remove_file(&log));
        let mut redis = Self {
            url: format!("redis://127.0.0.1:{port}/0"),
            port,
            program,
            libraries,
            options,
            log,
            service: None,
            scratch,
        };
        redis.start_again()?;
        Ok(redis)
    }

    /// Starts the server with the data in its directory, and waits until it answers.
    pub fn start_again(&mut self) -> Result<()> {
        let port = self.port;
        let mut command = bound(&self.program);
        command
            .args([
                "--port",
                &port.to_string(),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
            ])
            .args(self.options)
            .arg("--dir")
            .arg(self.scratch.path());
        if let Some(libraries) = &self.libraries {
            command.env("LD_LIBRARY_PATH", libraries);
        }
        let service = Service::start(&mut command, &self.log, Signal::TERM)?;
        service.wait_until(Duration::from_secs(20), || {
            replies(port, "PING", "+PONG").unwrap_or(false)
        })?;
        self.service = Some(service);
        Ok(())
    }

    /// The id of the server's process.
    pub fn pid(&self) -> Option<u32> {
        self.service.as_ref().map(Service::pid)
    }

    /// Another program of the same package, if it is there.
    pub fn tool(&self, name: &str) -> Option<Tool> {
        // The package's other programs are beside the real binary, not beside a link to it.
        let real = fs::canonicalize(&self.program).ok()?;
        let beside = Some(real.with_file_name(name)).filter(|path| path.is_file());
        Some(Tool {
            program: beside.or_else(|| process::find(name))?,
            libraries: self.libraries.clone(),
        })
    }

    /// Kills the server; its data is lost.
    pub fn kill(&mut self) {
        if let Some(service) = self.service.take() {
            service.stop(Signal::KILL);
        }
        drop(fs::remove_file(self.dump()));
    }

    /// Deletes everything.
    pub fn flush(&self) -> Result<()> {
        self.ask("FLUSHALL")
    }

    /// Saves a snapshot of everything that the server holds now.
    pub fn keep(&self) -> Result<()> {
        self.ask("SAVE")?;
        fs::rename(self.dump(), self.snapshot()).context("keep a snapshot of Redis")
    }

    /// Replaces the data of a stopped server with the snapshot, if there is one.
    pub fn bring_back(&self) -> Result<()> {
        match fs::copy(self.snapshot(), self.dump()) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            copied => copied.map(drop).context("bring back a snapshot of Redis"),
        }
    }

    /// The URL of one of its sixteen databases.
    pub fn database(&self, number: u8) -> String {
        format!("redis://127.0.0.1:{}/{number}", self.port)
    }

    /// Empties one database and leaves the others alone.
    pub fn flush_database(&self, number: u8) -> Result<()> {
        let commands = format!("SELECT {number}\r\nFLUSHDB");
        let done = replies(self.port, &commands, "+OK\r\n+OK");
        if !done.with_context(|| format!("empty database {number} of Redis"))? {
            bail!("Redis does not empty its database {number}");
        }
        Ok(())
    }

    fn ask(&self, command: &str) -> Result<()> {
        let done = replies(self.port, command, "+OK");
        if !done.with_context(|| format!("ask Redis for {command}"))? {
            bail!("Redis refuses {command}");
        }
        Ok(())
    }

    fn dump(&self) -> PathBuf {
        self.scratch.path().join("dump.rdb")
    }

    fn snapshot(&self) -> PathBuf {
        self.scratch.path().join("cached.rdb")
    }
}

/// The server's binary, and where its libraries are if they are not the system's.
fn program(context: &Context, scratch: &Scratch) -> Result<(PathBuf, Option<String>)> {
    if may_use_system()? {
        if let Some(server) = process::find("redis-server") {
            return Ok((server, None));
        }
        if let Some(tool) = process::find("redis-check-rdb") {
            let server = scratch.path().join("redis-server");
            symlink(tool, &server).context("name the multi-call binary redis-server")?;
            return Ok((server, None));
        }
    }
    let unpacked = scratch.path().join("packages");
    context.progress.step("unpacking a private Redis", |step| {
        let packages = packages::download(context, step, "redis", || {
            Ok(vec!["redis-tools".to_owned()])
        })?;
        fs::create_dir(&unpacked).context("create a directory for Redis")?;
        packages::unpack(&packages, &unpacked, |_| true)
    })?;
    let server = scratch.path().join("redis-server");
    symlink(unpacked.join("usr/bin/redis-check-rdb"), &server)
        .context("name the multi-call binary redis-server")?;
    Ok((server, Some(packages::library_path(&unpacked))))
}

/// Whether the server answers a command as expected.
fn replies(port: u16, command: &str, expect: &str) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.write_all(format!("{command}\r\n").as_bytes())?;
    let mut answer = vec![0; expect.len()];
    stream.read_exact(&mut answer)?;
    Ok(answer == expect.as_bytes())
}
