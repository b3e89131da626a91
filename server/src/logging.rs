//! Log output: text for people, fields for queries.

use tracing_subscriber::filter::{EnvFilter, ParseError};

use crate::config::{LogFormat, Logging};

/// Starts logging to standard error.
///
/// # Errors
/// If the filter cannot be parsed.
pub fn start(logging: &Logging) -> Result<(), ParseError> {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::builder().parse(filter(&logging.filter))?)
        .with_writer(std::io::stderr);
    match logging.format {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.with_target(false).init(),
    }
    Ok(())
}

/// The filter as it was meant: targets match by prefix, so `sql=debug`, our statements, would also
/// show what sqlx says of the same ones.
fn filter(written: &str) -> String {
    if written.contains("sql=") && !written.contains("sqlx") {
        format!("{written},sqlx=warn")
    } else {
        written.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_logged_once() {
        let check = |written, expect| assert_eq!(filter(written), expect);
        check("info", "info");
        check("info,sql=debug", "info,sql=debug,sqlx=warn");
        check("sql=debug,sqlx=debug", "sql=debug,sqlx=debug");
        check("info,sqlx=warn", "info,sqlx=warn");
    }
}
