//! The binary `hearth`.

use std::process::ExitCode;

use hearth::{cli::Cli, commands, logging};

#[tokio::main]
async fn main() -> ExitCode {
    let Cli { command, config } = Cli::read();
    let outcome = match logging::start(&config.logging) {
        Ok(()) => commands::run(command, config).await,
        Err(error) => Err(format!("HEARTH_LOG: {error}").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hearth: {error}");
            ExitCode::FAILURE
        }
    }
}
