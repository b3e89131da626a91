//! The results of a deploy, as a table and as JSON.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{Plan, Restart};
use crate::{
    checker::Checker,
    outage::quantile,
    record::{Conditions, Count, Sample, ViolationReport, milliseconds},
    report::{Verdict, in_full, table},
    violation::{Promise, Violation},
};

/// What a violation means to the people who use the site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Harm {
    /// A request was not answered well.
    Failed,
    /// An answer was not right.
    Stale,
    /// A node did not do what it was told.
    Node,
}

impl Harm {
    const ALL: [Self; 3] = [Self::Failed, Self::Stale, Self::Node];

    fn of(kind: Violation) -> Self {
        match (kind, kind.promise()) {
            (Violation::Refused | Violation::Unreadable, _) | (_, Promise::Answers) => Self::Failed,
            (Violation::Invented, _) | (_, Promise::Fresh | Promise::Lists | Promise::Marks) => {
                Self::Stale
            }
            _ => Self::Node,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed requests",
            Self::Stale => "stale or wrong answers",
            Self::Node => "nodes that did not stop or start well",
        }
    }
}

/// How long requests took, in milliseconds.
#[derive(Clone, Copy, Debug, serde::Serialize)]
struct Times {
    answers: usize,
    median: f64,
    p99: f64,
    longest: f64,
    /// The longest time in which no answer arrived at all.
    pause: f64,
}

impl Times {
    /// Of answers in the order in which they arrived.
    fn of(samples: &[Sample]) -> Self {
        let took = |sample: &Sample| milliseconds(sample.until.duration_since(sample.from));
        let took: Vec<f64> = samples.iter().map(took).collect();
        let pauses = samples
            .windows(2)
            .map(|pair| milliseconds(pair[1].until.duration_since(pair[0].until)));
        Self {
            answers: samples.len(),
            median: quantile(&took, 0.5),
            p99: quantile(&took, 0.99),
            longest: quantile(&took, 1.0),
            pause: pauses.fold(0.0, f64::max),
        }
    }

    fn in_words(self) -> String {
        format!(
            "{} answers, median {:.1} ms, p99 {:.1} ms, slowest {:.0} ms",
            self.answers, self.median, self.p99, self.longest
        )
    }
}

pub(crate) struct Report {
    drain: Duration,
    restarts: Vec<Restart>,
    /// When the database was migrated, in seconds since the start, and for how many.
    migrated: Option<(f64, f64)>,
    counts: BTreeMap<Count, u64>,
    acknowledged: usize,
    /// How long edits took until they were acknowledged, before the first restart and afterwards.
    edits: [Times; 2],
    broken: BTreeMap<Violation, u64>,
    violations: Vec<ViolationReport>,
    before: Times,
    during: Times,
    /// Answers by the schema version of the node that gave them.
    versions: BTreeMap<u32, u64>,
    /// Whether one node became a newer release.
    deployed: bool,
}

impl Report {
    /// `first` and `last` are when restarting began and had ended.
    pub(super) fn of(
        checker: &Checker,
        plan: &Plan,
        (first, last): (Instant, Instant),
        migrated: Option<(Instant, Duration)>,
        restarts: Vec<Restart>,
        deployed: bool,
    ) -> Self {
        let record = &checker.record;
        let samples = record.samples();
        let from = samples.partition_point(|sample| sample.until < first);
        let until = samples.partition_point(|sample| sample.until < last);
        let mut versions = BTreeMap::new();
        for version in samples.iter().filter_map(|sample| sample.version) {
            *versions.entry(version).or_default() += 1;
        }
        let since = |at: Instant| at.duration_since(record.started).as_secs_f64();
        let mut state = record.state.lock();
        let under_load = |restarting: bool| {
            let edits = state.acknowledged.iter();
            let chosen = edits.filter(|edit| edit.conditions != Conditions::Alone);
            let chosen = chosen.filter(|edit| (edit.at >= first) == restarting);
            Times::of(&chosen.map(Sample::from).collect::<Vec<_>>())
        };
        let edits = [under_load(false), under_load(true)];
        let mut violations = std::mem::take(&mut state.violations);
        for violation in &mut violations {
            if Harm::of(violation.kind) != Harm::Node {
                // The proxy chose it, and does not tell.
                violation.node = None;
            }
        }
        Self {
            drain: plan.drain,
            restarts,
            migrated: migrated.map(|(at, took)| (since(at), took.as_secs_f64())),
            counts: std::mem::take(&mut state.counts),
            acknowledged: state.acknowledged.len(),
            edits,
            broken: std::mem::take(&mut state.broken),
            violations,
            before: Times::of(&samples[..from]),
            during: Times::of(&samples[from..until]),
            versions,
            deployed,
        }
    }

