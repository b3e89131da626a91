//! `cargo xtask run`: from a fresh clone to a page.

use std::{os::unix::process::CommandExt as _, process::ExitCode};

use anyhow::{Context as _, Result};
use services::Context;

use crate::{artifacts, profile::Profile};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Build as for deployment; takes longer
    #[arg(long)]
    release: bool,
    /// Arguments for `hearth`, such as `explain URL`; without any, it serves the site
    #[arg(last = true, value_name = "HEARTH ARGS")]
    hearth: Vec<String>,
}

pub(crate) fn main(context: &Context, args: Args) -> Result<ExitCode> {
    let profile = Profile::of(args.release);
    let binary = artifacts::build(context, profile)?;
    context
        .progress
        .say(&format!("built in {}", context.progress.total()));
    let mut command = artifacts::hearth(&binary, &args.hearth);
    // Replaces this process: signals need no forwarding, and the exit code is hearth's own.
    let error = command.current_dir(&context.layout.root).exec();
    Err(error).with_context(|| format!("start {}", binary.display()))
}
