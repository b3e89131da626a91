//! The attack as a separate program, on a given server. `cargo xtask chaos` builds one first.

use std::process::ExitCode;

use anyhow::bail;
use clap::Parser;

/// Attacks three nodes, their PostgreSQL and their Redis, and proves that no answer is stale
#[derive(Parser)]
#[command(name = "chaos")]
struct Cli {
    #[command(flatten)]
    args: chaos::Args,
}

fn main() -> ExitCode {
    let Cli { args } = Cli::parse();
    services::run(|context| {
        chaos::main(context, args, |_| {
            bail!(
                "nothing to attack: give a server by --binary, such as `cargo xtask build` makes, \
                 or type `cargo xtask chaos`, which builds one"
            )
        })
    })
}
