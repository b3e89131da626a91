//! Attacks a cluster, and proves that it keeps the promise: `cargo xtask chaos`.
//!
//! Three real nodes share a PostgreSQL and a Redis, with a `proxy` in front of each connection. A fault
//! `injector` carries out a seeded `plan`, while `workers` edit a few homes (the `writers`) and read
//! them (the `readers`). The `ledger` holds the edits that were acknowledged before a request was
//! sent; the `checker` checks that the answer shows them, and the `record` holds every `violation`.
//! The `timeline` holds what a node may be excused for: errors while it cannot do better, never a
//! stale answer that is not marked.
//!
//! [`rolling`] restarts the nodes behind a proxy instead, under the same load, as a deploy does.

mod ask;
mod check;
mod checker;
mod client;
mod cluster;
mod cold;
mod fault;
mod injector;
mod ledger;
mod outage;
mod plan;
mod proxy;
mod readers;
mod record;
mod report;
mod rolling;
mod timeline;
mod violation;
mod workers;
mod writers;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use services::Context;

pub use self::report::Verdict;
use self::{
    checker::Checker,
    client::{Addresses, Client},
    cluster::Cluster,
    injector::Injector,
    ledger::Ledger,
    plan::Plan,
    record::Record,
    report::Report,
    timeline::Timeline,
    workers::Workers,
};

/// How long a cluster is attacked, and how.
#[derive(clap::Args)]
pub struct Args {
    /// How long the cluster is attacked; the time before and after is not counted
    #[arg(long, default_value_t = 5.0)]
    minutes: f64,
    /// Decides what happens when: the same seed, the same plan
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The short form that `cargo xtask test` runs
    #[arg(long, conflicts_with = "minutes")]
    short: bool,
    /// Print the plan and do nothing
    #[arg(long)]
    plan: bool,
    /// Switch the change log off, to see that the checks notice; then the command must fail. With
    /// --rolling, also kill the nodes instead of telling them to stop
    #[arg(long)]
    sabotage: bool,
    /// Instead of an attack, restart each node in turn behind a proxy, one of them as a newer release
    #[arg(long, conflicts_with_all = ["minutes", "seed", "plan"])]
    rolling: bool,
    /// How often each node is restarted
    #[arg(
        long,
        default_value_t = 10,
        requires = "rolling",
        conflicts_with = "short"
    )]
    restarts: u32,
    /// The newer release, instead of building one; beside the site too
    #[arg(long, value_name = "PATH", requires = "rolling", requires = "binary")]
    next: Option<PathBuf>,
    /// Attack this server instead of building one; its site must be beside it
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
}

/// What is attacked or deployed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Release {
    /// The one of this repository.
    This,
    /// The same with the next schema version.
    Next,
}

/// Number of homes that are edited.
const HOT: usize = 20;

/// Readers of each node.
const READERS: usize = 3;

/// The seed of the short form.
const SHORT_SEED: u64 = 1;

/// The settings of a run.
struct Run {
    seed: u64,
    plan: Plan,
    /// How long a fault excuses errors after it is healed.
    grace: Duration,
    /// The length of each part of the Redis outage.
    outage: Duration,
    sabotage: bool,
}

impl Run {
    fn long(seed: u64, length: Duration) -> Self {
        Self {
            seed,
            plan: Plan::new(seed, length),
            grace: Duration::from_secs(6),
            outage: Duration::from_secs(6),
            sabotage: false,
        }
    }

    /// For a machine that may be slow and busy.
    fn short(seed: u64) -> Self {
        Self {
            seed,
            plan: Plan::short(seed),
            grace: Duration::from_secs(20),
            outage: Duration::from_secs(2),
            sabotage: false,
        }
    }
}

/// Attacks a cluster of the given server, or of the one that `build` makes, and prints the results.
pub fn main(
    context: &Context,
    args: Args,
    build: impl Fn(Release) -> Result<PathBuf>,
) -> Result<ExitCode> {
    if args.rolling {
        return roll(context, args, build);
    }
    let mut run = if args.short {
        Run::short(args.seed)
    } else {
        let length = Duration::try_from_secs_f64(args.minutes * 60.0);
        Run::long(args.seed, length.context("--minutes is no length of time")?)
    };
    run.sabotage = args.sabotage;
    if args.plan {
        println!("{}", run.plan);
        return Ok(ExitCode::SUCCESS);
    }
    let binary = match args.binary {
        Some(binary) => binary,
        None => build(Release::This)?,
    };
    let report = attack(context, &binary, run)?;
    println!("{}\n{}", report.violations(), report.table());
    Ok(report.verdict().code())
}

fn roll(
    context: &Context,
    args: Args,
    build: impl Fn(Release) -> Result<PathBuf>,
) -> Result<ExitCode> {
    let mut plan = if args.short {
        rolling::Plan::short()
    } else {
        rolling::Plan::long(args.restarts)
    };
    plan.sabotage = args.sabotage;
    let (binary, next) = match args.binary {
        Some(binary) => (binary, args.next),
        None => (build(Release::This)?, Some(build(Release::Next)?)),
    };
    let report = rolling::run(context, &binary, next.as_deref(), &plan)?;
    println!("{}\n{}", report.violations(), report.table());
    Ok(report.verdict().code())
}

