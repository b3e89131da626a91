//! The measurements as a separate program, for a server that is already built. `cargo xtask bench` builds one first.

use std::process::ExitCode;

use anyhow::bail;
use clap::Parser;

/// Measure the server against itself, nginx, Redis and a bare handler, in one run
#[derive(Parser)]
#[command(name = "bench")]
struct Cli {
    #[command(flatten)]
    args: bench::Args,
}

fn main() -> ExitCode {
    let Cli { args } = Cli::parse();
    services::run(|context| {
        bench::main(context, args, |_| {
            bail!(
                "nothing to measure: give a built server by --binary, such as `cargo xtask build --release` makes, \
                 or type `cargo xtask bench`, which builds one"
            )
        })
    })
}
