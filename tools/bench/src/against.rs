//! `cargo xtask bench --against REV`: whether the working tree is faster or slower than another revision, and with what
//! confidence.
//!
//! Both are built in release mode, seed a database each with the same homes, and do the same [`Thing`] in turn, round
//! after round. Every second round starts with the other one, so that a machine that speeds up or slows down affects
//! both alike. Only measurements from the same round are compared, and the median of their ratios has an [`interval`].
//!
//! Every round starts new servers. One process may be luckier than another (memory layout, hash placement) for as long
//! as it lives, and no number of rounds with the same process would show that. See T. Kalibera and R. Jones,
//! "Rigorous Benchmarking in Reasonable Time" (ISMM 2013). New servers also have nothing cached.

mod cold;
mod git;
mod ground;
mod hit;
mod interval;
mod report;
mod revision;
mod watchers;
mod work;

use std::{fs, path::PathBuf, process::ExitCode, time::Duration};

use anyhow::{Context as _, Result, bail};
use services::{
    Context, postgres::Postgres, private::Scratch, progress::Step, redis::Redis, tool::Tool,
};

use self::{
    ground::{Ground, Side},
    report::{Duel, Measured, Report},
    revision::Revision,
    work::Work,
};
use super::{
    args::{Args, SIZES},
    thing::Thing,
    wrk::Wrk,
};

/// Fewer rounds say little: with 20, the interval leaves out the five smallest and the five largest ratios.
const ROUNDS: u64 = 20;

/// Roughly how long it takes to start and warm up a server.
const OVERHEAD: Duration = Duration::from_millis(1_500);

/// What to measure, how long and how often.
struct Plan {
    things: Vec<Thing>,
    rows: u64,
    rounds: u64,
    length: Duration,
}

impl Plan {
    fn of(args: &Args) -> Result<Self> {
        let rows = match args.rows[..] {
            [] => SIZES[0],
            [rows] => rows,
            _ => bail!("--against takes a single size in --rows"),
        };
        if rows < 100 {
            bail!("--rows takes sizes of 100 and more");
        }
        let seconds = args.seconds.unwrap_or(if args.quick { 1 } else { 2 });
        Ok(Self {
            things: Thing::chosen(&args.only),
            rows,
            rounds: args.rounds.unwrap_or(ROUNDS),
            length: Duration::from_secs(seconds),
        })
    }

    /// The time for one thing: both sides, all rounds.
    fn whole(&self) -> Duration {
        self.length * 2 * u32::try_from(self.rounds).unwrap_or(u32::MAX)
    }

    fn minutes(&self) -> u64 {
        let loads = 2 * self.rounds * self.things.len() as u64;
        let seconds = loads as f64 * (self.length + OVERHEAD).as_secs_f64();
        (seconds / 60.0).ceil() as u64
    }
}

pub(super) fn main(
    context: &Context,
    args: Args,
    build: impl FnOnce() -> Result<PathBuf>,
) -> Result<ExitCode> {
    let plan = Plan::of(&args)?;
    let out = args
        .out
        .unwrap_or_else(|| PathBuf::from("docs/bench/against.json"));
    let out = context.layout.root.join(out);
    // Report missing inputs before the first long build, not after it.
    for dir in args.binary.iter().chain(&args.against_binary) {
        revision::is_bundle(dir)?;
    }
    let commit = match &args.against {
        Some(name) => Some((name.as_str(), git::resolve(&context.layout.root, name)?)),
        None => None,
    };
    let tree = Revision::here(context, args.binary.as_deref(), build)?;
    let against = Revision::there(context, commit, args.against_binary.as_deref())?;

    let scratch = Scratch::new("against")?;
    let ground = Ground {
        context,
        wrk: Wrk::new(Tool::get(context, &scratch, "wrk")?, &scratch)?,
        postgres: Postgres::start(context)?,
        redis: Redis::start(context)?,
    };
    let sides = [
        ground.side(&tree, 1, plan.rows, args.watched)?,
        ground.side(&against, 2, plan.rows, false)?,
    ];
    let mut report = Report::new([&tree, &against], &plan, notes(&tree, &against, &plan));
    if args.watched {
        report.notes.push(watchers::NOTE.to_owned());
    }
    if sides[0].listed != sides[1].listed {
        report.notes.push(format!(
            "lists are of {} homes here and of {} there: the two seed differently, and do not the same work",
            sides[0].listed, sides[1].listed
        ));
    }
    if let Some(dir) = out.parent() {
        fs::create_dir_all(dir).with_context(|| format!("create {}", dir.display()))?;
    }
    context
        .progress
        .say(&format!("comparing takes about {} min", plan.minutes()));
    for &thing in &plan.things {
        let name = format!("comparing {}", thing.name());
        let duel = context
            .progress
            .step(name, |step| duel(&ground, &sides, thing, &plan, step))?;
        report.duels.push(duel);
        // Written now, so that a later failure does not lose this result.
        report.write(&out)?;
    }
    println!("{}", report.table());
    context.progress.say(&format!(
        "ended after {}; the report is {}",
        context.progress.total(),
        out.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Caveats that a reader of the figures must know.
fn notes(tree: &Revision, against: &Revision, plan: &Plan) -> Vec<String> {
    let mut notes = Vec::new();
    for (which, option, revision) in [
        ("working tree's", "--binary", tree),
        ("other", "--against-binary", against),
    ] {
        if !revision.built {
            notes.push(format!(
                "the {which} server was not built for this run, {option} gave it: it may be of any sources and profile"
            ));
        }
    }
    if tree.hash == against.hash {
        notes.push(
            "both are the same binary: what differs is chance, or the site beside it".to_owned(),
        );
    }
    if plan.rounds < ROUNDS {
        notes.push(format!("fewer than {ROUNDS} rounds say little"));
    }
    notes
}

/// Measures one thing on both sides in turn.
fn duel(
    ground: &Ground,
    sides: &[Side; 2],
    thing: Thing,
    plan: &Plan,
    step: &Step,
) -> Result<Duel> {
    step.detail("preparing");
    let listed = sides[0].listed.min(sides[1].listed);
    let work = match Work::of(thing, plan.rows, listed) {
        Work::Cold(paths) => Work::Cold(cold::fit(ground, sides, paths, plan.length)?),
        hit => hit,
    };
    let mut measured = [Measured::default(), Measured::default()];
    let mut done = Duration::ZERO;
    for round in 0..plan.rounds {
        let order = if round % 2 == 0 { [0, 1] } else { [1, 0] };
        for at in order {
            let text = format!("round {} of {}", round + 1, plan.rounds);
            step.reach(done, plan.whole(), &text);
            let (sample, wrong) = match &work {
                Work::Hit(hit) => {
                    let node = ground.start(&sides[at], hit.memory_mb)?;
                    let _watchers = ground.watch(&sides[at], &node)?;
                    hit.measure(ground, &node, plan.length)?
                }
                Work::Cold(paths) => {
                    cold::measure(ground, &ground.start(&sides[at], None)?, paths)?
                }
            };
            measured[at].rounds.push(sample);
            measured[at].wrong = measured[at].wrong.take().or(wrong);
            done += plan.length;
        }
    }
    Ok(Duel::new(thing, measured))
}
