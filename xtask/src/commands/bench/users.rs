//! People instead of connections: they look at a list, pause, and look again. They are goose's
//! (`bench/users`), and so is the report with the graphs.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::{growth::Times, stage::Stage};
use crate::{Context, cargo, process::bound, progress::Step, services::Scratch};

/// How many look at once.
pub(super) const USERS: u64 = 100;

/// So many come in a second.
const ARRIVALS: u64 = 50;

/// What the users waited for one of the lists.
#[derive(Serialize)]
pub(super) struct Waited {
    pub(super) path: String,
    pub(super) views: u64,
    /// In whole milliseconds.
    pub(super) times: Times,
}

/// The program that is all of them.
pub(super) struct Users {
    program: PathBuf,
    scratch: Scratch,
}

/// What is read of goose's report in JSON.
#[derive(Deserialize)]
struct Told {
    raw_request_metrics: Vec<Requests>,
    raw_response_metrics: Vec<Responses>,
}

#[derive(Deserialize)]
struct Requests {
    name: String,
    number_of_requests: u64,
}

#[derive(Deserialize)]
struct Responses {
    name: String,
    percentile_50: f64,
    percentile_99: f64,
}

impl Users {
    pub(super) fn build(context: &Context) -> Result<Self> {
        context.progress.step("building the users", |step| {
            let mut build = cargo::cargo(&context.layout, "build");
            build.args(["--locked", "--manifest-path", "bench/users/Cargo.toml"]);
            context.run(step, &mut build)
        })?;
        Ok(Self {
            program: context.layout.target.join("debug/users"),
            scratch: Scratch::new("users")?,
        })
    }

    /// Lets them look for so long, and writes what they waited for to `report`, as HTML.
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
            .args(["--hatch-rate", &ARRIVALS.to_string()])
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
        let views = |name: &str| {
            let requests = told.raw_request_metrics.iter();
            let mut of_name = requests.filter(|requests| requests.name == name);
            of_name.next().map_or(0, |it| it.number_of_requests)
        };
        let paths = told.raw_response_metrics.iter();
        Ok(paths
            .filter(|it| it.name.starts_with('/'))
            .map(|it| Waited {
                path: it.name.clone(),
                views: views(&it.name),
                times: Times {
                    p50: it.percentile_50,
                    p99: it.percentile_99,
                },
            })
            .collect())
    }
}
