//! `cargo xtask`: everything that a developer or CI does with Hearth, from a fresh clone on a bare machine.
//!
//! Each command is one file in [`commands`]; the fault injection, the benchmarks and the proof of the
//! containers are the crates [`chaos`], [`bench`] and [`stack`]. They share the rest: [`site`] turns the
//! frontend into files that a browser loads, [`dist`] packs them with the server, [`wasm_toolchain`] and
//! [`node`] get the tools, [`services`] starts private servers for tests and stops them again. Nothing here starts or
//! changes a system service, and everything is fetched from the package registries configured on the machine.

mod artifacts;
mod commands;
mod dist;
mod node;
mod origins;
mod profile;
mod site;
mod tally;
mod wasm_toolchain;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::profile::Profile;

/// Builds, runs and tests Hearth.
///
/// Everything happens in the target directory and in ~/.cache/hearth (or $XDG_CACHE_HOME/hearth). Missing
/// tools are announced before they are installed; system packages are installed only on Debian and only as
/// root, otherwise the command to run is printed.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = ENVIRONMENT)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const ENVIRONMENT: &str = "\
Environment:
  CARGO_TARGET_DIR         where everything is built
  XDG_CACHE_HOME           parent of the directory `hearth` with npm modules and unpacked packages
  HEARTH_WASM_TOOLCHAIN    `rustup` or `distribution`: where the WebAssembly compiler comes from (automatic)
  HEARTH_TEST_SERVERS      `system` or `private`: PostgreSQL and Redis as installed, or unpacked (automatic)
  HEARTH_CHROMIUM          the browser for the tests (the first chromium or chrome on PATH)";

#[derive(Subcommand)]
enum Command {
    /// Build everything and serve it on 127.0.0.1:3000, with a SQLite file and no other server
    Run(commands::run::Args),
    /// Build the server and the site
    Build(commands::build::Args),
    /// Build without optimization, serve, and repeat both after each change
    Dev(commands::dev::Args),
    /// Build the guides as a site, and check their links and those of all other documents
    Docs(commands::docs::Args),
    /// Run the browser tests against a separate server
    E2e(commands::e2e::Args),
    /// Pack the server, its site and what belongs to them into a tarball for deployment
    Dist(commands::dist::Args),
    /// Measure the size of the server's binary and of what a browser loads, by crate and against the budgets
    Size(commands::size::Args),
    /// Inject faults into three nodes, their PostgreSQL and their Redis, and check that no answer is stale
    Chaos(chaos::Args),
    /// Measure the server against itself, nginx, Redis and a bare handler, in one run
    Bench(Box<bench::Args>),
    /// Run the image, the services of compose.yaml and the tarball without an engine, and check what they do
    Stack(stack::Args),
    /// Run everything that CI runs; the last line counts what passed and failed
    Test(commands::test::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    services::run(|context| match cli.command {
        Command::Run(args) => commands::run::main(context, args),
        Command::Build(args) => commands::build::main(context, args),
        Command::Dev(args) => commands::dev::main(context, args),
        Command::Docs(args) => commands::docs::main(context, args),
        Command::E2e(args) => commands::e2e::main(context, args),
        Command::Dist(args) => commands::dist::main(context, args),
        Command::Size(args) => commands::size::main(context, args),
        Command::Chaos(args) => chaos::main(context, args, |release| match release {
            chaos::Release::This => artifacts::build(context, Profile::Ci),
            chaos::Release::Next => artifacts::build_next(context, Profile::Ci),
        }),
        Command::Bench(args) => bench::main(context, *args, |more| {
            artifacts::build_with(context, Profile::Release, more)
        }),
        Command::Stack(args) => stack::main(context, args, || {
            artifacts::build(context, Profile::Ci)?;
            dist::pack(context, Profile::Ci).map(|packed| packed.tarball)
        }),
        Command::Test(args) => commands::test::main(context, args),
    })
}
