//! The way to the collector.

use std::{
    error::Error,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use async_trait::async_trait;
use axum::http::Uri;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response, hyper::HyperClient};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use tokio::runtime::Handle;
use tracing::{info, warn};

/// How long the collector may take for a batch.
const PATIENCE: Duration = Duration::from_secs(3);

/// The path below a collector's address at which it takes spans.
const PATH: &str = "/v1/traces";

/// An exporter to a collector.
pub(super) fn new(collector: &Uri) -> Result<SpanExporter, Box<dyn Error>> {
    let client = Client {
        runtime: Handle::try_current()?,
        inner: HyperClient::with_default_connector(PATIENCE, None),
        fails: AtomicBool::new(false),
    };
    let address = collector.to_string();
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(client)
        .with_protocol(Protocol::HttpBinary)
        .with_timeout(PATIENCE)
        .with_endpoint(format!("{}{PATH}", address.trim_end_matches('/')));
    Ok(exporter.build()?)
}

/// The SDK exports in a thread of its own, but hyper needs a runtime. What the SDK and the exporter
/// log is switched off, as they do so for every batch; this logs when it begins to fail, and when it
/// works again.
#[derive(Debug)]
struct Client {
    runtime: Handle,
    inner: HyperClient,
    fails: AtomicBool,
}

impl Client {
    fn report(&self, sent: &Result<Response<Bytes>, HttpError>) {
        let failure = match sent {
            Ok(response) if response.status().is_success() => None,
            Ok(response) => Some(response.status().to_string()),
            Err(error) => Some(with_causes(&**error)),
        };
        let failed = self.fails.swap(failure.is_some(), Ordering::Relaxed);
        match failure {
            Some(error) if !failed => {
                warn!(%error, "the collector takes no traces; they are dropped until it does");
            }
            None if failed => info!("the collector takes traces again"),
            _ => {}
        }
    }
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.inner.clone();
        let sending = self
            .runtime
            .spawn(async move { client.send_bytes(request).await });
        let sent = sending.await.unwrap_or_else(|error| Err(error.into()));
        self.report(&sent);
        sent
    }
}

/// An error with what caused it, as hyper's own text does not say what went wrong.
fn with_causes(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |&error| error.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
