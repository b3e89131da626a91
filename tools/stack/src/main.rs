//! The proof as a separate program, on a given server. `cargo xtask stack` builds one first.

use std::process::ExitCode;

use anyhow::bail;
use clap::Parser;

/// Proves that Hearth runs as its containers, units and tarball say
#[derive(Parser)]
#[command(name = "stack")]
struct Cli {
    #[command(flatten)]
    args: stack::Args,
}

fn main() -> ExitCode {
    let Cli { args } = Cli::parse();
    services::run(|context| {
        stack::main(context, args, || {
            bail!(
                "nothing to prove: give a tarball or a server by --binary, or type `cargo xtask stack`, \
                 which builds one"
            )
        })
    })
}
