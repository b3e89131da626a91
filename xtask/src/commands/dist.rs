//! `cargo xtask dist`: one tarball with all that a machine needs to serve the portal.

use std::{fs, process::ExitCode};

use anyhow::{Context as _, Result};
use services::Context;

use crate::{artifacts, dist, profile::Profile};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The profile of the server: `ci` packs what the tests use
    #[arg(long, value_enum, default_value_t = Built::Release)]
    profile: Built,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Built {
    Release,
    Ci,
}

/// The most that the binary may have, in bytes, with the site.
const LIMIT: u64 = 40_000_000;

pub(crate) fn main(context: &Context, args: Args) -> Result<ExitCode> {
    let profile = match args.profile {
        Built::Release => Profile::Release,
        Built::Ci => Profile::Ci,
    };
    artifacts::build(context, profile)?;
    let packed = dist::pack(context, profile)?;
    let size = |path| -> Result<u64> {
        let meta = fs::metadata(path).context("read a file's size")?;
        Ok(meta.len())
    };
    let line = |bytes: u64, what: &str| println!("{bytes:>11}  {what}");
    line(packed.binary, "bytes: the binary, of which");
    line(packed.binary - packed.site, "the program, without symbols");
    line(packed.site, "the site");
    line(
        size(&packed.tarball)?,
        &packed.tarball.display().to_string(),
    );
    line(
        size(&packed.symbols)?,
        &packed.symbols.display().to_string(),
    );
    println!(
        "{} packages of others, with their licenses",
        packed.packages
    );
    let is_limited = profile == Profile::Release;
    let is_within = packed.binary <= LIMIT || !is_limited;
    if is_limited {
        let verdict = if is_within { "ok" } else { "EXCEEDED" };
        println!(
            "the binary has {} of {LIMIT} bytes: {verdict}",
            packed.binary
        );
    }
    Ok(if is_within {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
