//! Traces, sent to a collector by OTLP over HTTP: a span for each request, and within it one for each
//! decision of a tier and for each load.
//!
//! The crate `cache` and [`http`](crate::http) make spans of `tracing` with the target
//! [`cache::TRACES`], which nobody else takes; `traces/layer.rs` turns them into OpenTelemetry's. Without a
//! collector there is no such layer, and none of these spans is made.

mod exporter;
mod layer;

use std::{error::Error, time::Duration};

use axum::http::Uri;
use opentelemetry::{Key, KeyValue, trace::TracerProvider};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tokio::task::spawn_blocking;
use tracing::{Level, Subscriber, warn};
use tracing_subscriber::{Layer, filter::Targets, registry::LookupSpan};

/// How long a stopping server waits for the collector to take the last spans.
const LAST_EXPORT: Duration = Duration::from_secs(3);

/// Where spans go. They are sent in batches by a thread of the SDK, whose queue holds 2,048 of them
/// (`OTEL_BSP_MAX_QUEUE_SIZE`); what does not fit is dropped, so no request ever waits.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Starts to send spans to a collector. Must be called within a runtime.
    ///
    /// # Errors
    /// If there is no runtime, or one of OpenTelemetry's variables is invalid.
    pub fn start(collector: &Uri) -> Result<Self, Box<dyn Error>> {
        let provider = SdkTracerProvider::builder()
            .with_resource(resource())
            .with_batch_exporter(exporter::new(collector)?);
        Ok(Self(provider.build()))
    }

    /// The layer that turns spans into OpenTelemetry's.
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let filter = Targets::new().with_target(cache::TRACES, Level::DEBUG);
        layer::ToOpenTelemetry::new(self.0.tracer("hearth")).with_filter(filter)
    }

    /// Sends what is left.
    pub async fn stop(self) {
        let stopped = spawn_blocking(move || self.0.shutdown_with_timeout(LAST_EXPORT)).await;
        if !matches!(stopped, Ok(Ok(()))) {
            warn!("the collector has not taken the last traces");
        }
    }
}

/// What the spans are about. `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` may say otherwise.
fn resource() -> Resource {
    let found = Resource::builder().build();
    let name = found.get(&Key::new("service.name"));
    let is_named = name.is_some_and(|name| !name.as_str().starts_with("unknown_service"));
    let resource = Resource::builder()
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
    if is_named {
        resource.build()
    } else {
        resource.with_service_name("hearth").build()
    }
}
