//! The result, as a summary and as JSON.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path, time::Duration};

use anyhow::{Context as _, Result};
use hdrhistogram::Histogram;
use serde::Serialize;

use super::{
    address::Kind,
    edits::Edited,
    load::{Load, Outcome},
    tally::{Second, Source, Tally},
    work::Work,
};
use crate::{machine, number::grouped};

/// How many seconds the first hit ratio covers.
const FIRST: usize = 60;

#[derive(Serialize)]
pub(super) struct Report {
    /// Seconds since 1970.
    at: u64,
    processor: Option<String>,
    cores: usize,
    servers: Vec<String>,
    pub(super) notes: Vec<String>,
    homes: u64,
    addresses: usize,
    exponent: f64,
    seed: u64,
    connections: u64,
    /// How long the traffic took.
    took: f64,
    requests: u64,
    /// Requests a second that were due; `None` for as many as were answered.
    due: Option<f64>,
    /// Requests a second.
    rate: f64,
    /// How many different addresses were requested: without edits, a cold cache misses each once.
    requested: usize,
    hits: Hits,
    all: Row,
    kinds: BTreeMap<Kind, Row>,
    sources: BTreeMap<Source, Times>,
    /// How many answers memory did not have, by reason.
    misses: BTreeMap<String, u64>,
    statuses: BTreeMap<u16, u64>,
    pub(super) failed: u64,
    failures: Vec<String>,
    edits: Edits,
    work: Work,
    /// The share of one core that the generator used: near 1, it may have been the bottleneck.
    generator: f64,
    seconds: Vec<Second>,
}

/// Shares of the fine answers that came from memory or Redis.
#[derive(Serialize)]
struct Hits {
    whole: Option<f64>,
    first_minute: Option<f64>,
}

/// The fine answers, by their sources.
#[derive(Serialize)]
struct Row {
    answers: u64,
    hits: Option<f64>,
    #[serde(flatten)]
    sources: BTreeMap<Source, u64>,
    times: Times,
}

/// In milliseconds.
#[derive(Serialize)]
struct Times {
    count: u64,
    p50: f64,
    p95: f64,
    p99: f64,
    max: f64,
}

#[derive(Serialize)]
struct Edits {
    /// Edits a second that were due.
    due: f64,
    acknowledged: u64,
    /// Edits of rows that do not exist.
    missing: u64,
    failed: u64,
    failure: Option<String>,
    /// Until the transaction was committed, according to the server.
    commit: Times,
    /// From then until no node served an answer from before, according to the server.
    acknowledge: Times,
    /// From when it was due until its answer.
    whole: Times,
}

impl Report {
    pub(super) fn new(
        load: &Load,
        outcome: &Outcome,
        (cpu, work): (f64, Work),
        notes: Vec<String>,
    ) -> Result<Self> {
        let Outcome { tally, edited } = outcome;
        let took = tally.ended.max(Duration::from_millis(1)).as_secs_f64();
        let all = Row::new(tally, |_| true)?;
        let (mut kinds, mut sources) = (BTreeMap::new(), BTreeMap::new());
        for kind in tally.kinds() {
            kinds.insert(kind, Row::new(tally, |it| it == kind)?);
        }
        for source in Source::ALL {
            sources.insert(source, Times::of(&tally.latencies(|_, it| it == source)?));
        }
        let requests = all.answers + tally.failed;
        Ok(Self {
            at: machine::now(),
            processor: machine::processor(),
            cores: machine::cores(),
            servers: load.servers.iter().map(|it| it.url.clone()).collect(),
            notes,
            homes: load.stock.homes,
            addresses: load.addresses.all().len(),
            exponent: load.exponent,
            seed: load.seed,
            connections: load.connections,
            took,
            requests,
            due: load.rate,
            rate: requests as f64 / took,
            requested: tally.ranks.len(),
            hits: Hits {
                whole: tally.hits(usize::MAX),
                first_minute: tally.hits(FIRST),
            },
            all,
            kinds,
            sources,
            misses: tally.misses.clone(),
            statuses: tally.statuses.clone(),
            failed: tally.failed + edited.failed,
            failures: tally
                .failures
                .iter()
                .chain(&edited.failure)
                .cloned()
                .collect(),
            edits: Edits::new(load.edits, edited),
            work,
            generator: cpu / took,
            seconds: tally.seconds.clone(),
        })
    }

    pub(super) fn write(&self, file: &Path) -> Result<()> {
        let json = serde_json::to_string_pretty(self).context("write the report")?;
        fs::write(file, json + "\n").with_context(|| format!("write {}", file.display()))
    }