    /// Failed and stale answers, nodes, and whether the newer release took part: a test each.
    pub(crate) fn verdict(&self) -> Verdict {
        let mut verdict = Verdict::default();
        let harmless = Harm::ALL.map(|harm| self.number(harm) == 0);
        let expected = if self.deployed { 2 } else { 1 };
        for holds in harmless
            .into_iter()
            .chain([self.versions.len() == expected])
        {
            if holds {
                verdict.held += 1;
            } else {
                verdict.broken += 1;
            }
        }
        verdict
    }

    fn count(&self, what: Count) -> u64 {
        self.counts.get(&what).copied().unwrap_or_default()
    }

    fn number(&self, harm: Harm) -> u64 {
        let matching = self
            .broken
            .iter()
            .filter(|(kind, _)| Harm::of(**kind) == harm);
        let number: u64 = matching.map(|(_, number)| number).sum();
        match harm {
            // Its writer is the only one who edits a home, and knows its version: an edit was applied
            // that its writer has been told had failed, or was sent twice.
            Harm::Failed => number + self.count(Count::Refused),
            _ => number,
        }
    }

    /// The results in one line.
    pub(crate) fn summary(&self) -> String {
        format!(
            "  {} restarts under {} reads and {} edits: {} failed, {} stale",
            self.restarts.len(),
            self.count(Count::Reads),
            self.count(Count::Edits) + self.count(Count::SqlEdits),
            self.number(Harm::Failed),
            self.number(Harm::Stale)
        )
    }

    pub(crate) fn table(&self) -> String {
        let mut rows: Vec<(String, String)> = Vec::new();
        let mut row = |name: &str, value: String| rows.push((name.to_owned(), value));
        let [reads, pages, unchanged] =
            [Count::Reads, Count::Pages, Count::NotModified].map(|count| self.count(count));
        row(
            "reads",
            format!("{reads} ({pages} pages, {unchanged} not modified)"),
        );
        let [edits, by_sql] = [Count::Edits, Count::SqlEdits].map(|count| self.count(count));
        let acknowledged = self.acknowledged;
        row(
            "edits",
            format!("{edits} through the proxy ({acknowledged} acknowledged) and {by_sql} by SQL"),
        );
        for harm in Harm::ALL {
            row(harm.name(), format!("{}  (must be 0)", self.number(harm)));
            for (kind, number) in &self.broken {
                if Harm::of(*kind) == harm {
                    row(&format!("  {}", kind.name()), number.to_string());
                }
            }
            let refused = self.count(Count::Refused);
            if harm == Harm::Failed && refused > 0 {
                row("  edits refused for an old version", refused.to_string());
            }
        }
        let newer = self
            .restarts
            .iter()
            .filter(|restart| restart.is_next)
            .count();
        row(
            "restarts",
            format!(
                "{}, {newer} of them as the newer release",
                self.restarts.len()
            ),
        );
        for (name, seconds) in [
            (
                "  from SIGTERM to the end",
                self.seconds(|restart| restart.ending),
            ),
            (
                "  from there to ready",
                self.seconds(|restart| restart.starting),
            ),
        ] {
            let (median, longest) = (quantile(&seconds, 0.5), quantile(&seconds, 1.0));
            row(
                name,
                format!("median {median:.2} s, longest {longest:.2} s"),
            );
        }
        if let Some((at, took)) = self.migrated {
            row(
                "migrated",
                format!("at {at:.1} s, in {:.0} ms", took * 1_000.0),
            );
        }
        let versions = self.versions.iter();
        let versions: Vec<String> = versions
            .map(|(version, n)| format!("v{version} {n}"))
            .collect();
        row("answers by schema version", versions.join(", "));
        for (name, all, edits) in [
            ("before the first restart", self.before, self.edits[0]),
            ("while nodes restarted", self.during, self.edits[1]),
        ] {
            let pause = format!("no answer at all for at most {:.0} ms", all.pause);
            row(name, format!("{}; {pause}", all.in_words()));
            row("  edits alone", edits.in_words());
        }
        format!(
            "{}\nEach node answers for {:.1} s after SIGTERM while it says that it is not ready; Caddy looks every\n\
             {} ms. Nothing excuses a failed request, nor an answer that does not show an edit that was\n\
             acknowledged before its request.",
            table(&rows),
            self.drain.as_secs_f64(),
            services::caddy::CHECKS.as_millis()
        )
    }

