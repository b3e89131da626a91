//! `cargo xtask bench --traffic`: what a cache makes of traffic as readers send it.
//!
//! [`Addresses`] are canonical and ranked; [`Requests`] draws them by Zipf's law, each in one of its many spellings,
//! as people, forms and other sites write them. A [`Load`] sends these to one or more servers while homes are edited,
//! and counts by `Cache-Status` where the answers came from. All of it follows from a seed; with the same number of
//! connections and `--requests`, the same requests are sent.
//!
//! A page that was rendered just now has the `Cache-Status` of its list or row, so that it counts as a hit if that was
//! cached. All other answers say where they themselves came from.

mod address;
mod client;
mod draw;
mod edits;
mod load;
mod report;
mod schedule;
mod spelling;
mod tally;
mod work;

use std::{path::PathBuf, process, process::ExitCode, time::Duration};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use services::{Context, hearth::Store, postgres::Postgres, progress::Step, redis::Redis};

use self::report::Report;
use super::{
    args::{self, Args, SIZES},
    cpu,
    number::grouped,
    probe::Probe,
    stage::{Node, seed},
};

pub use self::{
    address::{Address, Addresses, Kind, Stock},
    client::Server,
    draw::{Request, Requests},
    edits::{Edited, Editing},
    load::{Length, Live, Load, Outcome},
    tally::{Second, Source, Tally},
    work::Work,
};

/// How long the traffic flows if nothing else is said.
const SECONDS: u64 = 60;

/// Servers of our own, on a database and a Redis of our own.
struct Ground {
    // Dropped in this order: first the servers.
    nodes: Vec<Node>,
    _redis: Redis,
    _postgres: Postgres,
}

pub(super) fn main(
    context: &Context,
    args: Args,
    build: impl FnOnce() -> Result<PathBuf>,
) -> Result<ExitCode> {
    let options = &args.traffic;
    let mut notes = vec![
        "a page that was rendered just now counts as a hit if its list or row was cached"
            .to_owned(),
    ];
    let ground = if options.node.is_empty() {
        if args.binary.is_some() {
            notes.push("the server was not built for this run, --binary gave it".to_owned());
        }
        Some(Ground::start(context, &args, build)?)
    } else {
        notes.push("the servers were running before: what they had cached counts".to_owned());
        None
    };
    let servers: Vec<Server> = match &ground {
        Some(ground) => ground.servers(),
        None => running(options),
    };
    if options.edits > 0.0 && servers.iter().any(|server| server.token.is_none()) {
        bail!(
            "--edits needs a bearer token that the servers accept: --token, or HEARTH_ADMIN_TOKEN"
        );
    }
    let stock = Stock {
        homes: count(&servers[0], "/api/properties/count/?status=any")?,
        recipes: count(&servers[0], "/api/recipes/count/")?,
    };
    let addresses = Addresses::new(options.seed, options.addresses as usize, stock);
    let load = Load {
        connections: options.connections.max(servers.len() as u64),
        servers: &servers,
        addresses: &addresses,
        exponent: options.exponent,
        seed: options.seed,
        length: match options.requests {
            Some(requests) => Length::Requests(requests),
            None => Length::Time(Duration::from_secs(args.seconds.unwrap_or(SECONDS))),
        },
        rate: options.rate,
        edits: options.edits,
        fields: &options.fields,
        stock,
    };
    let used = || cpu::of_one(process::id()).unwrap_or_default();
    let (before, done) = (used(), Work::of(&servers)?);
    let outcome = context.progress.step("sending traffic", |step| {
        load.run(|live| show(&load, live, step))
    })?;
    let used = used() - before;
    let work = Work::of(&servers)? - done;
    let report = Report::new(&load, &outcome, (used, work), notes)?;
    println!("{}", report.summary());
    if let Some(out) = &args.out {
        let out = context.layout.root.join(out);
        report.write(&out)?;
        context
            .progress
            .say(&format!("the report is {}", out.display()));
    }
    Ok(match report.failed {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// Shows how far the load is.
fn show(load: &Load, live: &Live, step: &Step) {
    let requests = grouped(live.requests() as f64);
    let hits = live.hits();
    match load.length {
        Length::Time(whole) => {
            let text = format!("{requests} requests · {hits:.1} % hits");
            step.reach(live.elapsed(), whole, &text);
        }
        Length::Requests(all) => {
            let all = grouped(all as f64);
            step.detail(&format!("{requests} of {all} requests · {hits:.1} % hits"));
        }
    }
}

impl Ground {
    fn start(
        context: &Context,
        args: &Args,
        build: impl FnOnce() -> Result<PathBuf>,
    ) -> Result<Self> {
        let rows = match args.rows[..] {
            [] => SIZES[0],
            [rows] => rows,
            _ => bail!("--traffic takes a single size in --rows"),
        };
        let binary = match &args.binary {
            Some(dir) => std::path::absolute(dir.join("hearth"))?,
            None => build()?,
        };
        if !binary.is_file() {
            bail!("no server at {}", binary.display());
        }
        let postgres = Postgres::start(context)?;
        let redis = Redis::start(context)?;
        let database = "bench_traffic";
        let console = postgres.console(database);
        let name = format!("seeding {} homes", grouped(rows as f64));
        let url = context.progress.step(name, |step| {
            let url = postgres.create_database(context, step, database)?;
            seed(context, step, &binary, &url, rows, &console)?;
            Ok(url)
        })?;
        let store = Store::Servers {
            postgres: url,
            redis: redis.url.clone(),
        };
        let nodes: Result<_> = context.progress.step("starting servers", |_| {
            let numbers = 1..=args.traffic.nodes;
            let node = |number| {
                let log = format!("traffic-{number}.log");
                Node::start(context, &binary, &store, &log, &[])
            };
            numbers.map(node).collect()
        });
        Ok(Self {
            nodes: nodes?,
            _redis: redis,
            _postgres: postgres,
        })
    }

    fn servers(&self) -> Vec<Server> {
        let servers = self.nodes.iter().map(|node| Server {
            url: node.url.clone(),
            token: Some(node.token.clone()),
        });
        servers.collect()
    }
}

fn running(options: &args::Traffic) -> Vec<Server> {
    let servers = options.node.iter().map(|url| Server {
        url: url.trim_end_matches('/').to_owned(),
        token: options.token.clone(),
    });
    servers.collect()
}

#[derive(Deserialize)]
struct Count {
    count: u64,
}

fn count(server: &Server, path: &str) -> Result<u64> {
    let answer = Probe::new().get(&format!("{}{path}", server.url), &[])?;
    let Count { count } = serde_json::from_slice(&answer.body).context("read a count")?;
    Ok(count)
}