/// Runs the short form, in which each promise is a test.
pub fn test(context: &Context, binary: &Path) -> Result<Verdict> {
    let report = attack(context, binary, Run::short(SHORT_SEED))?;
    let details = || format!("{}\n{}", report.violations(), report.table());
    Ok(said(context, report.verdict(), &report.summary(), details))
}

/// Restarts each node twice, and migrates the database meanwhile; each promise is a test.
pub fn test_rolling(context: &Context, binary: &Path) -> Result<Verdict> {
    let report = rolling::run(context, binary, None, &rolling::Plan::short())?;
    let details = || format!("{}\n{}", report.violations(), report.table());
    Ok(said(context, report.verdict(), &report.summary(), details))
}

/// Says how a test has ended; if a promise was broken, with all that is known.
fn said(
    context: &Context,
    verdict: Verdict,
    summary: &str,
    details: impl FnOnce() -> String,
) -> Verdict {
    context.progress.say(summary);
    if verdict.broken > 0 {
        context.progress.say(&details());
    }
    verdict
}

fn attack(context: &Context, binary: &Path, run: Run) -> Result<Report> {
    let logs = context.layout.logs();
    fs::create_dir_all(&logs).context("create the directory of logs")?;
    fs::write(logs.join("chaos-plan.txt"), run.plan.to_string()).context("write the plan")?;
    let mut cluster = Cluster::start(context, binary, &[])?;
    let addresses = cluster.addresses();
    let checker = Arc::new(Checker {
        ledger: Ledger::new(hot_homes(&Client::new(addresses.clone()))?),
        timeline: Timeline::new(run.grace),
        record: Record::new(),
    });
    edit_all_once(&checker, &addresses)?;
    let names_its_feed = cluster.nodes.iter().all(cluster::Node::names_its_feed);
    if run.sabotage {
        let unlogged = "ALTER TABLE properties DISABLE TRIGGER properties_updated";
        cluster.console().run(unlogged)?;
    }
    let started = Instant::now();

    let name = format!("attacking three nodes with seed {}", run.seed);
    let (cold, faults) = context.progress.step(name, |step| {
        let mut workers = Workers::new();
        let console = cluster.console();
        writers::join(&mut workers, &checker, &addresses, console, run.seed);
        readers::join(&mut workers, &checker, &addresses, READERS, run.seed);
        let mut injector = Injector::new(&mut cluster, &checker);
        let cold = injector.run(&run.plan, &workers, step)?;
        Ok((cold, injector.done))
    })?;
    let length = started.elapsed();
    let outage = context
        .progress
        .step("killing Redis under a load of reads", |step| {
            step.detail("starting nodes with little memory");
            cluster.restart_with("HEARTH_MEMORY_MB", outage::MEMORY_MB)?;
            outage::measure(&mut cluster, &checker, run.outage, step)
        })?;

    let mut report = Report {
        seed: run.seed,
        grace: run.grace,
        length,
        names_its_feed,
        faults,
        cold,
        outage,
        counts: BTreeMap::new(),
        acknowledged: Vec::new(),
        broken: BTreeMap::new(),
        violations: Vec::new(),
        slowest: Vec::new(),
        history: Vec::new(),
    };
    report.record(&checker.record, &checker.timeline);
    let json = serde_json::to_string_pretty(&report.json()).context("write the report")?;
    fs::write(logs.join("chaos.json"), json).context("write the report")?;
    Ok(report)
}

/// Gives each home a price that encodes its edit.
fn edit_all_once(checker: &Checker, addresses: &Addresses) -> Result<()> {
    writers::edit_each(checker, addresses);
    if checker.ledger.acknowledged().contains(&0) {
        bail!(
            "a home could not be edited before anything was wrong: {:?}",
            checker.record.state.lock().violations
        );
    }
    Ok(())
}

/// The newest homes: they are on the first page, and their prices will be above all others.
fn hot_homes(client: &Client) -> Result<Vec<(u64, String)>> {
    #[derive(Deserialize)]
    struct Rows {
        results: Vec<Row>,
    }
    #[derive(Deserialize)]
    struct Row {
        id: u64,
        location: Location,
    }
    #[derive(Deserialize)]
    struct Location {
        city: String,
    }
    let request = client.get(0, &format!("/api/properties/?page_size={HOT}"), None);
    let answer = request.map_err(|why| anyhow::anyhow!("list homes: {}", why.0))?;
    let rows: Rows = serde_json::from_str(&answer.body)
        .with_context(|| format!("list homes: {} {}", answer.status, answer.body))?;
    let token = |city: &str| city.to_lowercase().replace(' ', "-");
    let homes = rows
        .results
        .iter()
        .map(|row| (row.id, token(&row.location.city)));
    Ok(homes.collect())
}
