//! Who is measured, and against whom.

use std::{
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, anyhow};
use rustix::process::Signal;
use services::{
    Context,
    nginx::{Nginx, Served},
    private::{Scratch, free_port},
    process::{Service, bound},
    redis::Redis,
};

use super::{
    cpu, paths,
    probe::Probe,
    redis_benchmark::RedisBenchmark,
    sample::Sample,
    stage::Stage,
    wrk::{Asked, Load, Wrk},
};

/// Of every load.
pub(super) const CONNECTIONS: u32 = 50;

/// The list that all measure: 20 homes, about 50 kB.
pub(super) const LIST: &str = "/api/properties/";
pub(super) const PAGE: &str = "/properties";

/// How many lists Redis is asked for in turn, so that askers seldom share a load.
pub(super) const REDIS_KEYS: u64 = 100;

/// Somebody who is measured.
pub(super) struct Entrant {
    /// What targets and the report's reader find it by.
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// It is not ours, but what ours is compared with.
    pub(super) reference: bool,
    base: String,
    headers: Vec<(&'static str, String)>,
    asks: Asks,
    /// Whose processor time is counted.
    pids: Vec<u32>,
    /// What its `Cache-Status` has to say before it is measured.
    expect: Option<&'static str>,
}

enum Asks {
    One(&'static str),
    Each(Vec<String>),
    /// Lists that nobody has asked for.
    Cold,
    /// Pages that nobody has asked for, of filters whose count is remembered.
    Counted,
    Redis(RedisBenchmark, usize),
    /// Not there, and why.
    Missing(String),
}

/// Servers that are not ours.
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
    /// Starts them on the very bytes that the server sends.
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

/// Everything on a stage: ours, and with `references` what it is compared with. Those that are
/// compared stand side by side.
pub(super) fn all(
    stage: &Stage,
    references: Option<&References>,
    redis: &Redis,
) -> Result<Vec<Entrant>> {
    let probe = Probe::new();
    let body = |path: &str| probe.get(&format!("{}{path}", stage.node.url), &[]);
    let list = body(LIST)?;
    let ours = |id, name, asks| Entrant {
        id,
        name,
        reference: false,
        base: stage.node.url.clone(),
        headers: Vec::new(),
        asks,
        pids: vec![stage.node.pid],
        expect: None,
    };
    let memory = |id, name, asks| Entrant {
        expect: Some("hearth-memory; hit"),
        ..ours(id, name, asks)
    };
    let redis_hit = |id, name, asks| Entrant {
        base: stage.forgetful.url.clone(),
        pids: vec![stage.forgetful.pid],
        expect: Some("hearth-redis; hit"),
        ..ours(id, name, asks)
    };
    let brotli = || ("Accept-Encoding", "br".to_owned());

    let mut field = vec![memory("memory", "memory hit", Asks::One(LIST))];
    if let Some(references) = references {
        field.insert(
            0,
            references.nginx("nginx", "nginx, the list as a file", "/list.json"),
        );
        field.push(bare(
            &references.bare_list,
            "bare",
            "bare axum handler, the list",
        ));
        field.push(references.nginx("nginx-br", "nginx, the list's brotli file", "/list.json.br"));
        field.push(Entrant {
            headers: vec![brotli()],
            ..memory("memory-br", "memory hit, brotli", Asks::One(LIST))
        });
        field.push(Entrant {
            headers: vec![("If-None-Match", list.etag.clone())],
            ..ours("not-modified", "304", Asks::One(LIST))
        });
        field.push(bare(
            &references.bare_page,
            "bare-page",
            "bare axum handler, the page",
        ));
    }
    field.push(ours("page", "page hit (HTML)", Asks::One(PAGE)));
    if let Some(references) = references {
        field.push(references.nginx("nginx-page", "nginx, the page as a file", "/page.html"));
        field.push(references.nginx(
            "nginx-page-br",
            "nginx, the page's brotli file",
            "/page.html.br",
        ));
        field.push(Entrant {
            headers: vec![brotli()],
            ..ours("page-br", "page hit, brotli", Asks::One(PAGE))
        });
        let port = redis.port;
        let asks = match redis.tool("redis-benchmark") {
            Some(tool) => Asks::Redis(RedisBenchmark { tool, port }, list.body.len()),
            None => Asks::Missing("redis-benchmark is not installed".to_owned()),
        };
        field.push(Entrant {
            reference: true,
            base: String::new(),
            pids: redis.pid().into_iter().collect(),
            ..ours("redis-benchmark", "redis-benchmark GET, same size", asks)
        });
    }
    let lists = paths::pages(stage.listed, REDIS_KEYS);
    field.push(redis_hit(
        "redis",
        "redis hit, 100 lists in turn",
        Asks::Each(lists),
    ));
    if references.is_some() {
        field.push(redis_hit(
            "redis-one",
            "redis hit, one list",
            Asks::One(LIST),
        ));
        field.push(memory(
            "cached",
            "laboratory: cached",
            Asks::One("/api/properties/cached/"),
        ));
    }
    field.push(ours(
        "optimized",
        "laboratory: optimized",
        Asks::One("/api/properties/live/optimized/"),
    ));
    field.push(ours(
        "naive",
        "laboratory: naive",
        Asks::One("/api/properties/live/naive/"),
    ));
    field.push(ours("cold", "cold, a new price range each", Asks::Cold));
    field.push(ours(
        "counted",
        "cold, a new page, count known",
        Asks::Counted,
    ));
    Ok(field)
}

impl References {
    fn nginx(&self, id: &'static str, name: &'static str, path: &'static str) -> Entrant {
        let server = self.nginx.as_ref();
        reference(id, name, path, server.map(|it| (it.port, it.pid())))
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
    let (base, pids, asks) = match server {
        Ok((port, pid)) => (
            format!("http://127.0.0.1:{port}"),
            vec![pid],
            Asks::One(path),
        ),
        Err(why) => (String::new(), Vec::new(), Asks::Missing(why.clone())),
    };
    Entrant {
        id,
        name,
        reference: true,
        base,
        headers: Vec::new(),
        asks,
        pids,
        expect: None,
    }
}

impl Entrant {
    /// Some paths, asked in turn, of a server of which nothing else is measured.
    pub(super) fn of_paths(url: &str, pid: u32, paths: Vec<String>) -> Self {
        Self {
            id: "keys",
            name: "memory hit",
            reference: false,
            base: url.to_owned(),
            headers: Vec::new(),
            asks: Asks::Each(paths),
            pids: vec![pid],
            expect: Some("hearth-memory; hit"),
        }
    }

