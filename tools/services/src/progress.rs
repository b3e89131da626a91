//! One line per step: a spinner on a terminal; elsewhere, a plain line once the step is done.

use std::{
    io::{IsTerminal, stderr},
    time::{Duration, Instant},
};

use anyhow::Result;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// What a program reports to its user, on standard error.
pub struct Progress {
    bars: Option<MultiProgress>,
    started: Instant,
}

impl Progress {
    /// Begins, with spinners if this is a terminal.
    pub fn begin() -> Self {
        let interactive = stderr().is_terminal() && std::env::var_os("CI").is_none();
        Self {
            bars: interactive.then(MultiProgress::new),
            started: Instant::now(),
        }
    }

    /// Does `work` and reports how long it took, whether it succeeds or fails.
    pub fn step<T>(
        &self,
        name: impl Into<String>,
        work: impl FnOnce(&Step) -> Result<T>,
    ) -> Result<T> {
        let step = Step::new(name.into(), self.bars.as_ref());
        let outcome = work(&step);
        let mark = if outcome.is_ok() { '▸' } else { '✗' };
        let took = seconds(step.started.elapsed());
        if let Some(bar) = &step.bar {
            bar.finish_and_clear();
        }
        self.say(&format!("{mark} {} … {took}", step.name));
        outcome
    }

    /// Prints a line without disturbing the spinners.
    pub fn say(&self, line: &str) {
        match &self.bars {
            // Fails only when the terminal is gone, and with it the reader.
            Some(bars) => drop(bars.println(line)),
            None => eprintln!("{line}"),
        }
    }

    /// The time since the command was started, for a summary.
    pub fn total(&self) -> String {
        seconds(self.started.elapsed())
    }
}

/// A step in progress.
pub struct Step {
    /// As the user sees it; the log file is named after it.
    pub name: String,
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Step {
    fn new(name: String, bars: Option<&MultiProgress>) -> Self {
        let bar = bars.map(|bars| {
            let bar = bars.add(ProgressBar::new_spinner());
            let style =
                ProgressStyle::with_template("{spinner} {prefix} … {elapsed}  {wide_msg:.dim}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.set_prefix(name.clone());
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self {
            name,
            started: Instant::now(),
            bar,
        }
    }

    /// Shows what the step is doing, on a terminal.
    pub fn detail(&self, text: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(text.trim().to_owned());
        }
    }

    /// Shows the progress of a step of known length, and what it is doing, on a terminal.
    pub fn reach(&self, done: Duration, whole: Duration, text: &str) {
        let Some(bar) = &self.bar else { return };
        if bar.length().is_none() {
            let style = ProgressStyle::with_template("{spinner} {prefix} {bar:24} {wide_msg:.dim}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_length(u64::try_from(whole.as_millis()).unwrap_or(u64::MAX));
        }
        bar.set_position(u64::try_from(done.as_millis()).unwrap_or(u64::MAX));
        let left = seconds(whole.saturating_sub(done));
        bar.set_message(format!("{left} left · {text}"));
    }
}

/// `0.4s`, `12s`, `1m 32s`.
fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        0..10 => format!("{:.1}s", duration.as_secs_f64()),
        secs @ 10..60 => format!("{secs}s"),
        secs => format!("{}m {:02}s", secs / 60, secs % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_short() {
        let check =
            |millis, expect: &str| assert_eq!(seconds(Duration::from_millis(millis)), expect);
        check(440, "0.4s");
        check(12_900, "12s");
        check(92_000, "1m 32s");
    }
}
