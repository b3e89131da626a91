//! How the cost of a query grows with the number of rows, and that of a cached answer with the number of them.

use std::time::Duration;

use anyhow::Result;
use serde::Serialize;
use services::progress::Step;

use super::{
    cpu,
    entrant::Entrant,
    paths::{self, LIST},
    probe::Probe,
    sample::{Sample, quantile},
    stage::{Node, Stage},
    wrk::Wrk,
};

/// How long one uncached list takes, requested alone.
#[derive(Serialize)]
pub(super) struct Latency {
    pub(super) filter: String,
    /// Whether it is a common filter, or a page that is rarely requested.
    pub(super) common: bool,
    pub(super) path: String,
    /// Including the count, in milliseconds.
    pub(super) cold: Times,
    /// Another page of the same list, its count cached.
    pub(super) counted: Times,
}

#[derive(Serialize, Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) p50: f64,
    pub(super) p99: f64,
}

impl Times {
    pub(super) fn of(values: &[f64]) -> Self {
        let of = |share| quantile(values, share).unwrap_or_default();
        Self {
            p50: of(0.5),
            p99: of(0.99),
        }
    }
}

/// Requests lists of common filters, each time after everything cached was invalidated.
pub(super) fn latencies(stage: &Stage, samples: u32, step: &Step) -> Result<Vec<Latency>> {
    let deep = paths::last_page(stage.listed).min(1_000);
    let filters = [
        ("no filter", true, String::new(), 1, 2),
        ("a city", true, format!("city={}&", stage.city), 1, 2),
        (
            "type and price",
            true,
            "property_type=condo&min_price=200000&max_price=900000&".to_owned(),
            1,
            2,
        ),
        (
            "page 1,000 or the last",
            false,
            String::new(),
            deep,
            deep - 1,
        ),
    ];
    let path = |filter: &str, page: u64| format!("{LIST}?{filter}page={page}");
    let mut took = filters.each_ref().map(|_| (Vec::new(), Vec::new()));
    let probe = Probe::new();
    for done in 0..samples {
        step.detail(&format!("{done} of {samples}"));
        for ((_, _, filter, cold, counted), took) in filters.iter().zip(&mut took) {
            stage.forget()?;
            // After this, connections are open and the node has noticed the edit.
            probe.get(&format!("{}/api/recipes/1/", stage.node.url), &[])?;
            for (page, took) in [(*cold, &mut took.0), (*counted, &mut took.1)] {
                let url = format!("{}{}", stage.node.url, path(filter, page));
                let answer = probe.get(&url, &[])?;
                anyhow::ensure!(
                    !answer.cache_status.contains("; hit"),
                    "{url} should not be cached, but answers {}",
                    answer.cache_status
                );
                took.push(answer.took.as_secs_f64() * 1e3);
            }
        }
    }
    let latencies = filters.into_iter().zip(took);
    Ok(latencies
        .map(|((name, common, filter, cold, _), took)| Latency {
            filter: name.to_owned(),
            common,
            path: path(&filter, cold),
            cold: Times::of(&took.0),
            counted: Times::of(&took.1),
        })
        .collect())
}

/// The memory that this many cached lists take.
pub(super) struct Weight {
    pub(super) lists: usize,
    /// The size of all their encodings.
    pub(super) bytes: u64,
    /// How much the server's resident memory grew by caching them, in bytes.
    pub(super) resident: u64,
}

/// Lets a server cache lists, as identity and Brotli, and measures its memory before and after.
pub(super) fn weight(stage: &Stage, node: &Node, step: &Step) -> Result<Weight> {
    let probe = Probe::new();
    let lists = paths::pages(stage.listed, WEIGHED);
    let mut bytes = 0;
    let mut request = |lists: &[String]| -> Result<u64> {
        for (done, path) in lists.iter().enumerate() {
            step.detail(&format!("{done} lists weighed"));
            let url = format!("{}{path}", node.url);
            for coding in ["identity", "br"] {
                let answer = probe.get(&url, &[("accept-encoding", coding)])?;
                bytes += answer.body.len() as u64;
            }
        }
        Ok(std::mem::take(&mut bytes))
    };
    // The first lists also pay for connections, statements and buffers.
    let (first, rest) = lists.split_at(lists.len() / 10);
    request(first)?;
    let before = cpu::memory(node.pid).unwrap_or_default();
    let bytes = request(rest)?;
    let after = cpu::memory(node.pid).unwrap_or_default();
    Ok(Weight {
        lists: rest.len(),
        bytes,
        resident: after.saturating_sub(before),
    })
}

/// How many lists are weighed, if there are that many.
const WEIGHED: u64 = 1_100;

/// Memory hits among this many cached answers.
#[derive(Serialize)]
pub(super) struct Keys {
    pub(super) keys: u64,
    /// The server's resident memory, in bytes.
    pub(super) resident: u64,
    pub(super) median: Sample,
    pub(super) wrong: Option<String>,
}

/// Measures cached single homes, requested in an order that no processor cache can predict.
pub(super) fn keys(
    wrk: &Wrk,
    stage: &Stage,
    node: &Node,
    amounts: &[u64],
    (rounds, length): (u64, Duration),
    step: &Step,
) -> Result<Vec<Keys>> {
    let mut measured = Vec::new();
    for &keys in amounts {
        step.detail(&format!("{keys} cached"));
        let paths = (0..keys)
            .map(|number| format!("{LIST}{}/", 1 + scatter(number, keys)))
            .collect();
        let entrant = Entrant::of_paths(&node.url, node.pid, paths);
        let wrong = entrant.warm(wrk)?;
        let samples: Result<Vec<Sample>> = (0..rounds)
            .map(|round| entrant.measure(wrk, stage, round, length))
            .collect();
        measured.push(Keys {
            keys,
            resident: cpu::memory(node.pid).unwrap_or_default(),
            median: Sample::median(&samples?),
            wrong,
        });
    }
    Ok(measured)
}

/// Permutes the numbers below `many`: the factor is a prime and larger than any of them.
fn scatter(number: u64, many: u64) -> u64 {
    number * 2_654_435_761 % many
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scattering_is_a_permutation() {
        for many in [1, 1_000, 5_000, 100_000] {
            let mut all: Vec<u64> = (0..many).map(|number| scatter(number, many)).collect();
            all.sort_unstable();
            assert!(all.into_iter().eq(0..many), "{many}");
        }
    }
}
