//! Servers on a database with one number of rows.

use std::{path::Path, process::Command, sync::mpsc, thread, time::Duration};

use anyhow::{Context as _, Result};
use serde::Deserialize;
use services::{
    Context,
    hearth::{Launch, Store},
    postgres::{Console, Postgres},
    process::{Service, pause},
    progress::Step,
    redis::Redis,
};

use super::probe::Probe;

/// Few, because recipes are not measured.
const RECIPES: &str = "300";

/// The same homes each time, whatever a server's own default is.
const SEED: &str = "1";

pub(super) struct Stage {
    pub(super) rows: u64,
    /// How long `hearth seed` took.
    pub(super) seeding: Duration,
    /// The size of the homes with their indexes, in bytes.
    pub(super) stored: u64,
    /// A city with many homes, as a query names it.
    pub(super) city: String,
    /// How many homes an unfiltered list covers.
    pub(super) listed: u64,
    /// A server as it is deployed.
    pub(super) node: Node,
    /// A server whose memory tier is off.
    pub(super) forgetful: Node,
    /// The processes of PostgreSQL and Redis.
    pub(super) behind: Vec<u32>,
    console: Console,
}

pub(super) struct Node {
    pub(super) url: String,
    pub(super) pid: u32,
    /// A bearer token that it accepts.
    pub(super) token: String,
    // Dropped in this order: first the server, then its directory.
    _service: Service,
    _launch: Launch,
}

impl Stage {
    /// Fills a database, empties Redis and starts the servers on them.
    pub(super) fn start(
        context: &Context,
        (postgres, redis): (&Postgres, &Redis),
        binary: &Path,
        rows: u64,
    ) -> Result<Self> {
        let database = format!("bench_{rows}");
        let name = format!("seeding {rows} homes");
        let console = postgres.console(&database);
        let (url, seeding) = context.progress.step(name, |step| {
            let url = postgres.create_database(context, step, &database)?;
            Ok((
                url.clone(),
                seed(context, step, binary, &url, rows, &console)?,
            ))
        })?;
        let store = Store::Servers {
            postgres: url,
            redis: redis.url.clone(),
        };
        redis.flush()?;
        let (node, forgetful) = context.progress.step("starting two servers", |_| {
            let off = [("HEARTH_MEMORY_MB", "0")];
            let node = Node::start(context, binary, &store, "bench-node.log", &[])?;
            let forgetful = Node::start(context, binary, &store, "bench-forgetful.log", &off)?;
            Ok((node, forgetful))
        })?;
        let first = FirstPage::ask(&node.url)?;
        let stored = console.ask("SELECT pg_total_relation_size('properties')")?;
        Ok(Self {
            rows,
            seeding,
            stored: stored.parse().context("read the size of a table")?,
            city: first.city(),
            listed: first.count,
            behind: postgres.pid().into_iter().chain(redis.pid()).collect(),
            node,
            forgetful,
            console,
        })
    }

    /// Makes all servers consider all lists invalid, by logging an edit of everything that changes nothing.
    pub(super) fn forget(&self) -> Result<()> {
        self.console
            .run("INSERT INTO change_log (catalogue) VALUES ('properties')")?;
        // Servers are notified immediately, and poll every 250 ms in case they are not.
        pause(Duration::from_millis(400));
        Ok(())
    }

    /// Starts another server, with this much memory for its cache.
    pub(super) fn another(
        &self,
        context: &Context,
        (postgres, redis): (&Postgres, &Redis),
        binary: &Path,
        memory_mb: &str,
    ) -> Result<Node> {
        let store = Store::Servers {
            postgres: postgres.url(&format!("bench_{}", self.rows)),
            redis: redis.url.clone(),
        };
        let memory = [("HEARTH_MEMORY_MB", memory_mb)];
        Node::start(context, binary, &store, "bench-keys.log", &memory)
    }
}

impl Node {
    pub(super) fn start(
        context: &Context,
        binary: &Path,
        store: &Store,
        log: &str,
        variables: &[(&'static str, &str)],
    ) -> Result<Self> {
        let mut launch = Launch::new(context, binary, store, log)?;
        for (variable, value) in variables {
            launch.set(variable, (*value).to_owned());
        }
        let service = launch.start()?;
        launch.wait(&service).context("start a server")?;
        Ok(Self {
            url: launch.url(),
            pid: service.pid(),
            token: launch.token.clone(),
            _service: service,
            _launch: launch,
        })
    }
}

/// Runs `hearth seed` and shows its progress: its rows are not visible yet, but the file grows.
pub(super) fn seed(
    context: &Context,
    step: &Step,
    binary: &Path,
    url: &str,
    rows: u64,
    console: &Console,
) -> Result<Duration> {
    let mut command = Command::new(binary);
    command
        .args(["seed", "--seed", SEED, "--recipes", RECIPES])
        .args(["--properties", &rows.to_string()])
        .env("DATABASE_URL", url)
        .env_remove("REDIS_URL");
    let started = std::time::Instant::now();
    let (stop, stopped) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let size = "SELECT pg_relation_size('properties') >> 20";
            while stopped.recv_timeout(Duration::from_secs(1))
                == Err(mpsc::RecvTimeoutError::Timeout)
            {
                // The table does not exist at first.
                let megabytes = console.ask(size).unwrap_or_default();
                step.detail(&format!(
                    "{} s · {megabytes} MB of homes",
                    started.elapsed().as_secs()
                ));
            }
        });
        let seeded = context.run(step, &mut command);
        drop(stop);
        seeded
    })?;
    Ok(started.elapsed())
}

#[derive(Deserialize)]
pub(super) struct FirstPage {
    pub(super) count: u64,
    results: Vec<Home>,
}

#[derive(Deserialize)]
struct Home {
    location: Location,
}

#[derive(Deserialize)]
struct Location {
    city: String,
}

impl FirstPage {
    pub(super) fn ask(url: &str) -> Result<Self> {
        let answer = Probe::new().get(&format!("{url}/api/properties/"), &[])?;
        serde_json::from_slice(&answer.body).context("read a list of homes")
    }

    /// The city that most of the newest homes are in.
    fn city(&self) -> String {
        let cities = || self.results.iter().map(|home| &home.location.city);
        let most = cities().max_by_key(|city| cities().filter(|other| other == city).count());
        most.map(|city| city.to_lowercase().replace(' ', "-"))
            .unwrap_or_default()
    }
}
