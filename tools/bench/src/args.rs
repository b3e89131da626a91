//! The command-line arguments.

use std::path::PathBuf;

use super::{thing::Thing, traffic::Editing};

/// What to measure, for how long, and what to compare it with.
#[derive(clap::Args)]
pub struct Args {
    /// How many homes to seed; the references are measured with the first size [default:
    /// 5000,100000,1000000, or 5000 with --quick, --against or --traffic; the last two take a single size]
    #[arg(long, value_delimiter = ',', value_name = "N,N")]
    pub(super) rows: Vec<u64>,
    /// Do a short run, with one second per load
    #[arg(long)]
    pub(super) quick: bool,
    /// Seconds per load in each round [default: 1 with --quick, otherwise 2 with --against and 5 without];
    /// with --traffic, for how long it flows [default: 60]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(super) seconds: Option<u64>,
    /// Number of rounds [default: 3; 20 with --against]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub(super) rounds: Option<u64>,
    /// Measure the build in this directory instead of building: `hearth` with its site, and `bare`
    #[arg(long, value_name = "DIR")]
    pub(super) binary: Option<PathBuf>,
    /// Build this revision too, and compare the working tree with it
    #[arg(long, value_name = "REV")]
    pub(super) against: Option<String>,
    /// Compare with the build in this directory instead of building: `hearth` with its site
    #[arg(long, value_name = "DIR")]
    pub(super) against_binary: Option<PathBuf>,
    /// With --against: watch the working tree's servers while they answer hits, with an open dashboard, `hearth tail`,
    /// debug lines of the Redis tier, and metrics scraped each second
    #[arg(long)]
    pub(super) watched: bool,
    /// With --against: compare only these, not everything
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) only: Vec<Thing>,
    /// Directory for report.json, report.html and goose's user reports [default: docs/bench];
    /// with --against, the file for the comparison [default: docs/bench/against.json];
    /// with --traffic, a file for the report as JSON [default: none]
    #[arg(long, value_name = "PATH")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) traffic: Traffic,
}

/// The default for `--rows`.
pub(super) const SIZES: [u64; 3] = [5_000, 100_000, 1_000_000];

/// Traffic to send instead.
#[derive(clap::Args)]
#[command(next_help_heading = "Traffic")]
pub(super) struct Traffic {
    /// Send traffic as readers do, instead of loading one thing at a time: few addresses often and most of them seldom,
    /// each in many spellings, while homes are edited. Reports which tier answered and how soon; fails if a request does
    #[arg(
        long,
        conflicts_with_all = ["quick", "rounds", "against", "against_binary", "watched", "only"]
    )]
    pub(super) traffic: bool,
    /// Send it to this running server; may be repeated [default: start servers, with PostgreSQL and Redis]
    #[arg(
        long,
        value_name = "URL",
        requires = "traffic",
        conflicts_with_all = ["nodes", "binary", "rows"]
    )]
    pub(super) node: Vec<String>,
    /// How many servers to start
    #[arg(long, value_name = "N", requires = "traffic", default_value_t = 1,
        value_parser = clap::value_parser!(u64).range(1..=16))]
    pub(super) nodes: u64,
    /// A bearer token that the servers given by --node accept, for edits
    // It does not require --traffic, because the variable may be set for other reasons.
    #[arg(long, env = "HEARTH_ADMIN_TOKEN", hide_env_values = true)]
    pub(super) token: Option<String>,
    /// Stop after exactly so many requests, not after a time
    #[arg(long, value_name = "N", requires = "traffic", conflicts_with = "seconds",
        value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) requests: Option<u64>,
    /// How many requests are sent each second [default: as many as are answered]
    #[arg(long, value_name = "RATE", requires = "traffic", value_parser = positive)]
    pub(super) rate: Option<f64>,
    /// How many homes are edited each second
    #[arg(long, value_name = "RATE", requires = "traffic", default_value_t = 0.0, value_parser = not_negative)]
    pub(super) edits: f64,
    /// What is edited; each edit changes one of these, by chance
    #[arg(
        long,
        value_name = "FIELD",
        requires = "traffic",
        value_delimiter = ',',
        default_value = "price"
    )]
    pub(super) fields: Vec<Editing>,
    /// How many requests are under way at a time, each over a connection of its own
    #[arg(long, value_name = "N", requires = "traffic", default_value_t = 16,
        value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub(super) connections: u64,
    /// How many different addresses are requested
    #[arg(long, value_name = "N", requires = "traffic", default_value_t = 2_000,
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) addresses: u32,
    /// How uneven it is: the address of rank r is requested in proportion to 1/r to this power
    #[arg(long, value_name = "S", requires = "traffic", default_value_t = 1.0, value_parser = not_negative)]
    pub(super) exponent: f64,
    /// Decides what is requested and edited
    #[arg(long, value_name = "N", requires = "traffic", default_value_t = 1)]
    pub(super) seed: u64,
}

fn positive(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(number @ 0.01..=1_000_000.0) => Ok(number),
        _ => Err("expected a number from 0.01 to 1000000".to_owned()),
    }
}

fn not_negative(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(number @ 0.0..=1_000.0) => Ok(number),
        _ => Err("expected a number from 0 to 1000".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser};

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        args: Args,
    }

    #[test]
    fn traffic_has_its_own_options() {
        Cli::command().debug_assert();
        let parse = |line: &str| Cli::try_parse_from(line.split(' '));
        let traffic =
            parse("bench --traffic --node http://a --node http://b --edits 0.5 --seconds 90");
        let args = traffic.map(|cli| cli.args).ok().unwrap();
        assert_eq!(args.traffic.node, ["http://a", "http://b"]);
        assert_eq!((args.traffic.edits, args.seconds), (0.5, Some(90)));
        for line in [
            "bench --node http://a",
            "bench --edits 1",
            "bench --traffic --against main",
            "bench --traffic --quick",
            "bench --traffic --node http://a --binary dir",
            "bench --traffic --requests 5 --seconds 5",
            "bench --traffic --rate 0",
            "bench --traffic --edits=-1",
            "bench --traffic --exponent NaN",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
        assert!(parse("bench --quick").is_ok());
    }
}
