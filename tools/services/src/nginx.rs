//! A private nginx that serves files, configured to be fast.

use std::{fmt::Write as _, fs, net::TcpStream, time::Duration};

use anyhow::{Context as _, Result};
use rustix::process::Signal;

use crate::{
    context::Context,
    private::{Scratch, free_port},
    process::Service,
    tool::Tool,
};

/// A server that is ready, and ends when this is dropped.
pub struct Nginx {
    /// Where it listens.
    pub port: u16,
    // Dropped in this order: first the server, then its directory.
    service: Service,
    _scratch: Scratch,
}

/// A file that nginx serves under its name.
pub struct Served<'a> {
    /// The name of the file, which is also its URL path.
    pub name: &'a str,
    /// Its `Content-Type`.
    pub kind: &'a str,
    /// The content coding that its bytes already have.
    pub coding: Option<&'a str>,
    /// Its contents.
    pub bytes: &'a [u8],
}

impl Nginx {
    /// Starts a server that serves these files and nothing else.
    pub fn start(context: &Context, files: &[Served]) -> Result<Self> {
        let scratch = Scratch::new("nginx")?;
        let tool = Tool::get(context, &scratch, "nginx")?;
        let port = free_port()?;
        let dir = scratch.path();
        let root = dir.join("files");
        fs::create_dir(&root).context("create a directory for nginx")?;
        for file in files {
            fs::write(root.join(file.name), file.bytes).context("write a file for nginx")?;
        }
        let settings = dir.join("nginx.conf");
        let text = configuration(&dir.display().to_string(), port, files);
        fs::write(&settings, text).context("write the configuration of nginx")?;
        let log = context.layout.logs().join("nginx.log");
        // A log of an earlier run is not continued.
        drop(fs::remove_file(&log));
        let mut command = tool.command();
        command.arg("-p").arg(dir).arg("-c").arg(&settings);
        command.args(["-e", "stderr"]);
        let service = Service::start(&mut command, &log, Signal::TERM)?;
        service
            .wait_until(Duration::from_secs(20), || {
                TcpStream::connect(("127.0.0.1", port)).is_ok()
            })
            .context("start nginx")?;
        Ok(Self {
            port,
            service,
            _scratch: scratch,
        })
    }

    /// The id of its first process.
    pub fn pid(&self) -> u32 {
        self.service.pid()
    }
}

fn configuration(dir: &str, port: u16, files: &[Served]) -> String {
    let mut locations = String::new();
    for file in files {
        let coding = file
            .coding
            .map(|coding| format!("add_header Content-Encoding {coding};"))
            .unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(
            locations,
            "location = /{} {{ default_type {}; {coding} }}",
            file.name, file.kind
        );
    }
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|what| format!("{what}_temp_path {dir}/tmp;\n"))
        .collect();
    // Without `user`, root's workers would run as a user that may not read the directory.
    format!(
        "daemon off;\nuser root;\nworker_processes auto;\npid {dir}/nginx.pid;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\n\
         access_log off;\nsendfile on;\ntcp_nopush on;\ntcp_nodelay on;\n\
         keepalive_requests 1000000000;\nopen_file_cache max=100 inactive=1h;\n\
         open_file_cache_valid 1h;\ntypes {{}}\n{temporary}\
         server {{\nlisten 127.0.0.1:{port};\nroot {dir}/files;\n{locations}}}\n}}\n"
    )
}
