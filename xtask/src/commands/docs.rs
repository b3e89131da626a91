//! `cargo xtask docs`: the guides as a site, without dead links.

use std::process::ExitCode;

use anyhow::Result;
use services::{Context, cargo};

#[derive(clap::Args)]
pub(crate) struct Args {}

/// The program that builds them. It is a workspace of its own, so that only this command builds mdbook.
pub(crate) const MANIFEST: &str = "tools/guides/Cargo.toml";

pub(crate) fn main(context: &Context, _: Args) -> Result<ExitCode> {
    let site = context.layout.target.join("docs-site");
    context.progress.step("building the guides", |step| {
        let mut guides = cargo::cargo(&context.layout, "run");
        guides
            .args(["--locked", "--manifest-path", MANIFEST, "--"])
            .args([&context.layout.root, &site]);
        context.run(step, &mut guides)
    })?;
    context.progress.say(&format!(
        "built in {}: {}",
        context.progress.total(),
        site.join("index.html").display()
    ));
    Ok(ExitCode::SUCCESS)
}
