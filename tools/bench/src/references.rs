//! What our server is compared with: other servers that send exactly the same bytes.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result};
use rustix::process::Signal;
use services::{
    Context,
    nginx::{Nginx, Served},
    private::{Scratch, free_port},
    process::{Service, bound},
};

use super::{
    entrant::{Entrant, Requests},
    paths::{LIST, PAGE},
    probe::Probe,
    stage::Stage,
};

/// The servers to compare with, or why they are missing.
pub(super) struct References {
    nginx: Result<Nginx, String>,
    bare_list: Result<Bare, String>,
    bare_page: Result<Bare, String>,
}

/// `server/examples/bare.rs`.
struct Bare {
    port: u16,
    service: Service,
    _scratch: Scratch,
}

impl References {
    /// Starts them with exactly the bytes that our server sends.
    pub(super) fn start(context: &Context, stage: &Stage, bare: Option<&Path>) -> Result<Self> {
        let probe = Probe::new();
        let get = |path: &str, headers: &[(&str, &str)]| {
            let url = format!("{}{path}", stage.node.url);
            probe.get(&url, headers).map(|answer| answer.body)
        };
        let brotli = [("accept-encoding", "br")];
        let (list, list_br) = (get(LIST, &[])?, get(LIST, &brotli)?);
        let (page, page_br) = (get(PAGE, &[])?, get(PAGE, &brotli)?);
        let files = [
            ("list.json", "application/json", None, &list),
            ("list.json.br", "application/json", Some("br"), &list_br),
            ("page.html", "text/html", None, &page),
            ("page.html.br", "text/html", Some("br"), &page_br),
        ];
        let files = files.map(|(name, kind, coding, bytes)| Served {
            name,
            kind,
            coding,
            bytes,
        });
        let missing = |error: anyhow::Error| format!("{error:#}");
        Ok(Self {
            nginx: Nginx::start(context, &files).map_err(missing),
            bare_list: Bare::start(context, bare, &list, "application/json").map_err(missing),
            bare_page: Bare::start(context, bare, &page, "text/html").map_err(missing),
        })
    }
}

impl Bare {
    fn start(context: &Context, bare: Option<&Path>, bytes: &[u8], kind: &str) -> Result<Self> {
        let program = bare.context("no program `bare` beside the server")?;
        let scratch = Scratch::new("bare")?;
        let file = scratch.path().join("body");
        std::fs::write(&file, bytes).context("write what the bare handler sends")?;
        let port = free_port()?;
        let mut command = bound(std::path::absolute(program).context("find the bare handler")?);
        command
            .arg(format!("127.0.0.1:{port}"))
            .arg(&file)
            .arg(kind);
        let log = context.layout.logs().join("bench-bare.log");
        let service = Service::start(&mut command, &log, Signal::TERM)?;
        service.wait_until(Duration::from_secs(10), || {
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        })?;
        Ok(Self {
            port,
            service,
            _scratch: scratch,
        })
    }
}

impl References {
    /// nginx, serving one file.
    pub(super) fn nginx(
        &self,
        id: &'static str,
        name: &'static str,
        path: &'static str,
    ) -> Entrant {
        let server = self.nginx.as_ref();
        reference(id, name, path, server.map(|it| (it.port, it.pid())))
    }

    /// The bare handler that sends the list.
    pub(super) fn bare_list(&self, id: &'static str, name: &'static str) -> Entrant {
        bare(&self.bare_list, id, name)
    }

    /// The bare handler that sends the page.
    pub(super) fn bare_page(&self, id: &'static str, name: &'static str) -> Entrant {
        bare(&self.bare_page, id, name)
    }
}

fn bare(server: &Result<Bare, String>, id: &'static str, name: &'static str) -> Entrant {
    let server = server.as_ref();
    reference(id, name, "/", server.map(|it| (it.port, it.service.pid())))
}

fn reference(
    id: &'static str,
    name: &'static str,
    path: &'static str,
    server: Result<(u16, u32), &String>,
) -> Entrant {
    let (base, pids, requests) = match server {
        Ok((port, pid)) => (
            format!("http://127.0.0.1:{port}"),
            vec![pid],
            Requests::One(path),
        ),
        Err(why) => (String::new(), Vec::new(), Requests::Missing(why.clone())),
    };
    Entrant {
        id,
        name,
        reference: true,
        base,
        headers: Vec::new(),
        requests,
        pids,
        expect: None,
    }
}
