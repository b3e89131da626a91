//! The binary `hearth`.

use std::process::ExitCode;

use clap::Parser;
use hearth::{cli::Cli, commands, config::Config, logging};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    logging::start();
    let outcome = match Config::from_env() {
        Ok(config) => commands::run(cli.command, config).await,
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hearth: {error}");
            ExitCode::FAILURE
        }
    }
}
