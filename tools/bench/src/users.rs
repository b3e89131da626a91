//! Users instead of connections: they look at a list, pause, and look again. goose simulates them
//! (`tools/bench/users`) and writes the report with the graphs.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use services::{Context, cargo, private::Scratch, process::bound, progress::Step};

use super::stage::Stage;

/// How many users there are at the same time.
pub(super) const USERS: u64 = 100;

/// How many users arrive per second.
const ARRIVALS: u64 = 50;

/// How long the users waited for one of the lists.
#[derive(Serialize)]
pub(super) struct Waited {
    pub(super) path: String,
    pub(super) views: u64,
    /// In milliseconds.
    pub(super) mean: f64,
    /// In whole milliseconds.
    pub(super) p99: f64,
}

/// The program that simulates them.
pub(super) struct Users {
    program: PathBuf,
    scratch: Scratch,
}

/// The parts of goose's JSON report that are used.
#[derive(Deserialize)]
struct Told {
    raw_request_metrics: Vec<Requests>,
    raw_response_metrics: Vec<Responses>,
}

#[derive(Deserialize)]
struct Requests {
    name: String,
    number_of_requests: u64,
    response_time_average: f64,
}

#[derive(Deserialize)]
struct Responses {
    name: String,
    percentile_99: f64,
}

impl Users {
    pub(super) fn build(context: &Context) -> Result<Self> {
        context.progress.step("building the users", |step| {
            let mut build = cargo::cargo(&context.layout, "build");
            build.args([
                "--locked",
                "--manifest-path",
                "tools/bench/users/Cargo.toml",
            ]);
            context.run(step, &mut build)
        })?;
        Ok(Self {
            program: context.layout.target.join("debug/users"),
            scratch: Scratch::new("users")?,
        })
    }

    /// Lets them look for this long, and has goose write its HTML report to `report`.
    pub(super) fn measure(
        &self,
        (context, step): (&Context, &Step),
        stage: &Stage,
        length: Duration,
        report: &Path,
    ) -> Result<Vec<Waited>> {
        let json = self.scratch.path().join("users.json");
        let mut users = bound(&self.program);
        users
            .args(["--host", &stage.node.url])
            .args(["--users", &USERS.to_string()])
            .args(["--increase-rate", &ARRIVALS.to_string()])
            .args(["--run-time", &format!("{}s", length.as_secs())])
            .args(["--no-telnet", "--no-websocket", "--no-print-metrics"])
            .arg("--report-file")
            .arg(&json)
            .arg("--report-file")
            .arg(report)
            .current_dir(self.scratch.path());
        context.run(step, &mut users)?;
        let told = fs::read(&json).context("read what the users say")?;
        let told: Told = serde_json::from_slice(&told).context("read what the users say")?;
        let p99 = |name: &str| {
            let mut responses = told.raw_response_metrics.iter();
            let of_name = responses.find(|it| it.name == name);
            of_name.map_or(0.0, |it| it.percentile_99)
        };
        // Another entry sums up all of them.
        let paths = told.raw_request_metrics.iter();
        let paths = paths.filter(|it| it.name.starts_with('/'));
        Ok(paths
            .map(|it| Waited {
                path: it.name.clone(),
                views: it.number_of_requests,
                mean: it.response_time_average,
                p99: p99(&it.name),
            })
            .collect())
    }
}
