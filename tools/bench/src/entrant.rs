//! An entrant: a server that is measured, what is requested from it, and the result.

use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{
    cpu,
    paths::{self, LIST},
    probe::{Probe, ask_all},
    redis_benchmark::RedisBenchmark,
    sample::Sample,
    stage::Stage,
    wrk::{CONNECTIONS, Load, Paths, Wrk},
};

/// A server that is measured with one kind of request.
pub(super) struct Entrant {
    /// Identifies it in targets and in the report.
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// Whether it is not ours, but something that ours is compared with.
    pub(super) reference: bool,
    pub(super) base: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) requests: Requests,
    /// The processes whose CPU time is counted.
    pub(super) pids: Vec<u32>,
    /// What its `Cache-Status` must contain before it is measured.
    pub(super) expect: Option<&'static str>,
}

/// What is requested from an entrant.
pub(super) enum Requests {
    One(&'static str),
    Each(Vec<String>),
    /// Lists that were never requested before.
    Cold,
    /// Pages that were never requested before, of filters whose count is cached.
    Counted,
    Redis(RedisBenchmark, usize),
    /// Not available, and why.
    Missing(String),
}

impl Entrant {
    /// Some paths, requested in turn from a server of which nothing else is measured.
    pub(super) fn of_paths(url: &str, pid: u32, paths: Vec<String>) -> Self {
        Self {
            id: "keys",
            name: "memory hit",
            reference: false,
            base: url.to_owned(),
            headers: Vec::new(),
            requests: Requests::Each(paths),
            pids: vec![pid],
            expect: Some("hearth-memory; hit"),
        }
    }

    /// Why it cannot be measured, if it cannot.
    pub(super) fn missing(&self) -> Option<&str> {
        match &self.requests {
            Requests::Missing(why) => Some(why),
            _ => None,
        }
    }

    /// Requests everything once that is requested again later, and checks that the answer is of
    /// the expected kind. Returns what is wrong with it.
    pub(super) fn warm(&self, wrk: &Wrk) -> Result<Option<String>> {
        let probe = Probe::new();
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .filter(|(name, _)| *name != "If-None-Match")
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let get = |path: &str| probe.get(&format!("{}{path}", self.base), &headers);
        let answer = match &self.requests {
            Requests::One(path) => {
                self.load(wrk, Paths::One(path), Duration::from_secs(1))?;
                get(path)?
            }
            Requests::Each(paths) => {
                ask_all(&self.base, paths, &headers)?;
                get(&paths[0])?
            }
            _ => return Ok(None),
        };
        let said = &answer.cache_status;
        let wrong = self.expect.filter(|expect| !said.contains(expect));
        Ok(wrong.map(|_| format!("answers with `{said}`")))
    }

    /// Measures it. `turn` must be different each time.
    pub(super) fn measure(
        &self,
        wrk: &Wrk,
        stage: &Stage,
        turn: u64,
        length: Duration,
    ) -> Result<Sample> {
        let fresh = match &self.requests {
            Requests::Cold => paths::cold(turn, length),
            Requests::Counted => {
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
        let mut sample = match &self.requests {
            Requests::One(path) => self.load(wrk, Paths::One(path), length)?,
            Requests::Each(paths) => self.load(wrk, Paths::Each(paths), length)?,
            Requests::Cold | Requests::Counted => self.load(wrk, Paths::Each(&fresh), length)?,
            Requests::Redis(benchmark, size) => benchmark.run(*size, CONNECTIONS, length)?,
            Requests::Missing(why) => anyhow::bail!("{why}"),
        };
        let (own_after, behind_after) = costs();
        sample.cpu = (own_after - own) * 1e6 / sample.requests;
        if !self.reference {
            sample.behind = (behind_after - behind) * 1e6 / sample.requests;
        }
        // A path that was requested twice was no longer cold the second time.
        if !fresh.is_empty() {
            sample.failed += (sample.requests - fresh.len() as f64).max(0.0);
        }
        Ok(sample)
    }

    fn load(&self, wrk: &Wrk, paths: Paths, length: Duration) -> Result<Sample> {
        let load = Load {
            base: &self.base,
            headers: &self.headers,
            paths,
            connections: CONNECTIONS,
            length,
        };
        let loaded = wrk.run(&load);
        loaded.with_context(|| format!("measure {}", self.name))
    }
}
