//! The span of a request, while somebody traces.

use axum::{
    extract::Request,
    http::{Method, Uri},
    response::Response,
};
use cache::TRACES;
use leptos_cached::CACHE_STATUS;
use site::{Fixed, Page, Route};
use tracing::{Span, debug_span, field::Empty};

/// A request under way. Its span is over when this is dropped: with the response, or because the
/// client has left.
pub(super) struct Traced(Span);

impl Traced {
    /// Begins a span; a child of the one that the client names, if it names one.
    pub(super) fn new(request: &Request) -> Self {
        let header = |name| request.headers().get(name)?.to_str().ok();
        let uri = request.uri();
        let method = known(request.method());
        let name = match method {
            // A name of which there are few.
            "_OTHER" => format!("HTTP {}", kind(uri)),
            method => format!("{method} {}", kind(uri)),
        };
        Self(debug_span!(
            target: TRACES,
            parent: None,
            "request",
            otel.name = name,
            otel.kind = "server",
            traceparent = header("traceparent"),
            tracestate = header("tracestate"),
            http.request.method = method,
            url.path = uri.path(),
            http.response.status_code = Empty,
            "http.response.header.cache-status" = Empty,
            error = Empty,
            over = Empty,
        ))
    }

    /// The span, for what is done for the request.
    pub(super) fn span(&self) -> &Span {
        &self.0
    }

    /// Notes the response.
    pub(super) fn answer(self, response: &Response) {
        let status = response.status();
        let Self(span) = &self;
        span.record("http.response.status_code", status.as_u16());
        if let Some(Ok(caches)) = response.headers().get(CACHE_STATUS).map(|it| it.to_str()) {
            span.record("http.response.header.cache-status", caches);
        }
        if status.is_server_error() {
            span.record("error", status.as_str());
        }
    }
}

impl Drop for Traced {
    fn drop(&mut self) {
        self.0.record("over", true);
    }
}

/// A method's name, unless a client has invented it.
fn known(method: &Method) -> &str {
    let known = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::TRACE,
        Method::CONNECT,
    ];
    if known.contains(method) {
        method.as_str()
    } else {
        "_OTHER"
    }
}

/// What a request is about.
fn kind(uri: &Uri) -> &'static str {
    // A query can be invalid; the path decides what the request is about.
    match Route::parse(uri.path(), "") {
        Ok(Route::Ask(ask)) => ask.kind().slug(),
        Ok(Route::Page(page)) => match page {
            Page::Start => "start page",
            Page::List { .. } => "list page",
            Page::Row { .. } => "object page",
            Page::Cooking(_) => "cooking page",
            Page::Picked { .. } => "picked page",
        },
        Ok(Route::Admin(_)) => "admin page",
        Ok(Route::Fixed(fixed)) => match fixed {
            Fixed::Live => "live",
            Fixed::Graphql => "graphql",
            Fixed::Graphiql => "admin page",
            Fixed::Robots => "robots",
            Fixed::Sitemap => "sitemap",
            Fixed::Health | Fixed::Ready => "probe",
            Fixed::Metrics => "metrics",
        },
        Err(_) => "other",
    }
}
