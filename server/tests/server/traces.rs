//! A server that traces, and a collector that it sends its spans to.

use std::{
    net::TcpListener,
    sync::{
        Arc, Barrier,
        atomic::{AtomicU16, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::any_value::Value,
    trace::v1::{Span, span::SpanKind},
};
use prost::Message;
use tokio::runtime::Runtime;

use crate::process::Process;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// The span of the client, in every trace.
const CLIENT: &str = "00f067aa0ba902b7";

/// A collector, which may refuse what it gets.
struct Collector {
    url: String,
    status: Arc<AtomicU16>,
    batches: Receiver<Vec<Span>>,
    received: Vec<Span>,
    _runtime: Runtime,
}

impl Collector {
    fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let status = Arc::new(AtomicU16::new(200));
        let (sender, batches) = channel();
        let routes = Router::new()
            .route("/v1/traces", post(take))
            .with_state((Arc::clone(&status), sender));
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
        let listener = listener.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(async move { axum::serve(listener, routes).await });
        Self {
            url,
            status,
            batches,
            received: Vec::new(),
            _runtime: runtime,
        }
    }

    /// A server that sends its spans here, after so many milliseconds.
    fn server(&self, delay: &str) -> Process {
        let variables = [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &*self.url),
            ("OTEL_BSP_SCHEDULE_DELAY", delay),
        ];
        Process::with("info", &variables)
    }

    /// Receives spans until one of them is this one.
    fn receive(&mut self, wanted: impl Fn(&Span) -> bool) -> Span {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(span) = self.received.iter().find(|span| wanted(span)) {
                return span.clone();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let batch = self.batches.recv_timeout(left);
            let batch = batch.unwrap_or_else(|_| panic!("not among {:#?}", self.received));
            self.received.extend(batch);
        }
    }

    /// The span of the request with this trace, and those within it. They are over before.
    fn trace(&mut self, trace: &Trace) -> (Span, Vec<Span>) {
        let request = self.receive(|span| trace.has(span) && is_request(span));
        let others = self.received.iter();
        let others = others.filter(|span| trace.has(span) && !is_request(span));
        (request, others.cloned().collect())
    }
}

async fn take(
    State((status, sender)): State<(Arc<AtomicU16>, Sender<Vec<Span>>)>,
    body: Bytes,
) -> StatusCode {
    let request = ExportTraceServiceRequest::decode(body).unwrap();
    let resources = request.resource_spans.into_iter();
    let scopes = resources.flat_map(|resource| {
        let resource_of_spans = resource.resource.unwrap();
        let name = resource_of_spans.attributes.iter();
        let name = name.filter(|attribute| attribute.key == "service.name");
        assert_eq!(name.count(), 1);
        resource.scope_spans
    });
    let spans = scopes.flat_map(|scope| scope.spans).collect();
    let status = StatusCode::from_u16(status.load(Ordering::Relaxed)).unwrap();
    let _ = sender.send(spans);
    status
}

/// A trace that a client has begun.
struct Trace(u128);

impl Trace {
    /// What its client sends.
    fn parent(&self) -> String {
        format!("00-{:032x}-{CLIENT}-01", self.0)
    }

    fn has(&self, span: &Span) -> bool {
        span.trace_id == self.0.to_be_bytes()
    }

    /// Sends a request that is part of it.
    fn get(&self, process: &Process, path: &str) -> String {
        process.status_with(path, &[("traceparent", &self.parent())])
    }
}

fn is_request(span: &Span) -> bool {
    span.kind == SpanKind::Server as i32
}

/// An attribute as text; empty if the span does not have it.
fn of(span: &Span, key: &str) -> String {
    let attribute = span.attributes.iter().find(|it| it.key == key);
    let value = attribute.and_then(|it| it.value.as_ref()?.value.as_ref());
    match value {
        None => String::new(),
        Some(Value::StringValue(text)) => text.clone(),
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::BoolValue(value)) => value.to_string(),
        Some(other) => panic!("{key} is {other:?}"),
    }
}

/// The spans in the order in which they began, each with its verdict, reason and kind.
fn told(spans: &[Span]) -> Vec<String> {
    let mut spans: Vec<&Span> = spans.iter().collect();
    spans.sort_by_key(|span| (span.name.clone(), span.start_time_unix_nano));
    let told = spans.into_iter().map(|span| {
        let parts = ["cache.verdict", "cache.reason", "cache.kind"].map(|key| of(span, key));
        let parts = parts.iter().filter(|part| !part.is_empty());
        parts.fold(span.name.clone(), |told, part| format!("{told} {part}"))
    });
    told.collect()
}

fn find<'a>(spans: &'a [Span], name: &str, verdict: &str) -> &'a Span {
    let found = spans
        .iter()
        .find(|span| span.name == name && of(span, "cache.verdict") == verdict);
    found.unwrap_or_else(|| panic!("no {name} {verdict} among {:#?}", told(spans)))
}

