//! The binary `hearth`.

use std::process::ExitCode;

use hearth::{cli::Cli, commands, logging};

#[tokio::main]
pub(crate) async fn main() -> ExitCode {
    let Cli {
        command,
        config,
        settings,
    } = Cli::read();
    let outcome = match logging::start(&config.logging) {
        Ok(traces) => {
            let outcome = commands::run(command, config, &settings).await;
            if let Some(traces) = traces {
                traces.stop().await;
            }
            outcome
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hearth: {error}");
            ExitCode::FAILURE
        }
    }
}
