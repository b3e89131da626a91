//! `hearth why`: what a running node knows about a URL.

use std::error::Error;

use app::inspection::{Finding, Held, Report};
use site::Admin;

use crate::cli::Action;

use super::{
    explain::{compare, show},
    node::Node,
};

/// Asks the node about a URL, or about two, and prints what it knows; before that, does something
/// with the first one's entry.
pub(super) fn run(
    node: &Node,
    url: &str,
    other: Option<&str>,
    sql: bool,
    action: Option<Action>,
) -> Result<(), Box<dyn Error>> {
    if let Some(action) = action {
        let form = [("url", url), ("action", action.name())];
        let answer = node.post(&Admin::Cache.path(), &form)?;
        let done: serde_json::Value = serde_json::from_str(&answer)?;
        println!("{}\n", done["done"].as_str().unwrap_or_default());
    }
    let mut pairs = vec![("url", url)];
    pairs.extend(other.map(|other| ("other", other)));
    pairs.extend(sql.then_some(("sql", "1")));
    let answer = node.get(&Admin::Cache.path(), &pairs, "application/json")?;
    let report: Report = serde_json::from_str(&answer).map_err(|error| {
        format!("the node's answer cannot be read, is it of another version? {error}")
    })?;
    for finding in &report.findings {
        print(finding);
        println!();
    }
    if let [one, other] = &*report.findings {
        compare(&one.explained, &other.explained);
        println!();
    }
    row("node", &report.node());
    Ok(())
}

fn print(finding: &Finding) {
    show(&finding.explained);
    if finding.explained.canonical.is_none() {
        return;
    }
    for tier in &finding.tiers {
        row(&tier.tier, &held(tier));
        for (name, value) in tier.answer.iter().flat_map(|answer| answer.facts()) {
            println!("             {name:<14} {value}");
        }
    }
    let miss = finding.last_miss.as_ref().map(|miss| miss.words());
    row(
        "last miss",
        &miss.unwrap_or_else(|| "none is on record".to_owned()),
    );
    row("spellings", &finding.collapsed());
    for spelling in &finding.spellings {
        println!("             {:>6} × {}", spelling.answers, spelling.url);
    }
    for sentence in &finding.touched_by {
        row("touched by", sentence);
    }
    for statement in &finding.statements {
        println!();
        row("statement", &statement.sql);
        println!("             {}", statement.cost());
        for line in &statement.plan {
            println!("             {line}");
        }
    }
}

fn held(tier: &Held) -> String {
    let why = tier.why.as_ref().map(|why| {
        let because = tier.because.as_deref().unwrap_or_default();
        format!("{}: {because}", why.words())
    });
    match (&tier.answer, why) {
        (Some(_), None) => "valid".to_owned(),
        (Some(_), Some(why)) => format!("not valid, {why}"),
        (None, why) => format!("nothing, {}", why.unwrap_or_default()),
    }
}

fn row(name: &str, value: &str) {
    println!("{name:<10} {value}");
}
