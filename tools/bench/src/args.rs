//! What may be said on the command line.

use std::path::PathBuf;

use super::thing::Thing;

/// What is measured, how long, and what it is compared with.
#[derive(clap::Args)]
pub struct Args {
    /// How many homes there are; the references are measured at the first [default:
    /// 5000,100000,1000000, or 5000 of a short run and with --against, which takes one number]
    #[arg(long, value_delimiter = ',', value_name = "N,N")]
    pub(super) rows: Vec<u64>,
    /// A short run: one second each
    #[arg(long)]
    pub(super) quick: bool,
    /// How long each round of a load takes [default: 5, or 1 of a short run; 2 with --against]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=60))]
    pub(super) seconds: Option<u64>,
    /// How many rounds there are [default: 3; 20 with --against]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub(super) rounds: Option<u64>,
    /// Measure what lies in this directory instead of building: `hearth` with its site, and `bare`
    #[arg(long, value_name = "DIR")]
    pub(super) binary: Option<PathBuf>,
    /// Build this revision too, and compare the working tree with it
    #[arg(long, value_name = "REV")]
    pub(super) against: Option<String>,
    /// Compare with what lies in this directory instead of building: `hearth` with its site
    #[arg(long, value_name = "DIR")]
    pub(super) against_binary: Option<PathBuf>,
    /// With --against: compare these alone, not all
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) only: Vec<Thing>,
    /// Where report.json, report.html and what goose says of its users go [default: docs/bench];
    /// with --against the file that the comparison is written to [default: docs/bench/against.json]
    #[arg(long, value_name = "PATH")]
    pub(super) out: Option<PathBuf>,
}

/// How many homes there are, if nothing else is said.
pub(super) const SIZES: [u64; 3] = [5_000, 100_000, 1_000_000];
