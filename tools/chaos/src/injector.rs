//! Carries out the plan, on the main thread, because only it may start servers.

use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant},
};

use anyhow::Result;
use rustix::process::Signal;
use services::{process::pause, progress::Step};

use super::{
    checker::Checker,
    cluster::Cluster,
    cold,
    fault::{Fault, Link, NODES},
    plan::Plan,
    readers,
    record::Request,
    timeline::{Begun, Harm},
    violation::Violation,
    workers::Workers,
    writers,
};

const TICK: Duration = Duration::from_millis(20);

/// How often a node that starts is checked for readiness.
const LOOK: Duration = Duration::from_millis(100);

/// Ends the nodes' connections.
const TERMINATE: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
     WHERE datname = current_database() AND application_name LIKE 'hearth%'";

/// How long the nodes may take to be ready once all faults are healed.
const RECOVERY: Duration = Duration::from_secs(60);

pub(super) struct Injector<'a> {
    cluster: &'a mut Cluster,
    checker: &'a Checker,
    /// The faults that are not healed yet, by their index in the plan.
    begun: HashMap<usize, Begun>,
    /// Nodes that went down and are not ready again.
    down: [Option<Begun>; NODES],
    looked: Instant,
    pub(super) done: BTreeMap<&'static str, u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Heal(usize),
    Begin(usize),
    Quiet(usize),
}

impl<'a> Injector<'a> {
    pub(super) fn new(cluster: &'a mut Cluster, checker: &'a Checker) -> Self {
        Self {
            cluster,
            checker,
            begun: HashMap::new(),
            down: [None; NODES],
            looked: Instant::now(),
            done: BTreeMap::new(),
        }
    }

    /// Carries out the plan and returns the loads of each cold key. Ends with everything healed.
    pub(super) fn run(&mut self, plan: &Plan, workers: &Workers, step: &Step) -> Result<Vec<u64>> {
        let mut events: Vec<(Duration, Event)> = Vec::new();
        for (index, planned) in plan.faults.iter().enumerate() {
            events.push((planned.at, Event::Begin(index)));
            events.push((planned.at + planned.lasts, Event::Heal(index)));
        }
        for (index, at) in plan.quiet.iter().enumerate() {
            events.push((*at, Event::Quiet(index)));
        }
        events.sort();
        let mut loads = Vec::new();
        let mut started = Instant::now();
        self.cluster.redis.keep()?;
        for (at, event) in events {
            self.wait(plan, started, at, step)?;
            match event {
                Event::Begin(index) => self.begin(index, plan.faults[index].fault)?,
                Event::Heal(index) => self.heal(index, plan.faults[index].fault)?,
                Event::Quiet(_) => {
                    // The plan's clock stops meanwhile.
                    let quiet = Instant::now();
                    self.recover(step)?;
                    self.cluster.redis.keep()?;
                    workers.rest();
                    step.detail("asking for a cold key");
                    loads.extend(cold::ask(self.checker, &self.cluster.addresses()));
                    step.detail("editing while nobody else does anything");
                    writers::edit_each(self.checker, &self.cluster.addresses());
                    step.detail("asking every node everything");
                    readers::ask_everything(self.checker, &self.cluster.addresses());
                    workers.work();
                    started += quiet.elapsed();
                }
            }
        }
        self.wait(plan, started, plan.length, step)?;
        self.recover(step)?;
        Ok(loads)
    }

    /// Supervises the cluster until the given time.
    fn wait(&mut self, plan: &Plan, started: Instant, until: Duration, step: &Step) -> Result<()> {
        loop {
            self.mind()?;
            let elapsed = started.elapsed();
            let current = self.checker.timeline.current();
            let current = if current.is_empty() {
                "all is well".to_owned()
            } else {
                current.join(", ")
            };
            step.reach(elapsed, plan.length, &current);
            if elapsed >= until {
                return Ok(());
            }
            pause(TICK.min(until - elapsed));
        }
    }