    fn seconds(&self, part: impl Fn(&Restart) -> f64) -> Vec<f64> {
        self.restarts.iter().map(part).collect()
    }

    pub(crate) fn violations(&self) -> String {
        in_full(&self.violations)
    }

    pub(super) fn json(&self) -> Value {
        let counts = self.counts.iter();
        let counts: BTreeMap<String, u64> = counts
            .map(|(what, number)| (format!("{what:?}"), *number))
            .collect();
        json!({
            "drain_seconds": self.drain.as_secs_f64(),
            "failed": self.number(Harm::Failed),
            "stale": self.number(Harm::Stale),
            "restarts": self.restarts,
            "migrated": self.migrated,
            "counts": counts,
            "acknowledged": self.acknowledged,
            "edits": self.edits,
            "answers_by_schema_version": self.versions,
            "before": self.before,
            "during": self.during,
            "broken": self.broken,
            "violations": self.violations,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(times: &[(u64, u64)]) -> Vec<Sample> {
        let start = Instant::now();
        let at = |millis: u64| start + Duration::from_millis(millis);
        let sample = |(from, until): &(u64, u64)| Sample {
            from: at(*from),
            until: at(*until),
            version: Some(2),
        };
        times.iter().map(sample).collect()
    }

    #[test]
    fn a_pause_is_a_time_without_any_answer() {
        // A slow request is no pause while others are answered.
        let times = Times::of(&samples(&[(0, 2), (1, 5), (4, 9), (0, 10), (10, 40)]));
        assert_eq!(
            (times.median, times.longest, times.pause),
            (5.0, 30.0, 30.0)
        );
        assert_eq!(Times::of(&[]).pause, 0.0);
    }

    #[test]
    fn a_violation_fails_its_test_and_no_other() {
        let mut report = Report {
            drain: Duration::from_secs(3),
            restarts: Vec::new(),
            migrated: None,
            counts: BTreeMap::from([(Count::Reads, 100)]),
            acknowledged: 0,
            edits: [Times::of(&[]); 2],
            broken: BTreeMap::new(),
            violations: Vec::new(),
            before: Times::of(&[]),
            during: Times::of(&[]),
            versions: BTreeMap::from([(2, 90), (3, 10)]),
            deployed: true,
        };
        let verdict = |held, broken| Verdict { held, broken };
        assert_eq!(report.verdict(), verdict(4, 0));
        // The newer release must have answered, and no other may have if there was none.
        report.deployed = false;
        assert_eq!(report.verdict(), verdict(3, 1));
        report.deployed = true;
        report.counts.insert(Count::Refused, 1);
        assert_eq!(report.verdict(), verdict(3, 1), "an edit was sent twice");
        report.broken.insert(Violation::Silence, 2);
        assert_eq!(report.json()["failed"], 3);
        report.broken.insert(Violation::Missing, 1);
        report.broken.insert(Violation::Invented, 1);
        assert_eq!(report.json()["stale"], 2);
        report.broken.insert(Violation::NotStopped, 1);
        assert_eq!(report.verdict(), verdict(1, 3));
    }
}