    /// Why it cannot be measured, if so.
    pub(super) fn missing(&self) -> Option<&str> {
        match &self.asks {
            Asks::Missing(why) => Some(why),
            _ => None,
        }
    }

    /// Asks once for everything that is asked for again, and looks whether the answer is of the
    /// kind that the name says. Returns what is wrong with it.
    pub(super) fn warm(&self, wrk: &Wrk) -> Result<Option<String>> {
        let probe = Probe::new();
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .filter(|(name, _)| *name != "If-None-Match")
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let get = |path: &str| probe.get(&format!("{}{path}", self.base), &headers);
        let answer = match &self.asks {
            Asks::One(path) => {
                self.load(wrk, Asked::One(path), Duration::from_secs(1))?;
                get(path)?
            }
            Asks::Each(paths) => {
                ask_all(&self.base, paths, &headers)?;
                get(&paths[0])?
            }
            _ => return Ok(None),
        };
        let said = &answer.cache_status;
        let wrong = self.expect.filter(|expect| !said.contains(expect));
        Ok(wrong.map(|_| format!("answers with `{said}`")))
    }

    /// Measures it. `turn` is another one each time.
    pub(super) fn measure(
        &self,
        wrk: &Wrk,
        stage: &Stage,
        turn: u64,
        length: Duration,
    ) -> Result<Sample> {
        let fresh = match &self.asks {
            Asks::Cold => paths::cold(turn, length),
            Asks::Counted => {
                let filters = paths::filters(turn, length);
                let probe = Probe::new();
                for filter in &filters {
                    probe.get(&format!("{}{LIST}?{filter}", self.base), &[])?;
                }
                paths::pages_of(&filters, stage.listed)
            }
            _ => Vec::new(),
        };
        let costs = || (cpu::of_trees(&self.pids), cpu::of_trees(&stage.behind));
        let (own, behind) = costs();
        let mut sample = match &self.asks {
            Asks::One(path) => self.load(wrk, Asked::One(path), length)?,
            Asks::Each(paths) => self.load(wrk, Asked::Each(paths), length)?,
            Asks::Cold | Asks::Counted => self.load(wrk, Asked::Each(&fresh), length)?,
            Asks::Redis(benchmark, size) => benchmark.run(*size, CONNECTIONS, length)?,
            Asks::Missing(why) => anyhow::bail!("{why}"),
        };
        let (own_after, behind_after) = costs();
        sample.cpu = (own_after - own) * 1e6 / sample.asked;
        if !self.reference {
            sample.behind = (behind_after - behind) * 1e6 / sample.asked;
        }
        // What was asked for twice was no longer cold.
        if !fresh.is_empty() {
            sample.failed += (sample.asked - fresh.len() as f64).max(0.0);
        }
        Ok(sample)
    }

    fn load(&self, wrk: &Wrk, asked: Asked, length: Duration) -> Result<Sample> {
        let load = Load {
            base: &self.base,
            headers: &self.headers,
            asked,
            connections: CONNECTIONS,
            length,
        };
        let loaded = wrk.run(&load);
        loaded.with_context(|| format!("measure {}", self.name))
    }
}

/// Asks for each path once, several at a time: there may be a hundred thousand.
pub(super) fn ask_all(base: &str, paths: &[String], headers: &[(&str, &str)]) -> Result<()> {
    const AT_ONCE: usize = 8;
    thread::scope(|scope| {
        let parts = paths.chunks(paths.len().div_ceil(AT_ONCE).max(1));
        let parts: Vec<_> = parts
            .map(|part| {
                scope.spawn(move || {
                    let probe = Probe::new();
                    part.iter()
                        .try_for_each(|path| probe.get(&format!("{base}{path}"), headers).map(drop))
                })
            })
            .collect();
        parts
            .into_iter()
            .try_for_each(|part| part.join().map_err(|_| anyhow!("a thread panicked"))?)
    })
}

/// Where the programs are that are measured.
pub(super) struct Programs {
    pub(super) hearth: PathBuf,
    pub(super) bare: Option<PathBuf>,
}
