//! Log output: text for people, fields for queries.

use tracing_subscriber::EnvFilter;

/// Starts logging as `HEARTH_LOG` and `HEARTH_LOG_FORMAT` say.
pub fn start() {
    let filter = EnvFilter::try_from_env("HEARTH_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,fred=warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if std::env::var("HEARTH_LOG_FORMAT").is_ok_and(|format| format == "json") {
        builder.json().init();
    } else {
        builder.with_target(false).init();
    }
}
