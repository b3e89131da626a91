//! A private Redis.
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

use anyhow::{Context as _, Result};
use rustix::process::Signal;

use super::{Scratch, free_port, may_use_system};
use crate::{
    Context, packages,
    process::{self, Service, bound},
};

pub(crate) struct Redis {
    pub(crate) url: String,
    // Dropped in this order: first the server, then its directory.
    _service: Service,
    _scratch: Scratch,
}

impl Redis {
    pub(crate) fn start(context: &Context) -> Result<Self> {
        let scratch = Scratch::new("redis")?;
        let (program, libraries) = program(context, &scratch)?;
        let port = free_port()?;
        let mut command = bound(program);
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
            .arg("--dir")
            .arg(scratch.path());
        if let Some(libraries) = libraries {
            command.env("LD_LIBRARY_PATH", libraries);
        }
        let service = Service::start(
            &mut command,
            &context.layout.logs().join("redis.log"),
            Signal::TERM,
        )?;
        service.wait_until(Duration::from_secs(20), || answers(port).unwrap_or(false))?;
        Ok(Self {
            url: format!("redis://127.0.0.1:{port}/0"),
            _service: service,
            _scratch: scratch,
        })
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

fn answers(port: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    stream.write_all(b"PING\r\n")?;
    let mut answer = [0; 5];
    stream.read_exact(&mut answer)?;
    Ok(&answer == b"+PONG")
}
