//! The result of the comparison, as a table and as JSON.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::{
    Plan,
    interval::{CONFIDENCE, Interval, confidence},
    revision::Revision,
};
use crate::{machine, number::grouped, sample::Sample, thing::Thing, wrk::CONNECTIONS};

#[derive(Serialize)]
pub(super) struct Report<'a> {
    at: u64,
    processor: Option<String>,
    cores: usize,
    tree: &'a Revision,
    against: &'a Revision,
    /// How many homes were seeded.
    rows: u64,
    rounds: u64,
    seconds: u64,
    /// For hits; cold pages use one.
    connections: u32,
    /// The confidence of each interval.
    confidence: f64,
    pub(super) notes: Vec<String>,
    pub(super) duels: Vec<Duel>,
}

/// One thing, measured on both sides.
#[derive(Serialize)]
pub(super) struct Duel {
    thing: Thing,
    ratios: Vec<Ratio>,
    tree: Measured,
    against: Measured,
}

#[derive(Serialize)]
struct Ratio {
    /// The name of the figure.
    of: &'static str,
    unit: &'static str,
    more_is_better: bool,
    /// Of the working tree's figure divided by the other's, round by round.
    #[serde(flatten)]
    interval: Interval,
}

#[derive(Serialize, Default)]
pub(super) struct Measured {
    median: Sample,
    pub(super) rounds: Vec<Sample>,
    /// What was wrong with its answers.
    pub(super) wrong: Option<String>,
}

/// A figure that is compared.
struct Figure {
    name: &'static str,
    unit: &'static str,
    more_is_better: bool,
    of: fn(&Sample) -> f64,
}

const RATE: Figure = Figure {
    name: "rate",
    unit: "req/s",
    more_is_better: true,
    of: |sample| sample.rate,
};
const CPU: Figure = Figure {
    name: "cpu",
    unit: "CPU µs",
    more_is_better: false,
    of: |sample| sample.cpu,
};
const BEHIND: Figure = Figure {
    name: "behind",
    unit: "behind µs",
    more_is_better: false,
    of: |sample| sample.behind,
};
const MEDIAN_TIME: Figure = Figure {
    name: "p50",
    unit: "p50 µs",
    more_is_better: false,
    of: |sample| sample.p50 * 1e3,
};

/// A hit's CPU time is steadier than its rate.
const OF_HITS: [Figure; 2] = [RATE, CPU];
/// A cold page also costs PostgreSQL and Redis CPU time.
const OF_COLD: [Figure; 4] = [RATE, MEDIAN_TIME, CPU, BEHIND];

impl Thing {
    fn figures(self) -> &'static [Figure] {
        match self {
            Self::PageCold | Self::PageColdHome => &OF_COLD,
            _ => &OF_HITS,
        }
    }
}

impl Duel {
    pub(super) fn new(thing: Thing, [tree, against]: [Measured; 2]) -> Self {
        let ratio = |figure: &Figure| {
            let pairs = tree.rounds.iter().zip(&against.rounds);
            let ratios: Vec<f64> = pairs
                .map(|(one, other)| (figure.of)(one) / (figure.of)(other))
                .collect();
            Some(Ratio {
                of: figure.name,
                unit: figure.unit,
                more_is_better: figure.more_is_better,
                interval: Interval::of(&ratios)?,
            })
        };
        Self {
            thing,
            ratios: thing.figures().iter().filter_map(ratio).collect(),
            tree: tree.settled(),
            against: against.settled(),
        }
    }
}

impl Measured {
    fn settled(mut self) -> Self {
        self.median = Sample::median(&self.rounds);
        if self.median.failed > 0.0 && self.wrong.is_none() {
            self.wrong = Some(format!("{:.0} answers were none", self.median.failed));
        }
        self
    }
}

impl Ratio {
    /// What the interval says about the working tree; empty if it contains 1.
    fn verdict(&self) -> &'static str {
        let is_more = self.interval.median > 1.0;
        match self.interval.has_one() {
            true => "",
            false if is_more == self.more_is_better => "better",
            false => "worse",
        }
    }
}

