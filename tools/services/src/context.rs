//! What a program works with, and how it begins and ends.

use std::process::ExitCode;

use anyhow::Result;

use crate::{layout::Layout, progress::Progress, shutdown};

/// What every command works with.
pub struct Context {
    /// Where things are.
    pub layout: Layout,
    /// How the user is told what is being done.
    pub progress: Progress,
}

/// Runs a command and turns its outcome into an exit code. From here on, signals that ask the program to end are
/// handled; an error is printed.
pub fn run(command: impl FnOnce(&Context) -> Result<ExitCode>) -> ExitCode {
    if let Err(error) = shutdown::install() {
        eprintln!("error: {error:#}");
        return ExitCode::FAILURE;
    }
    let progress = Progress::begin();
    let outcome = Layout::find().and_then(|layout| command(&Context { layout, progress }));
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
