//! `guides ROOT SITE`: builds the guides of the repository at ROOT into the directory SITE, and fails if a link is
//! dead.

use std::{env, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};

fn main() -> Result<ExitCode> {
    let mut paths = env::args_os().skip(1).map(PathBuf::from);
    let (root, site) = paths
        .next()
        .zip(paths.next())
        .context("usage: guides ROOT SITE")?;
    let wrong = guides::build(&root, &site)?;
    for line in &wrong {
        eprintln!("{line}");
    }
    Ok(if wrong.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
