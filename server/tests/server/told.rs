//! The reasons that a server gives, as each of its witnesses tells them: pairs of tier and reason.

use std::collections::BTreeMap;

/// A tier and the reason why it did not have an answer.
pub(crate) type Told = (String, String);

/// The reasons in a `Cache-Status`. A tier without the answer must give one.
pub(crate) fn by_header(status: &str) -> Vec<Told> {
    let mut told = Vec::new();
    for member in status.split(", ") {
        let mut parts = member.split("; ");
        let tier = parts.next().unwrap().trim_start_matches("hearth-");
        let parts: Vec<&str> = parts.collect();
        if !parts.contains(&"hit") {
            let reason = parts.iter().find_map(|part| part.strip_prefix("detail="));
            let reason = reason.unwrap_or_else(|| panic!("no reason in {status}"));
            told.push((tier.to_owned(), reason.to_owned()));
        }
    }
    told
}

/// The reasons that `hearth_misses_total` counts, and how often.
pub(crate) fn by_metrics(metrics: &str) -> BTreeMap<Told, u64> {
    let mut counts = BTreeMap::new();
    for line in metrics.lines() {
        let Some(rest) = line.strip_prefix("hearth_misses_total{") else {
            continue;
        };
        let (labels, value) = rest.rsplit_once("} ").unwrap();
        let label = |name: &str| {
            let labels = labels.split(',');
            let value = labels
                .filter_map(|label| label.split_once('='))
                .find(|(key, _)| *key == name);
            value.unwrap().1.trim_matches('"').to_owned()
        };
        *counts.entry((label("tier"), label("reason"))).or_default() +=
            value.parse::<u64>().unwrap();
    }
    counts
}

/// The reasons in a log of JSON lines; other lines are left out.
pub(crate) fn by_log(log: &str) -> Vec<Told> {
    let lines = log.lines().filter(|line| line.starts_with('{'));
    let lines = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let told = lines.filter_map(|line| {
        let tier = line["target"].as_str()?.strip_prefix("cache::")?.to_owned();
        Some((tier, line["fields"]["reason"].as_str()?.to_owned()))
    });
    told.collect()
}
