//! Log output: text for people, fields for queries.

use tracing_subscriber::filter::{EnvFilter, ParseError};

use crate::config::{LogFormat, Logging};

/// Starts logging to standard error.
///
/// # Errors
/// If the filter cannot be parsed.
pub fn start(logging: &Logging) -> Result<(), ParseError> {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::builder().parse(&logging.filter)?)
        .with_writer(std::io::stderr);
    match logging.format {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.with_target(false).init(),
    }
    Ok(())
}
