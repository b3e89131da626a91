//! Somebody who is measured: what it is asked for, and what that came to.

use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{
    cpu,
    paths::{self, LIST},
    probe::{Probe, ask_all},
    redis_benchmark::RedisBenchmark,
    sample::Sample,
    stage::Stage,
    wrk::{Asked, CONNECTIONS, Load, Wrk},
};

/// Somebody who is measured.
pub(super) struct Entrant {
    /// What targets and the report's reader find it by.
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// It is not ours, but what ours is compared with.
    pub(super) reference: bool,
    pub(super) base: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) asks: Asks,
    /// Whose processor time is counted.
    pub(super) pids: Vec<u32>,
    /// What its `Cache-Status` has to say before it is measured.
    pub(super) expect: Option<&'static str>,
}

/// What somebody is asked for.
pub(super) enum Asks {
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
