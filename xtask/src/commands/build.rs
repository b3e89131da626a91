//! `cargo xtask build`: the server and its site, side by side, ready to be copied to where they run.

use std::process::ExitCode;

use anyhow::Result;
use services::Context;

use crate::{artifacts, profile::Profile};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Build as for deployment; takes longer
    #[arg(long)]
    release: bool,
}

pub(crate) fn main(context: &Context, args: Args) -> Result<ExitCode> {
    let profile = Profile::of(args.release);
    artifacts::build(context, profile)?;
    let bundle = context.layout.bundle(profile.name());
    context.progress.say(&format!(
        "built in {}: {}",
        context.progress.total(),
        bundle.display()
    ));
    Ok(ExitCode::SUCCESS)
}