#[test]
fn a_request_is_a_span_in_its_clients_trace_with_what_each_tier_decided() {
    let mut collector = Collector::start();
    let process = collector.server("100");
    let path = "/api/properties/7/";

    let cold = Trace(1);
    cold.get(&process, path);
    let (request, within) = collector.trace(&cold);
    assert_eq!(request.name, "GET object");
    assert_eq!(hex(&request.parent_span_id), CLIENT);
    assert_eq!(of(&request, "http.request.method"), "GET");
    assert_eq!(of(&request, "url.path"), path);
    assert_eq!(of(&request, "http.response.status_code"), "200");
    let caches = of(&request, "http.response.header.cache-status");
    assert!(caches.contains("detail=cold"), "{caches}");
    let expect = [
        "load object",
        "memory MISS cold object",
        "redis MISS cold object",
        "redis STORED object",
    ];
    assert_eq!(told(&within), expect);
    for span in &within {
        assert_eq!(span.parent_span_id, request.span_id, "{span:#?}");
        assert_eq!(of(span, "cache.key"), "hearth:properties:v2:@object:7");
        assert_eq!(of(span, "cache.catalogue"), "properties");
        assert!(span.start_time_unix_nano <= span.end_time_unix_nano);
    }
    // The stamp, and the row.
    let load = find(&within, "load", "");
    assert_eq!(of(load, "cache.queries"), "2");
    let memory = find(&within, "memory", "MISS");
    assert!(memory.start_time_unix_nano < load.start_time_unix_nano);
    assert!(memory.end_time_unix_nano > load.end_time_unix_nano);

    let hit = Trace(2);
    hit.get(&process, path);
    let (request, within) = collector.trace(&hit);
    assert_eq!(hex(&request.parent_span_id), CLIENT);
    assert_eq!(told(&within), ["memory HIT object"]);
    assert_eq!(within[0].parent_span_id, request.span_id);
    assert!(within[0].start_time_unix_nano < within[0].end_time_unix_nano);

    process.edit(7, 123_000);
    let touched = Trace(3);
    touched.get(&process, path);
    let (_, within) = collector.trace(&touched);
    let memory = find(&within, "memory", "MISS");
    assert_eq!(of(memory, "cache.reason"), "touched");
    assert_eq!(of(memory, "touched.fields"), "price");
    assert_eq!(of(memory, "touched.catalogue"), "properties");
    assert_eq!(of(memory, "touched.id"), "7");
    assert!(of(memory, "touched.revision").parse::<u64>().unwrap() > 0);
    assert!(!of(memory, "touched.who").is_empty());
    let redis = find(&within, "redis", "MISS");
    assert_eq!(of(redis, "touched.fields"), "price");

    // What is never stored has no decision of Redis.
    let search = Trace(4);
    search.get(&process, "/api/properties/?q=garden");
    let (_, within) = collector.trace(&search);
    assert_eq!(told(&within), ["load list", "memory SKIP bypass list"]);
    assert_eq!(of(find(&within, "load", ""), "cache.queries"), "3");

    // The log is as it was.
    let log = process.stop();
    let foreign = [
        "cache::memory",
        cache::TRACES,
        "SELECT",
        "\"span\"",
        "opentelemetry",
    ];
    for foreign in foreign {
        assert!(!log.contains(foreign), "{foreign} in {log}");
    }
}

#[test]
fn the_answers_on_a_page_are_part_of_its_load() {
    let mut collector = Collector::start();
    let process = collector.server("100");
    let page = Trace(1);
    page.get(&process, "/properties/8");
    let (request, within) = collector.trace(&page);
    assert_eq!(request.name, "GET object page");
    let is_page = |span: &&Span| of(span, "cache.kind") == "page";
    let of_page: Vec<Span> = within.iter().filter(is_page).cloned().collect();
    assert_eq!(told(&of_page), ["load page", "memory MISS cold page"]);
    let load = find(&of_page, "load", "");
    let parts: Vec<Span> = within.iter().filter(|it| !is_page(it)).cloned().collect();
    let decisions = told(&parts);
    assert!(
        decisions.contains(&"load object".to_owned()),
        "{decisions:?}"
    );
    assert!(
        decisions.contains(&"memory MISS cold similar".to_owned()),
        "{decisions:?}"
    );
    for part in &parts {
        assert_eq!(part.parent_span_id, load.span_id, "{part:#?}");
    }

    let again = Trace(2);
    again.get(&process, "/properties/8");
    let (_, within) = collector.trace(&again);
    assert_eq!(told(&within), ["memory HIT page"]);
}

