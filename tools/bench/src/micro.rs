//! Measurements inside one process, by criterion: `crates/*/benches`.

use std::fs;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use services::{Context, cargo};

use super::target::{Bound, Target};

/// Benchmarks that have a target: criterion's name, a description, and the most nanoseconds allowed.
const WANTED: [(&str, &str, f64); 3] = [
    (
        "normalize six parameters/typical",
        "nanoseconds to canonicalize a typical query of six parameters",
        1_000.0,
    ),
    (
        "normalize six parameters/already canonical",
        "nanoseconds to see that such a query is canonical already",
        300.0,
    ),
    (
        "memory hit, at once",
        "nanoseconds of a memory hit inside the process",
        300.0,
    ),
];

#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
    confidence_interval: Interval,
}

#[derive(Deserialize)]
struct Interval {
    lower_bound: f64,
    upper_bound: f64,
}

/// Runs the benchmarks and judges those that have a target.
pub(super) fn targets(context: &Context) -> Result<Vec<Target>> {
    context
        .progress
        .step("measuring inside a process", |step| {
            let mut bench = cargo::cargo(&context.layout, "bench");
            bench.args(["--locked", "--package", "normalizer", "--package", "cache"]);
            bench.args(["--bench", "normalize", "--bench", "tiers"]);
            context.run(step, &mut bench)
        })?;
    let measured = context.layout.target.join("criterion");
    WANTED
        .into_iter()
        .map(|(name, what, most)| {
            let file = measured.join(name).join("new/estimates.json");
            let read = || format!("read what criterion measured of {name}");
            let text = fs::read(&file).with_context(read)?;
            let Estimates { median } = serde_json::from_slice(&text).with_context(read)?;
            let interval = &median.confidence_interval;
            let detail = format!(
                "median; {:.0} to {:.0} with 95 % confidence",
                interval.lower_bound, interval.upper_bound
            );
            let figure = Some(median.point_estimate);
            Ok(Target::new(what, Bound::AtMost(most), figure, detail))
        })
        .collect()
}
