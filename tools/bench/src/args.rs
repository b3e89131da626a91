//! The command-line arguments.

use std::path::PathBuf;

use super::thing::Thing;

/// What to measure, for how long, and what to compare it with.
#[derive(clap::Args)]
pub struct Args {
    /// How many homes to seed; the references are measured with the first size [default:
    /// 5000,100000,1000000, or 5000 with --quick or --against, which takes a single size]
    #[arg(long, value_delimiter = ',', value_name = "N,N")]
    pub(super) rows: Vec<u64>,
    /// Do a short run, with one second per load
    #[arg(long)]
    pub(super) quick: bool,
    /// Seconds per load in each round [default: 1 with --quick, otherwise 2 with --against and 5 without]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=60))]
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
    /// With --against: watch the working tree's servers while they answer hits, with `hearth tail`, debug lines of
    /// the Redis tier, and metrics scraped each second
    #[arg(long)]
    pub(super) watched: bool,
    /// With --against: compare only these, not everything
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) only: Vec<Thing>,
    /// Directory for report.json, report.html and goose's user reports [default: docs/bench];
    /// with --against, the file for the comparison [default: docs/bench/against.json]
    #[arg(long, value_name = "PATH")]
    pub(super) out: Option<PathBuf>,
}

/// The default for `--rows`.
pub(super) const SIZES: [u64; 3] = [5_000, 100_000, 1_000_000];
