//! What Redis alone can do, measured with its own redis-benchmark.

use std::time::Duration;

use anyhow::{Context as _, Result};
use services::{process::ask, tool::Tool};

use super::sample::Sample;

/// How many requests are made first, to estimate how many fill the wanted time.
const TRIAL: f64 = 5_000.0;

pub(super) struct RedisBenchmark {
    pub(super) tool: Tool,
    pub(super) port: u16,
}

impl RedisBenchmark {
    /// GETs of a value of this size, without pipelining.
    pub(super) fn run(&self, size: usize, connections: u32, length: Duration) -> Result<Sample> {
        // In another database than the one where the server stores its entries.
        self.once("set", size, 1, 100.0)?;
        let trial = self.once("get", size, connections, TRIAL)?;
        let requests = (trial.rate * length.as_secs_f64()).max(TRIAL);
        let mut sample = self.once("get", size, connections, requests)?;
        // The CPU time of Redis, which the caller measures, includes the trial.
        sample.requests += TRIAL;
        Ok(sample)
    }

    fn once(&self, test: &str, size: usize, connections: u32, requests: f64) -> Result<Sample> {
        let mut command = self.tool.command();
        command
            .args(["-h", "127.0.0.1", "--dbnum", "1", "--csv", "-t", test])
            .args(["-p", &self.port.to_string()])
            .args(["-c", &connections.to_string()])
            .args(["-n", &format!("{requests:.0}")])
            .args(["-d", &size.to_string()]);
        let said = ask(&mut command).context("redis-benchmark failed")?;
        let mut sample = parse(&said).with_context(|| format!("redis-benchmark said\n{said}"))?;
        sample.requests = requests;
        sample.seconds = requests / sample.rate;
        sample.bytes = size as f64;
        Ok(sample)
    }
}

/// Parses its comma-separated values: a line of names and one of figures.
fn parse(said: &str) -> Result<Sample> {
    let mut lines = said.lines().filter(|line| line.starts_with('"'));
    let mut columns = || {
        let line = lines.next().context("a line is missing")?;
        Ok::<_, anyhow::Error>(line.split(',').map(|cell| cell.trim().trim_matches('"')))
    };
    let names: Vec<&str> = columns()?.collect();
    let figures: Vec<&str> = columns()?.collect();
    let figure = |name: &str| -> Result<f64> {
        let at = names.iter().position(|found| *found == name);
        let cell = at.and_then(|at| figures.get(at));
        let cell = cell.with_context(|| format!("{name} is missing"))?;
        cell.parse().with_context(|| format!("{name} is {cell}"))
    };
    Ok(Sample {
        rate: figure("rps")?,
        p50: figure("p50_latency_ms")?,
        p99: figure("p99_latency_ms")?,
        ..Sample::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "\"test\",\"rps\",\"avg_latency_ms\",\"min_latency_ms\",\
        \"p50_latency_ms\",\"p95_latency_ms\",\"p99_latency_ms\",\"max_latency_ms\"";

    #[test]
    fn figures_are_parsed() {
        let said = format!(
            "{NAMES}\n\"GET\",\"38461.54\",\"0.712\",\"0.184\",\"0.695\",\"1.1\",\"1.423\",\"3\"\n"
        );
        let sample = parse(&said).unwrap();
        assert_eq!(
            (sample.rate, sample.p50, sample.p99),
            (38_461.54, 0.695, 1.423)
        );
    }

    #[test]
    fn other_output_is_an_error() {
        let check = |said: &str| assert!(parse(said).is_err(), "{said}");
        check("");
        check("Could not connect to Redis at 127.0.0.1:1: Connection refused");
        check(NAMES);
        check("\"test\",\"rps\"\n\"GET\",\"1000\"");
        check(&format!(
            "{NAMES}\n\"GET\",\"nan?\",\"0\",\"0\",\"0\",\"0\",\"0\",\"0\""
        ));
    }
}
