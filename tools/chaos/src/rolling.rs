//! Deploys a newer release while people use the site: `cargo xtask chaos --rolling`.
//!
//! Caddy stands in front of three nodes. Each is told to stop (SIGTERM) and is started again, in turn
//! and several times, while the attack's `readers` and `writers` go through Caddy. Half-way the
//! database is migrated as a newer release does it, and from then on one node is that release, with
//! another schema version on the same Redis. Nothing excuses anything: every request must be answered
//! well, and every answer must show the edits that were acknowledged before its request.

mod plan;
mod report;

use std::{
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use rustix::process::Signal;
use services::{
    Context,
    caddy::{CHECKS, Caddy},
    process::pause,
    progress::Step,
};

pub(super) use self::{plan::Plan, report::Report};
use super::{
    checker::Checker,
    client::{Addresses, Client},
    cluster::Cluster,
    edit_all_once,
    fault::NODES,
    hot_homes,
    ledger::Ledger,
    readers,
    record::{Record, Request},
    timeline::{Harm, Timeline},
    violation::Violation,
    workers::Workers,
    writers,
};

/// Readers of each of the proxy's servers, with connections that last and with one for each request.
const LASTING: usize = 2;
const FRESH: usize = 1;

/// The seed of what they request.
const SEED: u64 = 1;

/// Restarts this long ago are named beside a violation.
const AFTERMATH: Duration = Duration::from_secs(3);

/// How long a node may take to end beyond the time in which it says that it will, or to be ready.
const LIMIT: Duration = Duration::from_secs(60);

const LOOK: Duration = Duration::from_millis(20);

/// One restart of a node.
#[derive(Clone, Copy, Debug, serde::Serialize)]
struct Restart {
    node: usize,
    is_next: bool,
    /// Seconds from the signal until the process had ended.
    ending: f64,
    /// Seconds from then until it was ready again.
    starting: f64,
}

/// A cluster behind a proxy, and what has happened to it.
struct Deploy<'a> {
    cluster: &'a mut Cluster,
    checker: &'a Checker,
    plan: &'a Plan,
    restarts: Vec<Restart>,
}

/// Deploys `next` over `binary`; without it, restarts the same release on a migrated database.
pub(super) fn run(
    context: &Context,
    binary: &Path,
    next: Option<&Path>,
    plan: &Plan,
) -> Result<Report> {
    let logs = context.layout.logs();
    fs::create_dir_all(&logs).context("create the directory of logs")?;
    let drain = format!("{}ms", plan.drain.as_millis());
    let mut cluster = Cluster::start(context, binary, &[("HEARTH_DRAIN", drain)])?;
    let nodes = cluster.addresses();
    let proxy = context
        .progress
        .step("starting a proxy", |_| Caddy::start(context, &nodes.ports))?;
    // The proxy decides which node has a request.
    let lasting = Addresses {
        ports: vec![proxy.port; NODES],
        ..nodes.clone()
    };
    let fresh = Addresses {
        persistent: false,
        ..lasting.clone()
    };
    // It must have found them ready.
    pause(2 * CHECKS);
    let checker = Arc::new(Checker {
        ledger: Ledger::new(hot_homes(&Client::new(lasting.clone()))?),
        timeline: Timeline::new(AFTERMATH),
        record: Record::of_each_answer(),
    });
    edit_all_once(&checker, &lasting)?;
    let console = cluster.console();
    if plan.sabotage {
        console.run("ALTER TABLE properties DISABLE TRIGGER properties_updated")?;
    }

    let name = format!("restarting each of three nodes {} times", plan.restarts);
    let (first, migrated, restarts) = context.progress.step(name, |step| {
        let mut workers = Workers::new();
        writers::join(&mut workers, &checker, &lasting, console.clone(), SEED);
        readers::join(&mut workers, &checker, &lasting, LASTING, SEED);
        readers::join(&mut workers, &checker, &fresh, FRESH, SEED + 100);
        let mut deploy = Deploy {
            cluster: &mut cluster,
            checker: &checker,
            plan,
            restarts: Vec::new(),
        };
        plan.wait(step);
        let first = Instant::now();
        let mut migrated = None;
        for round in 0..plan.restarts {
            if round == plan.restarts / 2 {
                step.detail("migrating the database");
                let from = Instant::now();
                console.run(&plan::migration(&checker.ledger))?;
                migrated = Some((from, from.elapsed()));
                if let Some(next) = next {
                    deploy.cluster.nodes[plan::NEXT].replace(next)?;
                }
            }
            for node in 0..NODES {
                let is_next = migrated.is_some() && node == plan::NEXT && next.is_some();
                deploy.restart(node, is_next, step)?;
            }
        }
        // Every answer is known exactly when nobody edits, whatever release the node is.
        workers.rest();
        step.detail("asking every node everything");
        pause(plan::SETTLED);
        let last = Instant::now();
        readers::ask_everything(&checker, &nodes);
        Ok(((first, last), migrated, deploy.restarts))
    })?;
    let report = Report::of(&checker, plan, first, migrated, restarts, next.is_some());
    let json = serde_json::to_string_pretty(&report.json()).context("write the report")?;
    fs::write(logs.join("rolling.json"), json).context("write the report")?;
    Ok(report)
}

impl Deploy<'_> {
    /// Ends a node as a service manager does, and starts it again; the next one has to wait until
    /// it is ready.
    fn restart(&mut self, number: usize, is_next: bool, step: &Step) -> Result<()> {
        let label = format!(
            "node {number} restarted{}",
            if is_next { ", newer" } else { "" }
        );
        self.plan.reach(self.restarts.len(), &label, step);
        let begun = self
            .checker
            .timeline
            .begin(Some(number), &[Harm::Nuisance], label);
        let from = Instant::now();
        let node = &mut self.cluster.nodes[number];
        if self.plan.sabotage {
            node.stop(Signal::KILL);
        } else if let Err(how) = node.end(self.plan.drain + LIMIT) {
            self.violation(number, Violation::NotStopped, from, how);
        }
        let ended = Instant::now();
        let node = &mut self.cluster.nodes[number];
        node.start()?;
        while !node.is_ready() && ended.elapsed() < LIMIT {
            pause(LOOK);
        }
        if !node.is_ready() {
            let found = format!("not ready after {} s", LIMIT.as_secs());
            self.violation(number, Violation::NotRecovered, ended, found);
        }
        self.checker.timeline.end(begun);
        self.restarts.push(Restart {
            node: number,
            is_next,
            ending: ended.duration_since(from).as_secs_f64(),
            starting: ended.elapsed().as_secs_f64(),
        });
        for other in 0..NODES {
            if let Some(how) = self.cluster.nodes[other].ended() {
                self.violation(other, Violation::Ended, from, how);
                self.cluster.nodes[other].start()?;
            }
        }
        Ok(())
    }

    fn violation(&self, node: usize, kind: Violation, from: Instant, found: String) {
        let request = Request {
            node: Some(node),
            what: "",
            from,
            until: Instant::now(),
        };
        let record = &self.checker.record;
        record.violation(&self.checker.timeline, kind, &request, found, "");
    }
}
