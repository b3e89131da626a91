//! Counts tests, and reads the counts of other programs.

use std::{fmt, ops::AddAssign};

use anyhow::{Context as _, Result};
use serde_json::Value;

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    pub(crate) const ONE_PASSED: Self = Self {
        passed: 1,
        failed: 0,
    };
    pub(crate) const ONE_FAILED: Self = Self {
        passed: 0,
        failed: 1,
    };

    /// The sum of cargo's `test result:` lines.
    pub(crate) fn of_cargo(output: &str) -> Self {
        output
            .lines()
            .filter_map(|line| line.trim().strip_prefix("test result: "))
            .fold(Self::default(), |sum, line| Self {
                passed: sum.passed + number_before(line, "passed"),
                failed: sum.failed + number_before(line, "failed"),
            })
    }

    /// The last `N passed, N failed`.
    pub(crate) fn of_line(output: &str) -> Result<Self> {
        output
            .lines()
            .rev()
            .find(|line| line.contains(" passed, ") && line.trim_end().ends_with(" failed"))
            .map(|line| Self {
                passed: number_before(line, "passed"),
                failed: number_before(line, "failed"),
            })
            .context("no line `N passed, N failed` was printed")
    }

    /// Playwright's JSON report. Flaky tests failed at least once, so they count as failed.
    pub(crate) fn of_playwright(report: &str) -> Result<Self> {
        let report: Value = serde_json::from_str(report).context("read Playwright's report")?;
        let stats = |name: &str| report["stats"][name].as_u64();
        let passed = stats("expected").context("Playwright's report has no `stats.expected`")?;
        let broken = report["errors"]
            .as_array()
            .map_or(0, |errors| errors.len() as u64);
        let failed = stats("unexpected").unwrap_or(0) + stats("flaky").unwrap_or(0) + broken;
        Ok(Self { passed, failed })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn number_before(line: &str, word: &str) -> u64 {
    let mut words = line.split([' ', ',', ';']).filter(|word| !word.is_empty());
    let mut last = "";
    words
        .find_map(|found| {
            let number = std::mem::replace(&mut last, found);
            (found == word).then(|| number.parse().unwrap_or(0))
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_results_are_summed() {
        let output = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(
            Tally::of_cargo(output),
            Tally {
                passed: 7,
                failed: 2
            }
        );
    }

    #[test]
    fn the_last_line_counts() {
        let output = "1 passed, 0 failed\nnoise\n12 passed, 3 failed\n";
        assert_eq!(
            Tally::of_line(output).unwrap(),
            Tally {
                passed: 12,
                failed: 3
            }
        );
        assert!(Tally::of_line("nothing").is_err());
    }

    #[test]
    fn playwright_errors_and_flaky_tests_are_failures() {
        let report =
            r#"{"errors":[{}],"stats":{"expected":5,"unexpected":1,"flaky":2,"skipped":9}}"#;
        assert_eq!(
            Tally::of_playwright(report).unwrap(),
            Tally {
                passed: 5,
                failed: 4
            }
        );
    }
}
