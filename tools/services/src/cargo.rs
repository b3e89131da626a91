//! Calling cargo: with the toolchain that built the program, the same target directory and the same lock file.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::Result;

use crate::{context::Context, layout::Layout, process, progress::Step};

/// A cargo command of the default toolchain.
pub fn cargo(layout: &Layout, subcommand: &str) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.arg(subcommand);
    settle(&mut command, layout);
    command
}

/// Applies the settings that every cargo command needs, whatever its toolchain.
pub fn settle(command: &mut Command, layout: &Layout) {
    command
        .current_dir(&layout.root)
        .env("CARGO_TARGET_DIR", &layout.target)
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_TERM_PROGRESS_WHEN", "never");
    // `cargo run` describes the program's package in these variables; builds of other crates must not see them.
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_PKG_") {
            command.env_remove(name);
        }
    }
    command
        .env_remove("CARGO_MANIFEST_DIR")
        .env_remove("CARGO_MANIFEST_PATH");
}

/// Installs a component of the toolchain (`clippy`, `rustfmt`) if it is missing.
pub fn component(context: &Context, step: &Step, name: &str, program: &str) -> Result<()> {
    if process::find(program)
        .is_some_and(|at| process::ask(Command::new(at).arg("--version")).is_some())
    {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    context
        .run(step, rustup.args(["component", "add", name]))
        .map(drop)
        .map_err(|error| error.context(format!("get the toolchain's {name}")))
}

/// A program of crates.io in this version, built from its locked sources once and for all projects. It is quick to
/// build, not to run.
pub fn program(context: &Context, step: &Step, name: &str, version: &str) -> Result<PathBuf> {
    let folder = context.layout.cache.join(format!("{name}-{version}"));
    let program = folder.join("bin").join(name);
    if program.is_file() {
        return Ok(program);
    }
    let built = folder.join("built");
    let mut install = cargo(&context.layout, "install");
    install
        .args([name, "--version", version, "--locked", "--debug", "--root"])
        .arg(&folder)
        .env("CARGO_TARGET_DIR", &built);
    context.run(step, &mut install)?;
    drop(fs::remove_dir_all(built));
    Ok(program)
}