impl<'a> Report<'a> {
    pub(super) fn new([tree, against]: [&'a Revision; 2], plan: &Plan, notes: Vec<String>) -> Self {
        Self {
            at: machine::now(),
            processor: machine::processor(),
            cores: machine::cores(),
            tree,
            against,
            rows: plan.rows,
            rounds: plan.rounds,
            seconds: plan.length.as_secs(),
            connections: CONNECTIONS,
            confidence: confidence(usize::try_from(plan.rounds).unwrap_or(usize::MAX)),
            notes,
            duels: Vec::new(),
        }
    }

    pub(super) fn write(&self, out: &Path) -> Result<()> {
        let json = serde_json::to_string_pretty(self).context("write the report")?;
        fs::write(out, json + "\n").with_context(|| format!("write {}", out.display()))
    }

    /// The report as a table for a terminal.
    pub(super) fn table(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "\n{} against {}\n{} homes, {} rounds of {} s; medians, ratios with intervals of {:.1} %\n\n\
             {:16} {:10} {:>12} {:>12} {:>8}",
            self.tree,
            self.against,
            grouped(self.rows as f64),
            self.rounds,
            self.seconds,
            self.confidence * 100.0,
            "",
            "",
            "working tree",
            "against",
            "ratio"
        );
        let mut intervals = 0;
        for duel in &self.duels {
            let mut name = duel.thing.name();
            for figure in duel.thing.figures() {
                let ratio = duel.ratios.iter().find(|ratio| ratio.of == figure.name);
                let ratio = ratio.map(|ratio| {
                    let Interval { median, low, high } = ratio.interval;
                    intervals += 1;
                    // An interval with too little confidence decides nothing.
                    let sure = self.confidence >= CONFIDENCE;
                    let verdict = if sure { ratio.verdict() } else { "" };
                    format!("{median:>8.3}  {low:.3} to {high:.3}  {verdict}")
                });
                let _ = writeln!(
                    text,
                    "{name:16} {:10} {:>12} {:>12} {}",
                    figure.unit,
                    grouped((figure.of)(&duel.tree.median)),
                    grouped((figure.of)(&duel.against.median)),
                    ratio.as_deref().unwrap_or("       –").trim_end()
                );
                name.clear();
            }
            let sides = [("working tree", &duel.tree), ("against", &duel.against)];
            for (side, measured) in sides {
                if let Some(wrong) = &measured.wrong {
                    let _ = writeln!(text, "{:16} {side}: {wrong}", "");
                }
            }
        }
        let _ = writeln!(
            text,
            "\nof {intervals} such intervals, {:.1} miss the truth by chance",
            f64::from(intervals) * (1.0 - self.confidence)
        );
        for note in &self.notes {
            let _ = writeln!(text, "{note}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(rates: [f64; 6], cpu: f64) -> Measured {
        let samples = rates.map(|rate| Sample {
            rate,
            cpu,
            ..Sample::default()
        });
        Measured {
            rounds: samples.to_vec(),
            ..Measured::default()
        }
    }

    #[test]
    fn ratios_are_within_one_round() {
        // Half of the rounds were slow for both.
        let tree = measured([110.0, 55.0, 110.0, 55.0, 110.0, 55.0], 20.0);
        let against = measured([100.0, 50.0, 100.0, 50.0, 100.0, 50.0], 10.0);
        let duel = Duel::new(Thing::MemoryHit, [tree, against]);
        let found: Vec<_> = duel
            .ratios
            .iter()
            .map(|ratio| (ratio.of, ratio.interval.median, ratio.verdict()))
            .collect();
        assert_eq!(found, [("rate", 1.1, "better"), ("cpu", 2.0, "worse")]);
        assert_eq!(duel.tree.median.rate, 82.5);
    }

    #[test]
    fn zero_figures_have_no_ratio() {
        let sides = || measured([1.0; 6], 0.0);
        let duel = Duel::new(Thing::MemoryHit, [sides(), sides()]);
        let found: Vec<_> = duel.ratios.iter().map(|ratio| ratio.of).collect();
        assert_eq!(found, ["rate"]);
        assert_eq!(duel.ratios[0].verdict(), "");
    }
}
