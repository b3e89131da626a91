//! Log output: text for people, fields for queries. Traces are no part of it, but start with it.

use std::{error::Error, io::stderr};

use tracing::Subscriber;
use tracing_subscriber::{
    Layer,
    filter::{EnvFilter, ParseError},
    fmt,
    layer::SubscriberExt,
    registry,
    registry::LookupSpan,
    util::SubscriberInitExt,
};

use crate::{
    config::{LogFormat, Logging},
    traces::Traces,
};

/// Whether a filter can be parsed.
///
/// # Errors
/// If not.
pub(crate) fn check(filter: &str) -> Result<(), ParseError> {
    self::filter(filter).map(drop)
}

/// Starts logging to standard error and, if there is a collector, tracing. Must be called within a
/// runtime.
///
/// # Errors
/// If the filter cannot be parsed, or the export of traces cannot start.
pub fn start(logging: &Logging) -> Result<Option<Traces>, Box<dyn Error>> {
    let filter = filter(&logging.filter).map_err(|error| format!("HEARTH_LOG: {error}"))?;
    let Some(collector) = &logging.otlp_endpoint else {
        // A filter of the whole is cheaper than one of a layer.
        registry().with(filter).with(lines(logging.format)).init();
        return Ok(None);
    };
    let traces = Traces::start(collector)
        .map_err(|error| format!("OTEL_EXPORTER_OTLP_ENDPOINT: {error}"))?;
    registry()
        .with(lines(logging.format).with_filter(filter))
        .with(traces.layer())
        .init();
    Ok(Some(traces))
}

/// Writes log lines.
fn lines<S>(format: LogFormat) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let lines = fmt::layer().with_writer(stderr);
    match format {
        // The request is the only span there is.
        LogFormat::Json => lines.json().with_span_list(false).boxed(),
        LogFormat::Text => lines.with_target(false).boxed(),
    }
}

/// The filter of log lines. The spans of traces are not in the log, whatever is.
fn filter(written: &str) -> Result<EnvFilter, ParseError> {
    EnvFilter::builder().parse(format!("{},{}=off", intended(written), cache::TRACES))
}

/// The filter as it was meant: targets match by prefix, so `sql=debug`, our statements, would also
/// show what sqlx says of the same ones; and only who names the access log wants a line a request.
fn intended(written: &str) -> String {
    let mut filter = written.to_owned();
    if written.contains("sql=") && !written.contains("sqlx") {
        filter.push_str(",sqlx=warn");
    }
    if !written.contains("access") {
        filter.push_str(",access=off");
    }
    filter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_logged_once_and_requests_where_it_is_said() {
        let check = |written, expect| assert_eq!(intended(written), expect);
        check("info", "info,access=off");
        check("info,sql=debug", "info,sql=debug,sqlx=warn,access=off");
        check("sql=debug,sqlx=debug", "sql=debug,sqlx=debug,access=off");
        check("info,sqlx=warn", "info,sqlx=warn,access=off");
        check("info,access=info", "info,access=info");
    }
}
