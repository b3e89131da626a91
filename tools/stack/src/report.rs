//! What was proved, as a table.

use std::{
    fmt,
    time::{Duration, Instant},
};

use anyhow::Result;
use services::Context;

/// How many claims were proved, were wrong, and could not be tried on this machine.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// True.
    pub held: u64,
    /// Wrong.
    pub broken: u64,
    /// Not tried, for a reason that the table gives.
    pub skipped: u64,
}

enum Outcome {
    Held(String),
    Broken(String),
    Skipped(String),
}

struct Line {
    part: String,
    claim: String,
    outcome: Outcome,
    took: Duration,
}

/// The claims so far.
pub(crate) struct Report<'a> {
    context: &'a Context,
    lines: Vec<Line>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(context: &'a Context) -> Self {
        Self {
            context,
            lines: Vec::new(),
        }
    }

    /// Tries to prove a claim about a part. What `work` returns is printed beside it. Returns whether it is true.
    pub(crate) fn check(
        &mut self,
        part: &str,
        claim: &str,
        work: impl FnOnce() -> Result<String>,
    ) -> bool {
        let started = Instant::now();
        let outcome = self
            .context
            .progress
            .step(format!("{part}: {claim}"), |_| work());
        let held = outcome.is_ok();
        let outcome = match outcome {
            Ok(note) => Outcome::Held(note),
            Err(error) => {
                self.context.progress.say(&format!("error: {error:#}"));
                Outcome::Broken(format!("{error:#}"))
            }
        };
        self.add(part, claim, outcome, started.elapsed());
        held
    }

    /// Notes a claim that cannot be tried here.
    pub(crate) fn skip(&mut self, part: &str, claim: &str, why: &str) {
        self.context
            .progress
            .say(&format!("skipped: {part}: {claim}: {why}"));
        self.add(
            part,
            claim,
            Outcome::Skipped(why.to_owned()),
            Duration::ZERO,
        );
    }

    fn add(&mut self, part: &str, claim: &str, outcome: Outcome, took: Duration) {
        self.lines.push(Line {
            part: part.to_owned(),
            claim: claim.to_owned(),
            outcome,
            took,
        });
    }

    /// The counts.
    pub(crate) fn verdict(&self) -> Verdict {
        let mut verdict = Verdict::default();
        for line in &self.lines {
            match line.outcome {
                Outcome::Held(_) => verdict.held += 1,
                Outcome::Broken(_) => verdict.broken += 1,
                Outcome::Skipped(_) => verdict.skipped += 1,
            }
        }
        verdict
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            let (mark, note) = match &line.outcome {
                Outcome::Held(note) => ("yes", note),
                Outcome::Broken(why) => ("NO", why),
                Outcome::Skipped(why) => ("skipped", why),
            };
            let first = note.lines().next().unwrap_or_default();
            writeln!(
                f,
                "{:<11} {:<7} {:>5.1}s  {}{}{first}",
                line.part,
                mark,
                line.took.as_secs_f64(),
                line.claim,
                if first.is_empty() { "" } else { ": " },
            )?;
        }
        Ok(())
    }
}