    /// The result for a terminal.
    pub(super) fn summary(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "\n{} requests in {:.1} s, {} a second, over {} connections to {}",
            grouped(self.requests as f64),
            self.took,
            grouped(self.rate),
            self.connections,
            self.servers.join(", "),
        );
        let _ = writeln!(
            text,
            "for {} of {} addresses by Zipf's law (exponent {}), in all spellings",
            grouped(self.requested as f64),
            grouped(self.addresses as f64),
            self.exponent
        );
        let _ = writeln!(
            text,
            "hits: {}; in the first minute: {}\n",
            percent(self.hits.whole),
            percent(self.hits.first_minute)
        );
        let _ = writeln!(
            text,
            "{:10} {:>9} {:>7} {:>9} {:>9} {:>8} {:>8} {:>8} {:>8} {:>8}",
            "",
            "answers",
            "hits",
            "memory",
            "redis",
            "joined",
            "loaded",
            "p50 ms",
            "p95 ms",
            "p99 ms"
        );
        let kinds = self
            .kinds
            .iter()
            .map(|(kind, row)| (format!("{kind:?}").to_lowercase(), row));
        for (name, row) in std::iter::once(("all".to_owned(), &self.all)).chain(kinds) {
            let count = |number: u64| grouped(number as f64);
            let _ = writeln!(
                text,
                "{name:10} {:>9} {:>7} {:>9} {:>9} {:>8} {:>8} {:>8.2} {:>8.2} {:>8.2}",
                count(row.answers),
                percent(row.hits),
                count(row.sources[&Source::Memory]),
                count(row.sources[&Source::Redis]),
                count(row.sources[&Source::Joined]),
                count(row.sources[&Source::Loaded]),
                row.times.p50,
                row.times.p95,
                row.times.p99,
            );
        }
        for source in [Source::CutOff, Source::Unknown] {
            let count = self.all.sources[&source];
            if count > 0 {
                let _ = writeln!(text, "{source:?}: {}", grouped(count as f64));
            }
        }
        let _ = writeln!(text, "\nstatuses: {}", list(&self.statuses));
        let _ = writeln!(text, "not in memory: {}", list(&self.misses));
        if self.edits.due > 0.0 {
            let it = &self.edits;
            let _ = writeln!(
                text,
                "edits: {} acknowledged ({} a second were due), {} of missing rows, {} failed",
                grouped(it.acknowledged as f64),
                it.due,
                it.missing,
                it.failed
            );
            for (name, times) in [
                ("commit", &it.commit),
                ("acknowledge", &it.acknowledge),
                ("whole", &it.whole),
            ] {
                let _ = writeln!(
                    text,
                    "  {name:12} p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, max {:.2} ms",
                    times.p50, times.p95, times.p99, times.max
                );
            }
        }
        let _ = writeln!(
            text,
            "work: {} loads, {} statements, {:.1} s of loading; {} pages rendered; {} reloads in vain",
            grouped(self.work.loads),
            grouped(self.work.statements),
            self.work.loading,
            grouped(self.work.renders),
            grouped(self.work.in_vain),
        );
        let _ = writeln!(text, "the generator used {:.2} of a core", self.generator);
        for note in &self.notes {
            let _ = writeln!(text, "note: {note}");
        }
        if self.failed > 0 {
            let _ = writeln!(text, "{} FAILED, such as", grouped(self.failed as f64));
            for failure in &self.failures {
                let _ = writeln!(text, "  {failure}");
            }
        }
        text
    }
}

impl Row {
    fn new(tally: &Tally, which: impl Fn(Kind) -> bool) -> Result<Self> {
        let all = tally.latencies(|kind, _| which(kind))?;
        let hits = tally.latencies(|kind, source| which(kind) && source.is_hit())?;
        let mut sources = BTreeMap::new();
        for source in Source::ALL {
            let its = tally.latencies(|kind, it| which(kind) && it == source)?;
            sources.insert(source, its.len());
        }
        Ok(Self {
            answers: all.len(),
            hits: (!all.is_empty()).then(|| hits.len() as f64 / all.len() as f64),
            sources,
            times: Times::of(&all),
        })
    }
}

impl Times {
    fn of(micros: &Histogram<u64>) -> Self {
        let millis = |micros: u64| micros as f64 / 1e3;
        Self {
            count: micros.len(),
            p50: millis(micros.value_at_quantile(0.5)),
            p95: millis(micros.value_at_quantile(0.95)),
            p99: millis(micros.value_at_quantile(0.99)),
            max: millis(micros.max()),
        }
    }
}

impl Edits {
    fn new(due: f64, edited: &Edited) -> Self {
        Self {
            due,
            acknowledged: edited.acknowledged,
            missing: edited.missing,
            failed: edited.failed,
            failure: edited.failure.clone(),
            commit: Times::of(&edited.commit),
            acknowledge: Times::of(&edited.acknowledge),
            whole: Times::of(&edited.whole),
        }
    }
}

fn percent(share: Option<f64>) -> String {
    // Rounded down: 95 % must mean at least that.
    share.map_or_else(
        || "–".to_owned(),
        |share| format!("{:.1} %", (share * 1_000.0).floor() / 10.0),
    )
}

fn list<K: std::fmt::Display>(counts: &BTreeMap<K, u64>) -> String {
    let counts: Vec<String> = counts
        .iter()
        .map(|(name, count)| format!("{name} × {}", grouped(*count as f64)))
        .collect();
    match counts.is_empty() {
        true => "none".to_owned(),
        false => counts.join(", "),
    }
}
