//! `hearth doctor`: what is wrong with an installation, and what to do about it.
//!
//! It only reads. Each check looks at one thing and says what it has found; a healthy installation
//! has no findings. What needs time to be seen (signs of life, evictions) is looked at twice.

mod clock;
mod database;
mod fleet;
mod installation;
mod machine;
mod node;
mod origin;
mod redis;
mod unreadable;

use std::{error::Error, time::Duration};

use serde::Serialize;

use super::node::Node;
use crate::config::{Config, Setting};

/// How long a node may show no sign of life: longer than any lease, and several confirmations.
const SILENCE: Duration = Duration::from_millis(2_500);

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Check {
    /// Its name.
    check: &'static str,
    /// What was seen, if it is worth a line.
    seen: String,
    /// What is wrong.
    findings: Vec<Finding>,
}

/// Something that is wrong.
#[derive(Debug, Serialize)]
struct Finding {
    severity: Severity,
    /// What is wrong.
    what: String,
    /// What to do.
    remedy: String,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Severity {
    /// It works, but not as well as it could, or not for long.
    Warning,
    /// It does not work, or breaks a promise.
    Problem,
}

impl Check {
    fn new(check: &'static str) -> Self {
        Self {
            check,
            seen: String::new(),
            findings: Vec::new(),
        }
    }

    fn sees(&mut self, seen: impl Into<String>) {
        self.seen = seen.into();
    }

    fn warn(&mut self, what: impl Into<String>, remedy: impl Into<String>) {
        self.find(Severity::Warning, what.into(), remedy.into());
    }

    fn fail(&mut self, what: impl Into<String>, remedy: impl Into<String>) {
        self.find(Severity::Problem, what.into(), remedy.into());
    }

    fn find(&mut self, severity: Severity, what: String, remedy: String) {
        self.findings.push(Finding {
            severity,
            what,
            remedy,
        });
    }
}

/// Looks at everything and prints it.
///
/// # Errors
/// If there is a problem; warnings are no error.
pub(super) async fn run(
    config: &Config,
    settings: &[Setting],
    node: Node,
    as_json: bool,
) -> Result<(), Box<dyn Error>> {
    let mut checks = vec![
        installation::configuration(config, settings),
        installation::site(config),
        machine::limits(),
        machine::disk(config),
    ];
    let database = database::checks(config);
    let shared = redis::check(config);
    let reached = node::check(node);
    let public = origin::check(config);
    let (database, shared, reached, public) = tokio::join!(database, shared, reached, public);
    checks.extend(database);
    checks.extend(shared);
    checks.push(reached);
    checks.extend(public);
    let count = |severity| {
        let findings = checks.iter().flat_map(|check| &check.findings);
        findings.filter(|one| one.severity == severity).count()
    };
    let (problems, warnings) = (count(Severity::Problem), count(Severity::Warning));
    if as_json {
        let report = serde_json::json!({
            "healthy": problems == 0 && warnings == 0,
            "problems": problems,
            "warnings": warnings,
            "checks": checks,
        });
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        show(&checks);
    }
    match (problems, warnings) {
        (0, 0) => {
            if !as_json {
                println!("\nall is well");
            }
            Ok(())
        }
        (0, warnings) => {
            eprintln!("hearth: {}", counted(warnings, "warning"));
            Ok(())
        }
        (problems, 0) => Err(counted(problems, "problem").into()),
        (problems, warnings) => {
            let problems = counted(problems, "problem");
            Err(format!("{problems}, {}", counted(warnings, "warning")).into())
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

/// Prints a line for each check, and below it what is wrong.
fn show(checks: &[Check]) {
    for Check {
        check,
        seen,
        findings,
    } in checks
    {
        let worst = findings.iter().map(|finding| finding.severity);
        let verdict = if findings.is_empty() {
            "ok"
        } else if worst.into_iter().any(|one| one == Severity::Problem) {
            "PROBLEM"
        } else {
            "WARNING"
        };
        println!("{verdict:8} {check:14} {seen}");
        for finding in findings {
            println!("{:24}{}", "", finding.what);
            println!("{:24}→ {}", "", finding.remedy);
        }
    }
}
