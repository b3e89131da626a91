//! `hearth tail`: what the tiers of a running node decide.

use std::{
    error::Error,
    io::{BufRead as _, Write as _, stdout},
};

use app::line::Line;
use site::Admin;

use super::node::Node;

/// Prints a line for each decision that passes the filter, until the node or the person ends it.
pub(super) fn follow(
    node: &Node,
    filter: &[(&str, &str)],
    as_json: bool,
) -> Result<(), Box<dyn Error>> {
    loop {
        let mut event = String::new();
        for line in node.follow(Admin::TAIL_EVENTS, filter)?.lines() {
            // The connection was lost, or the node has stopped.
            let Ok(line) = line else { break };
            if let Some(name) = line.strip_prefix("event:") {
                event = name.trim().to_owned();
            } else if let Some(data) = line.strip_prefix("data:") {
                let shown = show(&event, data.trim(), as_json);
                // Whoever reads, such as `head`, may have had enough.
                if shown.is_some_and(|shown| writeln!(stdout(), "{shown}").is_err()) {
                    return Ok(());
                }
            }
        }
        eprintln!("hearth: the stream has ended; connecting again");
    }
}

/// Prints the last decisions that pass the filter, the newest last.
pub(super) fn look_back(
    node: &Node,
    filter: &[(&str, &str)],
    count: usize,
    as_json: bool,
) -> Result<(), Box<dyn Error>> {
    let answer = node.get(&Admin::Tail.path(), filter, "application/json")?;
    let lines: Vec<Line> = serde_json::from_str(&answer)?;
    for line in lines.iter().take(count).rev() {
        if as_json {
            println!("{}", serde_json::to_string(line)?);
        } else {
            println!("{}", written(line));
        }
    }
    Ok(())
}

fn show(event: &str, data: &str, as_json: bool) -> Option<String> {
    match event {
        "decision" if as_json => Some(data.to_owned()),
        "decision" => {
            let line = serde_json::from_str(data).ok()?;
            Some(written(&line))
        }
        "dropped" if as_json => Some(format!("{{\"dropped\":{data}}}")),
        "dropped" => Some(format!("… {data} more were too many to show")),
        _ => None,
    }
}

fn written(line: &Line) -> String {
    let (clock, took) = (line.clock(), line.took().unwrap_or_default());
    let (tier, verdict, key, reason) = (&line.tier, &line.verdict, &line.key, line.reason());
    let text = format!("{clock} {tier:<6} {verdict:<7} {took:>8}  {key}  {reason}");
    text.trim_end().to_owned()
}