#[test]
fn a_load_is_in_one_trace_and_those_who_joined_it_say_so() {
    let mut collector = Collector::start();
    let process = collector.server("100");
    let mut number = 0;
    // Whether requests meet is a matter of luck.
    for round in 0..50 {
        let path = format!(
            "/api/properties/facets/?beds={}&price_max={}",
            round % 5,
            100_000 + round
        );
        let traces: Vec<Trace> = (0..8).map(|n| Trace(100 + number + n)).collect();
        number += 8;
        let start = Barrier::new(traces.len());
        std::thread::scope(|scope| {
            for trace in &traces {
                scope.spawn(|| {
                    start.wait();
                    trace.get(&process, &path);
                });
            }
        });
        let mut loads = 0;
        let mut joined = 0;
        for trace in &traces {
            let (_, within) = collector.trace(trace);
            let is_joined = within.iter().any(|it| of(it, "cache.joined") == "true");
            let loaded = within.iter().filter(|it| it.name == "load").count();
            assert!(!is_joined || loaded == 0, "{:#?}", told(&within));
            loads += loaded;
            joined += usize::from(is_joined);
        }
        assert_eq!(loads, 1, "round {round}");
        if joined > 0 {
            return;
        }
    }
    panic!("nobody joined a load");
}

#[test]
fn an_invalid_parent_is_none_and_an_unsampled_one_is_obeyed() {
    let mut collector = Collector::start();
    let process = collector.server("100");
    let zeros = format!("00-{:032}-{CLIENT}-01", 0);
    let invalid = ["nonsense", "00-12-34-01", &zeros];
    for (id, parent) in invalid.iter().enumerate() {
        let path = format!("/api/properties/{}/", id + 1);
        process.status_with(&path, &[("traceparent", parent)]);
        let request = collector.receive(|span| of(span, "url.path") == path);
        assert_eq!(request.parent_span_id, b"", "{parent}");
        assert_ne!(request.trace_id, [0; 16], "{parent}");
    }
    let unsampled = format!("00-{:032x}-{CLIENT}-00", 5);
    process.status_with("/api/properties/20/", &[("traceparent", &unsampled)]);
    process.status_of("/api/properties/21/");
    collector.receive(|span| of(span, "url.path") == "/api/properties/21/");
    let ignored = collector.received.iter().find(|span| Trace(5).has(span));
    assert!(ignored.is_none(), "{ignored:#?}");
}

#[test]
fn a_stopping_server_sends_what_is_left() {
    let mut collector = Collector::start();
    let process = collector.server("600000");
    let last = Trace(1);
    last.get(&process, "/api/recipes/3/");
    process.stop();
    let (request, within) = collector.trace(&last);
    assert_eq!(request.name, "GET object");
    assert!(!within.is_empty());
}

#[test]
fn a_collector_that_refuses_is_reported_once_and_once_when_it_works_again() {
    let mut collector = Collector::start();
    collector.status.store(500, Ordering::Relaxed);
    let process = collector.server("20");
    for id in 1..4 {
        let trace = Trace(id);
        trace.get(&process, &format!("/api/properties/{id}/"));
        collector.trace(&trace);
    }
    collector.status.store(200, Ordering::Relaxed);
    let trace = Trace(4);
    trace.get(&process, "/api/properties/4/");
    collector.trace(&trace);
    let log = process.stop();
    let lines = |text: &str| log.lines().filter(|line| line.contains(text)).count();
    assert_eq!(lines("takes no traces"), 1, "{log}");
    assert_eq!(lines("takes traces again"), 1, "{log}");
}

#[test]
fn without_a_collector_that_answers_requests_are_answered_all_the_same() {
    // Nothing listens on the first; the second accepts connections and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent_url = format!("http://{}", silent.local_addr().unwrap());
    for url in ["http://127.0.0.1:1", &silent_url] {
        let variables = [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", url),
            ("OTEL_BSP_SCHEDULE_DELAY", "20"),
        ];
        let process = Process::with("info", &variables);
        let started = Instant::now();
        // More spans than the queue holds.
        for n in 0..2_000 {
            let status = process.status_of(&format!("/api/properties/{}/", 1 + n % 20));
            assert_eq!(status.contains("hit"), n >= 20, "{status}");
        }
        let took = started.elapsed();
        assert!(took < PATIENCE, "{url}: {took:?}");
        let log = process.stop();
        let warnings = log.lines().filter(|line| line.contains("WARN")).count();
        // Once that it fails; and, if the last spans could not be sent, that.
        assert!((1..=2).contains(&warnings), "{url}: {log}");
    }
}

#[test]
fn without_the_variable_nothing_is_sent() {
    let mut collector = Collector::start();
    // Only an exporter would read the second one.
    let variables = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
        (
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            &*format!("{}/v1/traces", collector.url),
        ),
        ("OTEL_BSP_SCHEDULE_DELAY", "20"),
    ];
    // Not even the log's broadest filter makes spans.
    let process = Process::with("trace", &variables);
    Trace(1).get(&process, "/api/properties/7/");
    Trace(2).get(&process, "/api/properties/7/");
    let log = process.stop();
    collector
        .received
        .extend(collector.batches.try_iter().flatten());
    assert!(collector.received.is_empty(), "{:#?}", collector.received);
    assert!(log.contains("cache::memory"), "the log has decisions");
    assert!(!log.contains(cache::TRACES), "the log has spans");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
