//! `hearth tail`: what the tiers of a running node decide.

use std::{
    error::Error,
    io::{BufRead as _, Write as _, stdout},
};

use app::line::Line;
use site::Admin;

use super::node::Node;

/// Prints a line for each decision that passes the filter, until the node or the person ends it.
pub(super) fn run(
    node: &Node,
    filter: [(&str, Option<String>); 4],
    as_json: bool,
) -> Result<(), Box<dyn Error>> {
    let pairs: Vec<(&str, &str)> = filter
        .iter()
        .filter_map(|(name, value)| Some((*name, value.as_deref()?)))
        .collect();
    loop {
        let mut event = String::new();
        for line in node.follow(Admin::TAIL_EVENTS, &pairs)?.lines() {
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

fn show(event: &str, data: &str, as_json: bool) -> Option<String> {
    match event {
        "decision" if as_json => Some(data.to_owned()),
        "decision" => {
            let line: Line = serde_json::from_str(data).ok()?;
            let took = line.took().unwrap_or_default();
            Some(format!(
                "{} {:<6} {:<7} {took:>8}  {}  {}",
                line.clock(),
                line.tier,
                line.verdict,
                line.key,
                line.reason()
            ))
        }
        "dropped" if as_json => Some(format!("{{\"dropped\":{data}}}")),
        "dropped" => Some(format!("… {data} more were too many to show")),
        _ => None,
    }
}
