//! Carries out the plan, on the main thread: only it may start servers.

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

/// How often a node that starts is asked whether it is ready.
const LOOK: Duration = Duration::from_millis(100);

/// How long a node may take to be ready, once nothing keeps it from it.
const RECOVERY: Duration = Duration::from_secs(60);

pub(super) struct Injector<'a> {
    cluster: &'a mut Cluster,
    checker: &'a Checker,
    /// The faults that are not healed, by their place in the plan.
    begun: HashMap<usize, Begun>,
    /// Nodes that were killed and are not ready again.
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

    /// Does all that is planned. Ends with everything healed.
    pub(super) fn run(&mut self, plan: &Plan, workers: &Workers, step: &Step) -> Result<Vec<u64>> {
        let mut events: Vec<(Duration, Event)> = Vec::new();
        for (place, planned) in plan.faults.iter().enumerate() {
            events.push((planned.at, Event::Begin(place)));
            events.push((planned.at + planned.lasts, Event::Heal(place)));
        }
        for (place, at) in plan.quiet.iter().enumerate() {
            events.push((*at, Event::Quiet(place)));
        }
        events.sort();
        let mut loads = Vec::new();
        let mut started = Instant::now();
        self.cluster.redis.keep()?;
        for (at, event) in events {
            self.wait(plan, started, at, step)?;
            match event {
                Event::Begin(place) => self.begin(place, plan.faults[place].fault)?,
                Event::Heal(place) => self.heal(place, plan.faults[place].fault)?,
                Event::Quiet(_) => {
                    // The plan's clock stands still meanwhile.
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

    /// Minds the cluster until it is time.
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

    /// Waits until all nodes are ready again, or holds it against them that they are not.
    fn recover(&mut self, step: &Step) -> Result<()> {
        let from = Instant::now();
        step.detail("waiting until all nodes are ready");
        while !(self.cluster.all_ready() && self.down.iter().all(Option::is_none)) {
            self.mind()?;
            if from.elapsed() > RECOVERY {
                let found = format!("not all nodes are ready after {} s", RECOVERY.as_secs());
                self.against(None, Violation::NotRecovered, from, found);
                break;
            }
            pause(LOOK);
        }
        Ok(())
    }

    fn begin(&mut self, place: usize, fault: Fault) -> Result<()> {
        *self.done.entry(fault.kind()).or_default() += 1;
        let (node, harms): (Option<usize>, &[Harm]) = match fault {
            Fault::Kill(node) => (Some(node), &[Harm::Down]),
            Fault::Pause(node) => (Some(node), &[Harm::Down, Harm::CutOff]),
            Fault::Link(node, Link::Postgres, _) => (Some(node), &[Harm::CutOff]),
            Fault::Link(node, ..) => (Some(node), &[Harm::Nuisance]),
            Fault::RestartPostgres { .. } => (None, &[Harm::CutOff]),
            Fault::LoseRedis | Fault::FlushRedis | Fault::RestoreRedis => (None, &[Harm::Nuisance]),
        };
        let begun = self.checker.timeline.begin(node, harms, fault.to_string());
        if let Fault::Kill(node) = fault {
            self.down[node].get_or_insert(begun);
        }
        self.begun.insert(place, begun);
        match fault {
            Fault::Kill(node) => self.cluster.nodes[node].stop(Signal::KILL),
            Fault::Pause(node) => self.cluster.nodes[node].signal(Signal::STOP)?,
            Fault::Link(node, link, how) => self.cluster.nodes[node].link(link, Some(how)),
            Fault::LoseRedis | Fault::RestoreRedis => self.cluster.redis.kill(),
            Fault::FlushRedis => self.cluster.redis.flush()?,
            Fault::RestartPostgres { immediate } => self.cluster.postgres.stop(immediate),
        }
        Ok(())
    }

    fn heal(&mut self, place: usize, fault: Fault) -> Result<()> {
        match fault {
            Fault::Kill(node) => self.cluster.nodes[node].start()?,
            Fault::Pause(node) => self.cluster.nodes[node].signal(Signal::CONT)?,
            Fault::Link(node, link, _) => self.cluster.nodes[node].link(link, None),
            Fault::LoseRedis => self.cluster.redis.start_again()?,
            Fault::RestoreRedis => {
                self.cluster.redis.bring_back()?;
                self.cluster.redis.start_again()?;
            }
            Fault::FlushRedis => {}
            Fault::RestartPostgres { .. } => self.cluster.postgres.start_again()?,
        }
        if let Some(begun) = self.begun.remove(&place)
            && !self.down.contains(&Some(begun))
        {
            self.checker.timeline.end(begun);
        }
        Ok(())
    }

    /// Sees whether killed nodes are ready again, and starts those that ended by themselves, as a
    /// supervisor would.
    fn mind(&mut self) -> Result<()> {
        if self.looked.elapsed() < LOOK {
            return Ok(());
        }
        self.looked = Instant::now();
        for number in 0..NODES {
            if let Some(how) = self.cluster.nodes[number].ended() {
                let now = Instant::now();
                let excuse = self.checker.timeline.excuse(number, now, now);
                // Without a database it may give up its start, but never once it has served.
                if !(excuse.cut_off && self.down[number].is_some()) {
                    self.against(Some(number), Violation::Ended, now, how);
                }
                if self.down[number].is_none() {
                    let label = format!("node {number} has ended");
                    self.down[number] = Some(self.checker.timeline.begin(
                        Some(number),
                        &[Harm::Down],
                        label,
                    ));
                }
                self.cluster.nodes[number].start()?;
            }
            if let Some(down) = self.down[number]
                && self.cluster.nodes[number].is_ready()
            {
                self.checker.timeline.end(down);
                self.down[number] = None;
            }
        }
        Ok(())
    }

    fn against(&self, node: Option<usize>, kind: Violation, from: Instant, found: String) {
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