    /// Waits until all nodes are ready again; records a violation if they take too long.
    fn recover(&mut self, step: &Step) -> Result<()> {
        let from = Instant::now();
        step.detail("waiting until all nodes are ready");
        while !(self.cluster.all_ready() && self.down.iter().all(Option::is_none)) {
            self.mind()?;
            if from.elapsed() > RECOVERY {
                let found = format!("not all nodes are ready after {} s", RECOVERY.as_secs());
                self.violation(None, Violation::NotRecovered, from, found);
                break;
            }
            pause(LOOK);
        }
        Ok(())
    }

    fn begin(&mut self, index: usize, fault: Fault) -> Result<()> {
        *self.done.entry(fault.kind()).or_default() += 1;
        let (node, harms): (Option<usize>, &[Harm]) = match fault {
            Fault::Kill(node) => (Some(node), &[Harm::Down]),
            Fault::Pause(node) => (Some(node), &[Harm::Down, Harm::CutOff]),
            Fault::Link(node, Link::Postgres, _) => (Some(node), &[Harm::CutOff]),
            Fault::Link(node, ..) => (Some(node), &[Harm::Nuisance]),
            Fault::RestartPostgres { .. } => (None, &[Harm::CutOff]),
            Fault::LoseRedis
            | Fault::FlushRedis
            | Fault::RestoreRedis
            | Fault::TerminateBackends => (None, &[Harm::Nuisance]),
        };
        let begun = self.checker.timeline.begin(node, harms, fault.to_string());
        if let Fault::Kill(node) = fault {
            self.down[node].get_or_insert(begun);
        }
        self.begun.insert(index, begun);
        match fault {
            Fault::Kill(node) => self.cluster.nodes[node].stop(Signal::KILL),
            Fault::Pause(node) => self.cluster.nodes[node].signal(Signal::STOP)?,
            Fault::Link(node, link, how) => self.cluster.nodes[node].link(link, Some(how)),
            Fault::LoseRedis | Fault::RestoreRedis => self.cluster.redis.kill(),
            Fault::FlushRedis => self.cluster.redis.flush()?,
            Fault::RestartPostgres { immediate } => self.cluster.postgres.stop(immediate),
            Fault::TerminateBackends => self.cluster.console().run(TERMINATE)?,
        }
        Ok(())
    }

    fn heal(&mut self, index: usize, fault: Fault) -> Result<()> {
        match fault {
            Fault::Kill(node) => self.cluster.nodes[node].start()?,
            Fault::Pause(node) => self.cluster.nodes[node].signal(Signal::CONT)?,
            Fault::Link(node, link, _) => self.cluster.nodes[node].link(link, None),
            Fault::LoseRedis => self.cluster.redis.start_again()?,
            Fault::RestoreRedis => {
                self.cluster.redis.bring_back()?;
                self.cluster.redis.start_again()?;
            }
            Fault::FlushRedis | Fault::TerminateBackends => {}
            Fault::RestartPostgres { .. } => self.cluster.postgres.start_again()?,
        }
        if let Some(begun) = self.begun.remove(&index)
            && !self.down.contains(&Some(begun))
        {
            self.checker.timeline.end(begun);
        }
        Ok(())
    }

    /// Checks whether nodes that were down are ready again, and starts those that ended by themselves,
    /// as a supervisor would.
    fn mind(&mut self) -> Result<()> {
        if self.looked.elapsed() < LOOK {
            return Ok(());
        }
        self.looked = Instant::now();
        for node in 0..NODES {
            if let Some(how) = self.cluster.nodes[node].ended() {
                self.violation(Some(node), Violation::Ended, Instant::now(), how);
                if self.down[node].is_none() {
                    let label = format!("node {node} has ended");
                    self.down[node] = Some(self.checker.timeline.begin(
                        Some(node),
                        &[Harm::Down],
                        label,
                    ));
                }
                self.cluster.nodes[node].start()?;
            }
            if let Some(down) = self.down[node]
                && self.cluster.nodes[node].is_ready()
            {
                self.checker.timeline.end(down);
                self.down[node] = None;
            }
        }
        Ok(())
    }

    fn violation(&self, node: Option<usize>, kind: Violation, from: Instant, found: String) {
        let request = Request {
            node,
            what: "",
            from,
            until: Instant::now(),
        };
        self.checker
            .record
            .violation(&self.checker.timeline, kind, &request, found, "");
    }
}
