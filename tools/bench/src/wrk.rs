//! Loading a server with `wrk`.

use std::{fs, io::Read as _, path::PathBuf, process::Stdio, time::Duration};

use anyhow::{Context as _, Result, bail};
use services::{private::Scratch, tool::Tool};

use super::{cpu, sample::Sample};

/// The number of connections of every load.
pub(super) const CONNECTIONS: u32 = 50;

/// Makes wrk print its results in one line.
const SCRIPT: &str = include_str!("wrk.lua");

/// How many times longer a server gets if it was too slow the first time.
const PATIENCE: u32 = 10;

pub(super) struct Wrk {
    tool: Tool,
    script: PathBuf,
    list: PathBuf,
}

/// What is requested, and for how long.
pub(super) struct Load<'a> {
    pub(super) base: &'a str,
    pub(super) headers: &'a [(&'static str, String)],
    pub(super) paths: Paths<'a>,
    pub(super) connections: u32,
    pub(super) length: Duration,
}

#[derive(Clone, Copy)]
pub(super) enum Paths<'a> {
    /// One path again and again.
    One(&'a str),
    /// Paths in order, then again from the first.
    Each(&'a [String]),
}

impl Wrk {
    pub(super) fn new(tool: Tool, scratch: &Scratch) -> Result<Self> {
        let script = scratch.path().join("wrk.lua");
        fs::write(&script, SCRIPT).context("write the script of wrk")?;
        Ok(Self {
            tool,
            script,
            list: scratch.path().join("paths.txt"),
        })
    }

    /// Sends requests for the given time and returns the result. The caller adds the server's own
    /// cost. If nothing is answered in that time, the server gets ten times as long.
    pub(super) fn run(&self, load: &Load) -> Result<Sample> {
        for length in [load.length, load.length * PATIENCE] {
            if let Some(sample) = self.once(load, length)? {
                return Ok(sample);
            }
        }
        bail!("{} answered nothing", load.base)
    }

    fn once(&self, load: &Load, length: Duration) -> Result<Option<Sample>> {
        let mut command = self.tool.command();
        command
            // wrk takes whole seconds.
            .arg(format!("-d{}s", length.as_secs().max(1)))
            .arg(format!("-c{}", load.connections))
            .args(["-t1", "--latency", "--timeout", "20s", "-s"])
            .arg(&self.script);
        for (name, value) in load.headers {
            command.arg("-H").arg(format!("{name}: {value}"));
        }
        match load.paths {
            Paths::One(path) => {
                command.arg(format!("{}{path}", load.base));
            }
            Paths::Each(paths) => {
                fs::write(&self.list, paths.join("\n")).context("write the paths for wrk")?;
                command.arg(load.base).arg("--").arg(&self.list);
            }
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().context("start wrk")?;
        let mut said = String::new();
        if let Some(mut pipe) = child.stdout.take() {
            pipe.read_to_string(&mut said).context("hear wrk")?;
        }
        // It has ended, but until it is waited for, `/proc` still has its CPU time.
        let took = cpu::of_one(child.id()).unwrap_or_default();
        if !child.wait().context("wait for wrk")?.success() {
            bail!("wrk failed\n{said}");
        }
        let sample = parse(&said).with_context(|| format!("wrk said\n{said}"))?;
        Ok(sample.map(|sample| Sample {
            generator: took / sample.seconds,
            ..sample
        }))
    }
}

/// Parses the line that the script prints; `None` if nothing was answered.
fn parse(said: &str) -> Result<Option<Sample>> {
    let line = said.lines().find_map(|line| line.strip_prefix("wrk: "));
    let line = line.context("the script's line is missing")?;
    let number = |name: &str| -> Result<f64> {
        let found = line.split(' ').find_map(|word| {
            let (key, value) = word.split_once('=')?;
            (key == name).then_some(value)
        });
        let found = found.with_context(|| format!("{name} is missing"))?;
        found.parse().with_context(|| format!("{name} is {found}"))
    };
    let (requests, seconds) = (number("requests")?, number("micros")? / 1e6);
    if requests < 1.0 || seconds <= 0.0 {
        return Ok(None);
    }
    Ok(Some(Sample {
        requests,
        seconds,
        rate: requests / seconds,
        p50: number("p50")? / 1e3,
        p99: number("p99")? / 1e3,
        bytes: number("bytes")? / requests,
        failed: number("status")? + number("broken")?,
        ..Sample::default()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_line_is_parsed() {
        let said = "Running 2s test @ http://127.0.0.1:1/\n  1 threads and 50 connections\n\
            Requests/sec:  50000.00\n\
            wrk: requests=100000 micros=2000000 bytes=5000000000 p50=950 p99=2100 status=3 broken=1\n";
        let sample = parse(said).unwrap().unwrap();
        assert_eq!(sample.rate, 50_000.0);
        assert_eq!((sample.p50, sample.p99), (0.95, 2.1));
        assert_eq!((sample.bytes, sample.failed), (50_000.0, 4.0));
    }

    #[test]
    fn no_answers_give_no_sample() {
        let said = "wrk: requests=0 micros=1000000 bytes=0 p50=0 p99=0 status=0 broken=0";
        assert!(parse(said).unwrap().is_none());
    }

    #[test]
    fn missing_values_are_an_error() {
        let check = |said: &str| assert!(parse(said).is_err(), "{said}");
        check("");
        check("unable to connect to 127.0.0.1:1 Connection refused");
        check("wrk: requests=10 micros=x bytes=0 p50=0 p99=0 status=0 broken=0");
        check("wrk: requests=10 micros=1000000");
    }
}
