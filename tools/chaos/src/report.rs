//! The results, as a table and as JSON.

use std::{collections::BTreeMap, fmt::Write as _, process::ExitCode, time::Duration};

use serde::Serialize;
use serde_json::json;

use super::{
    outage::{Outage, quantile},
    record::{Acknowledged, Conditions, Count, Record, ViolationReport},
    timeline::Timeline,
    violation::{Promise, Violation},
};

/// How many violations are printed in full.
const PRINTED: usize = 8;

/// How many of the slowest edits the JSON contains.
const SLOWEST: usize = 20;

/// How many promises a cluster kept and broke.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Without a violation.
    pub held: u64,
    /// With at least one violation.
    pub broken: u64,
}

impl Verdict {
    /// What a command ends with.
    pub(super) fn code(self) -> ExitCode {
        if self.broken == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

pub(super) struct Report {
    pub(super) seed: u64,
    pub(super) grace: Duration,
    pub(super) length: Duration,
    pub(super) names_its_feed: bool,
    pub(super) faults: BTreeMap<&'static str, u64>,
    pub(super) cold: Vec<u64>,
    pub(super) outage: Outage,
    pub(super) counts: BTreeMap<Count, u64>,
    pub(super) acknowledged: Vec<Acknowledged>,
    pub(super) broken: BTreeMap<Violation, u64>,
    pub(super) violations: Vec<ViolationReport>,
    /// The slowest acknowledged edits, in words.
    pub(super) slowest: Vec<String>,
    /// The faults, with the seconds at which each began and was healed.
    pub(super) history: Vec<(String, f64, Option<f64>)>,
}

/// Quantiles of acknowledgement, in milliseconds.
#[derive(Serialize)]
struct Times {
    edits: usize,
    median: f64,
    p99: f64,
    longest: f64,
}

impl Times {
    fn of(values: &[f64]) -> Self {
        Self {
            edits: values.len(),
            median: quantile(values, 0.5),
            p99: quantile(values, 0.99),
            longest: quantile(values, 1.0),
        }
    }
}

impl Report {
    /// Moves the recorded data into the report.
    pub(super) fn record(&mut self, record: &Record, timeline: &Timeline) {
        let mut state = record.state.lock();
        let state = &mut *state;
        state
            .acknowledged
            .sort_by(|one, other| other.whole.total_cmp(&one.whole));
        let slowest = state.acknowledged.iter().take(SLOWEST);
        self.slowest = slowest
            .map(|edit| {
                let until = edit.at + Duration::from_secs_f64(edit.whole / 1_000.0);
                format!(
                    "{:.0} ms ({:.0} ms beyond the commit) at {:.3} s through node {}; {}",
                    edit.whole,
                    edit.beyond.unwrap_or(f64::NAN),
                    edit.at
                        .saturating_duration_since(record.started)
                        .as_secs_f64(),
                    edit.node,
                    timeline.active(edit.at, until).join("; ")
                )
            })
            .collect();
        self.history = timeline.history(record.started);
        self.counts = std::mem::take(&mut state.counts);
        self.acknowledged = std::mem::take(&mut state.acknowledged);
        self.broken = std::mem::take(&mut state.broken);
        self.violations = std::mem::take(&mut state.violations);
    }

    /// One test for each promise.
    pub(super) fn verdict(&self) -> Verdict {
        let mut verdict = Verdict::default();
        for promise in Promise::ALL {
            match self.broken(promise) {
                0 => verdict.held += 1,
                _ => verdict.broken += 1,
            }
        }
        verdict
    }

    fn broken(&self, promise: Promise) -> u64 {
        let matching = self
            .broken
            .iter()
            .filter(|(kind, _)| kind.promise() == promise);
        matching.map(|(_, count)| count).sum()
    }

    /// The values of these counts.
    fn number<const N: usize>(&self, counts: [Count; N]) -> [u64; N] {
        counts.map(|count| self.counts.get(&count).copied().unwrap_or_default())
    }

    fn times(&self, conditions: Conditions, value: impl Fn(&Acknowledged) -> Option<f64>) -> Times {
        let all = self.acknowledged.iter();
        let chosen = all.filter(|edit| edit.conditions == conditions);
        Times::of(&chosen.filter_map(value).collect::<Vec<_>>())
    }

    /// The results in one line.
    pub(super) fn summary(&self) -> String {
        let [reads, edits, by_sql] = self.number([Count::Reads, Count::Edits, Count::SqlEdits]);
        format!(
            "  {reads} reads and {} edits under {} faults, {} answers stale after acknowledgement",
            edits + by_sql,
            self.faults.values().sum::<u64>(),
            self.broken(Promise::Fresh)
        )
    }

    pub(super) fn table(&self) -> String {
        let mut rows: Vec<(String, String)> = Vec::new();
        let mut row = |name: &str, value: String| rows.push((name.to_owned(), value));
        let [reads, pages, unchanged] =
            self.number([Count::Reads, Count::Pages, Count::NotModified]);
        row(
            "reads",
            format!("{reads} ({pages} pages, {unchanged} not modified)"),
        );
        let [memory, redis, loads] =
            self.number([Count::MemoryHits, Count::RedisHits, Count::Loads]);
        row(
            "  answered from",
            format!("memory {memory}, Redis {redis}, database {loads}"),
        );
        let [edits, by_sql] = self.number([Count::Edits, Count::SqlEdits]);
        let [unknown, refused] = self.number([Count::UnknownEdits, Count::Refused]);
        let acknowledged = self.acknowledged.len();
        row(
            "edits",
            format!(
                "{edits} and {by_sql} by SQL ({acknowledged} acknowledged, {unknown} of unknown outcome, \
                 {refused} refused for an old version)"
            ),
        );
        for promise in Promise::ALL {
            let broken = self.broken(promise);
            row(promise.broken(), format!("{broken}  (must be 0)"));
            for (kind, number) in &self.broken {
                if kind.promise() == promise {
                    row(&format!("  {}", kind.name()), number.to_string());
                }
            }
        }
        let [marked] = self.number([Count::Marked]);
        row("marked answers of cut-off nodes", marked.to_string());
        let [cut_off, down] = self.number([Count::ErrorsCutOff, Count::ErrorsDown]);
        row("5xx of nodes cut off, down", format!("{cut_off}, {down}"));
        let [cut_off, down] = self.number([Count::UnansweredCutOff, Count::UnansweredDown]);
        row(
            "no answer of nodes cut off, down",
            format!("{cut_off}, {down}"),
        );
        row(
            "loads per cold key (300 clients)",
            format!("{:?}", self.cold),
        );
        for (name, conditions) in [
            ("acknowledged, nothing else going on", Conditions::Alone),
            ("acknowledged, under load", Conditions::Calm),
            ("acknowledged, under faults", Conditions::Faults),
        ] {
            let whole = self.times(conditions, |edit| Some(edit.whole));
            row(name, in_words(&whole));
            let beyond = self.times(conditions, |edit| edit.beyond);
            if beyond.edits > 0 {
                row("  beyond the commit", in_words(&beyond));
            }
        }
        let outage = &self.outage;
        row(
            "Redis outage, p99",
            format!(
                "before {:.1} ms, during {:.1} ms (worst window {:.1} ms), after {:.1} ms; {} reads",
                outage.p99_before,
                outage.p99_during,
                outage.p99_worst,
                outage.p99_after,
                outage.reads
            ),
        );
        for (name, seconds) in [
            ("  under twice of before after", outage.seconds_until_calm),
            (
                "  under twice of the outage's own after",
                outage.seconds_until_steady,
            ),
            ("  Redis back, a hit after", outage.seconds_until_used),
        ] {
            row(
                name,
                seconds.map_or("never".to_owned(), |s| format!("{s:.2} s")),
            );
        }
        let faults: Vec<String> = self
            .faults
            .iter()
            .map(|(kind, number)| format!("{kind} {number}"))
            .collect();
        row("faults", faults.join(", "));
        self.lay_out(&rows)
    }

    fn lay_out(&self, rows: &[(String, String)]) -> String {
        let mut text = table(rows);
        let _ = write!(
            text,
            "\nseed {}, {} s. A fault excuses errors and marks of its node while it lasts and {} s after\n\
             it is healed: \"cut off\" is a node that cannot reach PostgreSQL or was halted, \"down\" one that\n\
             was killed or halted. Nothing excuses an answer that is stale and not marked.",
            self.seed,
            self.length.as_secs(),
            self.grace.as_secs()
        );
        if !self.names_its_feed {
            let _ = write!(
                text,
                "\nThe binary does not name the feed's connections: faults of the feed hit nothing."
            );
        }
        text
    }

    /// The first violations, with all their details.
    pub(super) fn violations(&self) -> String {
        in_full(&self.violations)
    }

    pub(super) fn json(&self) -> serde_json::Value {
        let counts: BTreeMap<String, u64> = self
            .counts
            .iter()
            .map(|(what, number)| (format!("{what:?}"), *number))
            .collect();
        let times = |conditions| {
            json!({
                "whole": self.times(conditions, |edit| Some(edit.whole)),
                "beyond_commit": self.times(conditions, |edit| edit.beyond),
            })
        };
        let acknowledged = json!({
            "alone": times(Conditions::Alone),
            "under_load": times(Conditions::Calm),
            "under_faults": times(Conditions::Faults),
        });
        json!({
            "seed": self.seed,
            "seconds": self.length.as_secs_f64(),
            "grace_seconds": self.grace.as_secs_f64(),
            "names_its_feed": self.names_its_feed,
            "faults": self.faults,
            "counts": counts,
            "loads_per_cold_key": self.cold,
            "acknowledged": acknowledged,
            "history": self.history,
            "slowest_edits": self.slowest,
            "redis_outage": self.outage,
            "broken": self.broken,
            "violations": self.violations,
        })
    }
}

/// Names and values in two columns.
pub(super) fn table(rows: &[(String, String)]) -> String {
    let width = rows
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for (name, value) in rows {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{name:width$}  {value}");
    }
    text
}

/// The first violations, with all their details.
pub(super) fn in_full(violations: &[ViolationReport]) -> String {
    let mut text = String::new();
    for violation in violations.iter().take(PRINTED) {
        let node = violation
            .node
            .map_or("the cluster".to_owned(), |node| format!("node {node}"));
        let _ = writeln!(
            text,
            "✗ {} at {:.3} s, {node}, after {:.1} ms\n    {}\n    {}\n    Cache-Status: {}\n    faults: {}",
            violation.kind.name(),
            violation.at,
            violation.took,
            violation.request,
            violation.found,
            violation.cache_status,
            violation.faults.join("; ")
        );
    }
    text
}

fn in_words(times: &Times) -> String {
    format!(
        "median {:.1} ms, p99 {:.1} ms, longest {:.1} ms; {} edits",
        times.median, times.p99, times.longest, times.edits
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_violation_fails_its_promise_and_no_other() {
        let mut report = Report {
            seed: 1,
            grace: Duration::from_secs(6),
            length: Duration::from_secs(60),
            names_its_feed: true,
            faults: BTreeMap::from([("node killed", 2)]),
            cold: vec![1, 1],
            outage: Outage::default(),
            counts: BTreeMap::from([(Count::Reads, 100)]),
            acknowledged: Vec::new(),
            broken: BTreeMap::new(),
            violations: Vec::new(),
            slowest: Vec::new(),
            history: Vec::new(),
        };
        let promises = Promise::ALL.len() as u64;
        let verdict = |held, broken| Verdict { held, broken };
        assert_eq!(report.verdict(), verdict(promises, 0));
        report.broken.insert(Violation::Missing, 3);
        report.broken.insert(Violation::Uninvited, 1);
        assert_eq!(report.verdict(), verdict(promises - 1, 1));
        assert!(report.table().contains("wrong on a list"));
        assert_eq!(report.json()["broken"]["missing from a list"], 3);
    }
}
