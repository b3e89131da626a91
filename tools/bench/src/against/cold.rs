//! Uncached pages, requested one after another on a single connection.
//!
//! A round is a number of pages, the same ones for both revisions, rather than a length of time: otherwise the faster
//! revision would render more pages, and different ones.

use std::{
    process,
    time::{Duration, Instant},
};

use anyhow::Result;

use super::ground::{Ground, Side};
use crate::{
    cpu,
    probe::Probe,
    sample::{Sample, quantile},
    stage::Node,
};

/// How many pages a fresh server renders before it is measured. By then it has its database connections, and
/// PostgreSQL has settled on plans for its statements.
const WARMING: usize = 100;

/// The smallest number of pages in a round.
const FEWEST: usize = 20;

/// Shortens the list to the warm-up pages plus as many as both sides can render in the length of a round.
pub(super) fn fit(
    ground: &Ground,
    sides: &[Side; 2],
    mut paths: Vec<String>,
    length: Duration,
) -> Result<Vec<String>> {
    let trial = 2 * WARMING.min(paths.len() / 2);
    let mut slowest = Duration::ZERO;
    for side in sides {
        let (sample, _) = measure(ground, &ground.start(side, None)?, &paths[..trial])?;
        slowest = slowest.max(Duration::from_secs_f64(sample.seconds / sample.requests));
    }
    paths.truncate(trial / 2 + amount(length, slowest));
    Ok(paths)
}

/// Requests all pages from a fresh server, and measures those after the warm-up.
pub(super) fn measure(
    ground: &Ground,
    node: &Node,
    paths: &[String],
) -> Result<(Sample, Option<String>)> {
    let probe = Probe::new();
    let get = |path: &String| probe.get(&format!("{}{path}", node.url), &[]);
    let (first, measured) = paths.split_at(warming(paths));
    for path in first {
        get(path)?;
    }
    let mut took = Vec::with_capacity(measured.len());
    let mut sample = Sample::default();
    let mut wrong = None;
    let generator = cpu::of_one(process::id());
    let before = ground.costs(node);
    let started = Instant::now();
    for path in measured {
        let page = get(path)?;
        took.push(page.took.as_secs_f64() * 1e3);
        sample.bytes += page.body.len() as f64;
        if page.cache_status.contains("; hit") {
            sample.failed += 1.0;
            wrong = Some(format!("{path} answers with `{}`", page.cache_status));
        }
    }
    sample.seconds = started.elapsed().as_secs_f64();
    sample.requests = took.len() as f64;
    ground.costs(node).charge(before, &mut sample);
    if let Some((before, after)) = generator.zip(cpu::of_one(process::id())) {
        sample.generator = (after - before) / sample.seconds;
    }
    sample.rate = sample.requests / sample.seconds;
    sample.bytes /= sample.requests;
    sample.p50 = quantile(&took, 0.5).unwrap_or_default();
    sample.p99 = quantile(&took, 0.99).unwrap_or_default();
    Ok((sample, wrong))
}

/// How many of the pages are for warming up, and not measured.
fn warming(paths: &[String]) -> usize {
    WARMING.min(paths.len() / 2)
}

/// How many pages fill a round of this length, if one takes as long as `page`.
fn amount(length: Duration, page: Duration) -> usize {
    let pages = length.as_secs_f64() / page.as_secs_f64().max(1e-6);
    (pages as usize).max(FEWEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_last_as_long_as_requested() {
        let check = |length, page, expect| {
            let (length, page) = (Duration::from_millis(length), Duration::from_micros(page));
            assert_eq!(amount(length, page), expect);
        };
        check(2_000, 2_000, 1_000);
        check(1_000, 900_000, FEWEST);
        check(1_000, 0, 1_000_000);
    }
}
