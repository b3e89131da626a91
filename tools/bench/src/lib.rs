//! `cargo xtask bench`: measures the server against itself, and in the same run against nginx, Redis and the least that
//! axum can do.
//!
//! A `stage` is a database of some size with two servers on it, one of which has no memory tier. The `field` is all
//! that is loaded there, one `entrant` after another and in rounds, because a machine that is slow for a while should
//! be slow for all: targets compare measurements from the same round. `growth` is what a cold list costs, and a cached
//! answer among many. The `report` is a table, JSON and a page with charts. With `--against`, the server is measured
//! `against` another revision. With `--traffic`, it gets [`traffic`] as readers send it.

mod against;
mod args;
mod cpu;
mod entrant;
mod field;
mod growth;
mod machine;
mod micro;
mod number;
mod paths;
mod plan;
mod probe;
mod redis_benchmark;
mod references;
mod report;
mod sample;
mod scene;
mod stage;
mod target;
mod thing;
pub mod traffic;
mod users;
mod wrk;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use services::{Context, postgres::Postgres, private::Scratch, redis::Redis, tool::Tool};

pub use self::args::Args;
use self::{
    entrant::Entrant,
    plan::Plan,
    references::References,
    report::Report,
    scene::{Row, Scene},
    stage::Stage,
    users::Users,
    wrk::Wrk,
};

/// Numbers of cached answers, and enough memory for them.
const KEYS: [u64; 3] = [1, 1_000, 100_000];
const KEYS_MEMORY_MB: &str = "2048";

/// The paths of the programs to measure.
struct Programs {
    hearth: PathBuf,
    bare: Option<PathBuf>,
}

/// Measures the given build, or the one that `build` makes. `build` builds the server as it is deployed, plus the
/// targets of its crate that the cargo arguments add, and returns the server's binary. The site lies beside it.
pub fn main(
    context: &Context,
    args: Args,
    build: impl FnOnce(&[&str]) -> Result<PathBuf>,
) -> Result<ExitCode> {
    if args.traffic.traffic {
        return traffic::main(context, args, || build(&[]));
    }
    if args.against.is_some() || args.against_binary.is_some() {
        return against::main(context, args, || build(&[]));
    }
    if !args.only.is_empty() {
        bail!("--only chooses what --against compares; without that, everything is measured");
    }
    let plan = Plan::of(&args)?;
    let programs = programs(context, args.binary.as_deref(), build)?;
    let users = Users::build(context)?;
    let inside = micro::targets(context)?;
    let scratch = Scratch::new("bench")?;
    let wrk = Wrk::new(Tool::get(context, &scratch, "wrk")?, &scratch)?;
    let postgres = Postgres::start(context)?;
    let redis = Redis::start(context)?;

    let out = context
        .layout
        .root
        .join(args.out.as_deref().unwrap_or(Path::new("docs/bench")));
    fs::create_dir_all(&out).with_context(|| format!("create {}", out.display()))?;
    let mut report = Report::new(context, &plan, args.binary.is_none());
    let mut weighed = None;
    for (index, &rows) in plan.rows.iter().enumerate() {
        let stage = Stage::start(context, (&postgres, &redis), &programs.hearth, rows)?;
        let references = (index == 0)
            .then(|| References::start(context, &stage, programs.bare.as_deref()))
            .transpose()?;
        let field = field::all(&stage, references.as_ref(), &redis)?;
        let name = format!("loading servers on {rows} homes");
        let rows_of_table = contest(context, &wrk, &stage, &field, &plan, name)?;
        let name = format!("asking for cold lists of {rows} homes");
        let latencies = context
            .progress
            .step(name, |step| growth::latencies(&stage, plan.samples, step))?;
        let name = format!("letting {} users look at {rows} homes", users::USERS);
        let waited = context.progress.step(name, |step| {
            let report = out.join(format!("users-{rows}.html"));
            users.measure((context, step), &stage, plan.visit, &report)
        })?;
        report.scenes.push(Scene {
            stored: rows,
            listed: stage.listed,
            bytes: stage.stored,
            seeding: stage.seeding.as_secs_f64(),
            rows: rows_of_table,
            latencies,
            users: waited,
        });
        // Written now, so that a later failure does not lose this part.
        report.targets = target::all(&report.scenes, &inside, None);
        report.write(&out)?;
        // At the first size with enough homes, or at the last one.
        let enough = rows >= KEYS[2] || index + 1 == plan.rows.len();
        if enough && report.keys.is_empty() {
            let servers = (&postgres, &redis);
            let node = stage.another(context, servers, &programs.hearth, KEYS_MEMORY_MB)?;
            let weight = context
                .progress
                .step("measuring the memory of cached answers", |step| {
                    growth::weight(&stage, &node, step)
                })?;
            weighed = Some(weight);
            let amounts = KEYS.map(|keys| keys.min(rows));
            report.keys =
                context
                    .progress
                    .step("loading a server that has cached many answers", |step| {
                        growth::keys(
                            &wrk,
                            &stage,
                            &node,
                            &amounts,
                            (plan.rounds, plan.length),
                            step,
                        )
                    })?;
        }
    }
    report.targets = target::all(&report.scenes, &inside, weighed.as_ref());
    report.write(&out)?;
    println!("{}", report.table());
    context.progress.say(&format!(
        "ended after {}; the report is {}",
        context.progress.total(),
        out.join("report.html").display()
    ));
    Ok(ExitCode::SUCCESS)
}

fn programs(
    context: &Context,
    built: Option<&Path>,
    build: impl FnOnce(&[&str]) -> Result<PathBuf>,
) -> Result<Programs> {
    let Some(dir) = built else {
        return Ok(Programs {
            hearth: build(&["--example", "bare"])?,
            bare: Some(context.layout.target.join("release/examples/bare")),
        });
    };
    let program = |name: &str| {
        let path = std::path::absolute(dir.join(name)).ok()?;
        path.is_file().then_some(path)
    };
    Ok(Programs {
        hearth: program("hearth").with_context(|| format!("no hearth in {}", dir.display()))?,
        bare: program("bare"),
    })
}

/// Loads all entrants in rounds, every other round in reverse order.
fn contest(
    context: &Context,
    wrk: &Wrk,
    stage: &Stage,
    field: &[Entrant],
    plan: &Plan,
    name: String,
) -> Result<Vec<Row>> {
    context.progress.step(name, |step| {
        let mut rows: Vec<Row> = field
            .iter()
            .map(|entrant| Row::new(entrant.id, entrant.name, entrant.reference, Vec::new()))
            .collect();
        let present = || {
            field
                .iter()
                .enumerate()
                .filter(|(_, it)| it.missing().is_none())
        };
        for (at, entrant) in field.iter().enumerate() {
            step.detail(&format!("warming {}", entrant.name));
            rows[at].missing = entrant.missing().map(str::to_owned);
            rows[at].wrong = entrant.warm(wrk)?;
        }
        let count = u32::try_from(present().count()).unwrap_or(u32::MAX);
        let whole = plan.length * count * u32::try_from(plan.rounds).unwrap_or(u32::MAX);
        let mut done = Duration::ZERO;
        for round in 0..plan.rounds {
            let mut order: Vec<_> = present().collect();
            if round % 2 == 1 {
                order.reverse();
            }
            for (at, entrant) in order {
                step.reach(done, whole, entrant.name);
                let sample = entrant.measure(wrk, stage, round, plan.length)?;
                rows[at].rounds.push(sample);
                done += plan.length;
            }
        }
        for row in &mut rows {
            row.settle();
        }
        Ok(rows)
    })
}
