//! Turns spans of `tracing` into OpenTelemetry's.
//!
//! The crate `tracing-opentelemetry` does this too, but a span begins there when it is made. Most of
//! ours are made when they are over: a tier decides first, and then notes what and how long it took.
//!
//! These fields are not attributes:
//!
//! | field | |
//! |---|---|
//! | `otel.name` | the span's name, if it is not the one in the code |
//! | `otel.kind` | `server` for a request |
//! | `traceparent`, `tracestate` | the span elsewhere that this one is a child of |
//! | `took` | for how many nanoseconds the span has lasted when it is made |
//! | `error` | what went wrong |
//! | `over` | recorded when the span ends. In `tracing` it lives as long as anything holds it: a request's as long as its load, a load's as long as its connection's driver |

use std::{
    collections::HashMap,
    fmt::Debug,
    time::{Duration, SystemTime},
};

use opentelemetry::{
    Context, KeyValue, Value,
    propagation::TextMapPropagator,
    trace::{SpanKind, Status, TraceContextExt, Tracer},
};
use opentelemetry_sdk::{propagation::TraceContextPropagator, trace::SdkTracer};
use tracing::{
    Subscriber,
    field::{Field, Visit},
    span,
};
use tracing_subscriber::{layer, registry::LookupSpan};

/// The layer.
pub(super) struct ToOpenTelemetry {
    tracer: SdkTracer,
    propagator: TraceContextPropagator,
}

impl ToOpenTelemetry {
    pub(super) fn new(tracer: SdkTracer) -> Self {
        Self {
            tracer,
            propagator: TraceContextPropagator::new(),
        }
    }
}

impl<S> layer::Layer<S> for ToOpenTelemetry
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    fn on_new_span(
        &self,
        attributes: &span::Attributes<'_>,
        id: &span::Id,
        subscriber: layer::Context<'_, S>,
    ) {
        let Some(span) = subscriber.span(id) else {
            return;
        };
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let parent = span
            .parent()
            .and_then(|parent| parent.extensions().get::<Context>().cloned());
        let parent = parent.unwrap_or_else(|| {
            self.propagator
                .extract_with_context(&Context::new(), &fields.caller)
        });
        let now = SystemTime::now();
        let name = fields.name.unwrap_or_else(|| span.name().to_owned());
        let kind = if fields.is_server {
            SpanKind::Server
        } else {
            SpanKind::Internal
        };
        let builder = self
            .tracer
            .span_builder(name)
            .with_kind(kind)
            .with_start_time(now.checked_sub(fields.took).unwrap_or(now))
            .with_attributes(fields.attributes);
        let started = self.tracer.build_with_context(builder, &parent);
        let context = parent.with_span(started);
        span.extensions_mut().insert(context);
    }

    fn on_record(
        &self,
        id: &span::Id,
        values: &span::Record<'_>,
        subscriber: layer::Context<'_, S>,
    ) {
        let context = subscriber
            .span(id)
            .and_then(|span| span.extensions().get::<Context>().cloned());
        let Some(context) = context else {
            return;
        };
        let mut fields = Fields::default();
        values.record(&mut fields);
        let span = context.span();
        span.set_attributes(fields.attributes);
        if let Some(error) = fields.error {
            span.set_status(Status::error(error));
        }
        if fields.is_over {
            span.end();
        }
    }

    fn on_close(&self, id: span::Id, subscriber: layer::Context<'_, S>) {
        let context = subscriber
            .span(&id)
            .and_then(|span| span.extensions_mut().remove::<Context>());
        if let Some(context) = context {
            // The first end counts.
            context.span().end();
        }
    }
}

/// The fields of a span, sorted by what becomes of them.
#[derive(Default)]
struct Fields {
    name: Option<String>,
    is_server: bool,
    caller: HashMap<String, String>,
    took: Duration,
    error: Option<String>,
    is_over: bool,
    attributes: Vec<KeyValue>,
}

impl Fields {
    fn attribute(&mut self, field: &Field, value: impl Into<Value>) {
        self.attributes.push(KeyValue::new(field.name(), value));
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        let value = value.to_owned();
        match field.name() {
            "otel.name" => self.name = Some(value),
            "otel.kind" => self.is_server = value == "server",
            // An invalid one is none.
            "traceparent" if !has_form(&value) => {}
            "traceparent" | "tracestate" => {
                self.caller.insert(field.name().to_owned(), value);
            }
            "error" => self.error = Some(value),
            _ => self.attribute(field, value),
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        match field.name() {
            "over" => self.is_over = value,
            _ => self.attribute(field, value),
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "took" => self.took = Duration::from_nanos(value),
            _ => self.attribute(field, i64::try_from(value).unwrap_or(i64::MAX)),
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.attribute(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

/// Whether a `traceparent` has the form of W3C's Trace Context: version, trace, span and flags. The
/// SDK checks the rest, but takes shorter ids.
fn has_form(parent: &str) -> bool {
    let mut parts = parent.split('-');
    let mut is_hex = |length| {
        parts.next().is_some_and(|part| {
            part.len() == length && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        })
    };
    is_hex(2) && is_hex(32) && is_hex(16) && is_hex(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_their_length() {
        let check = |parent: &str, expect| assert_eq!(has_form(parent), expect, "{parent}");
        check(
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            true,
        );
        // A later version may add something.
        check(
            "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            true,
        );
        check(
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            false,
        );
        check(
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            false,
        );
        check("00-4bf92f3577b34da6-00f067aa0ba902b7-01", false);
        check("00-12-34-01", false);
        check("", false);
    }
}
