//! How much is measured.

use std::time::Duration;

use anyhow::{Result, bail};

use super::args::{Args, SIZES};

/// What to measure, how long and how often.
pub(super) struct Plan {
    pub(super) rows: Vec<u64>,
    pub(super) rounds: u64,
    pub(super) length: Duration,
    /// How long the users who pause are simulated.
    pub(super) visit: Duration,
    /// The number of samples of each cold list that is requested alone.
    pub(super) samples: u32,
}

impl Plan {
    pub(super) fn of(args: &Args) -> Result<Self> {
        let rows = match (&args.rows[..], args.quick) {
            ([], true) => vec![SIZES[0]],
            ([], false) => SIZES.to_vec(),
            (rows, _) => rows.to_vec(),
        };
        if rows.iter().any(|rows| *rows < 100) {
            bail!("--rows takes sizes of 100 and more");
        }
        let length = args.seconds.unwrap_or(if args.quick { 1 } else { 5 });
        Ok(Self {
            rows,
            rounds: args.rounds.unwrap_or(3),
            length: Duration::from_secs(length),
            visit: Duration::from_secs(if args.quick { 5 } else { 20 }),
            samples: if args.quick { 5 } else { 20 },
        })
    }
}
