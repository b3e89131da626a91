//! The results, as a table, as JSON and as a page.

mod chart;
mod page;

use std::{fmt::Write as _, fs, path::Path, process::Command};

use anyhow::{Context as _, Result};
use serde::Serialize;
use services::{Context, process::ask};

use super::{
    growth::Keys, machine, number::grouped, plan::Plan, scene::Scene, target::Target, users::USERS,
    wrk::CONNECTIONS,
};

#[derive(Serialize)]
pub(super) struct Report {
    /// Seconds since 1970.
    at: u64,
    /// The repository's commit, abbreviated.
    commit: Option<String>,
    /// Whether the server was built for this run, as it is deployed.
    release: bool,
    processor: Option<String>,
    cores: usize,
    connections: u32,
    rounds: u64,
    seconds: u64,
    pub(super) targets: Vec<Target>,
    pub(super) scenes: Vec<Scene>,
    pub(super) keys: Vec<Keys>,
}

impl Report {
    pub(super) fn new(context: &Context, plan: &Plan, release: bool) -> Self {
        let mut git = Command::new("git");
        git.args(["rev-parse", "--short=12", "HEAD"]);
        Self {
            at: machine::now(),
            commit: ask(git.current_dir(&context.layout.root)),
            release,
            processor: machine::processor(),
            cores: machine::cores(),
            connections: CONNECTIONS,
            rounds: plan.rounds,
            seconds: plan.length.as_secs(),
            targets: Vec::new(),
            scenes: Vec::new(),
            keys: Vec::new(),
        }
    }

    pub(super) fn write(&self, out: &Path) -> Result<()> {
        let json = serde_json::to_string_pretty(self).context("write the report")?;
        fs::write(out.join("report.json"), json + "\n").context("write the report")?;
        fs::write(out.join("report.html"), page::page(self)).context("write the report")
    }

    /// The results as a table for a terminal.
    pub(super) fn table(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        for scene in &self.scenes {
            let _ = writeln!(
                text,
                "\n{} homes, seeded in {:.1} s\n{:40} {:>9} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9}",
                grouped(scene.stored as f64),
                scene.seeding,
                "",
                "req/s",
                "p50 ms",
                "p99 ms",
                "bytes",
                "CPU µs",
                "+ behind",
                "generator"
            );
            for row in &scene.rows {
                let it = &row.median;
                let _ = if row.missing.is_some() {
                    writeln!(text, "{:40} {}", row.name, row.remark())
                } else {
                    writeln!(
                        text,
                        "{:40} {:>9} {:>8.2} {:>8.2} {:>8} {:>8.0} {:>8.0} {:>8.0}%  {}",
                        row.name,
                        grouped(it.rate),
                        it.p50,
                        it.p99,
                        grouped(it.bytes),
                        it.cpu,
                        it.behind,
                        it.generator * 100.0,
                        row.remark()
                    )
                };
            }
            let _ = writeln!(
                text,
                "{:40} {:>9} {:>8} {:>19}",
                "one cold list at a time", "p50 ms", "p99 ms", "count cached"
            );
            for it in &scene.latencies {
                let _ = writeln!(
                    text,
                    "{:40} {:>9.2} {:>8.2} {:>10.2} {:>8.2}",
                    it.filter, it.cold.p50, it.cold.p99, it.counted.p50, it.counted.p99
                );
            }
            for it in &scene.users {
                let _ = writeln!(
                    text,
                    "{:40} {:>9.2} {:>8.2}  mean and p99 of {} views by {USERS} users who pause",
                    it.path, it.mean, it.p99, it.views
                );
            }
        }
        for it in &self.keys {
            let _ = writeln!(
                text,
                "{:40} {:>9} {:>8.2} {:>8.2} {:>8} {:>8.0}  {} MB  {}",
                format!("{} homes cached", grouped(it.keys as f64)),
                grouped(it.median.rate),
                it.median.p50,
                it.median.p99,
                grouped(it.median.bytes),
                it.median.cpu,
                it.resident >> 20,
                it.wrong.as_deref().unwrap_or_default()
            );
        }
        let _ = writeln!(text, "\ntargets");
        for target in &self.targets {
            let _ = writeln!(
                text,
                "{:70} {:>7} {:>7}  {}  {}",
                target.what,
                target.wanted,
                figure(target),
                verdict(target),
                target.detail
            );
        }
        if !self.release {
            text.push_str(
                "the server was not built for this run: ratios may be of another build\n",
            );
        }
        text
    }
}

fn verdict(target: &Target) -> &'static str {
    match target.reached {
        Some(true) => "reached",
        Some(false) => "missed",
        None => "unknown",
    }
}

fn figure(target: &Target) -> String {
    target
        .figure
        .map_or_else(|| "–".to_owned(), |figure| format!("{figure:.2}"))
}
