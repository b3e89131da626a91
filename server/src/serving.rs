//! Connections: how they begin, what they may cost, and how all of them end without a request lost.
//!
//! A client that is slow, or silent, or one of too many, costs little: there are [`Limits`].
//!
//! A node that stops goes through four steps. It says that it is not ready, and asks clients to close
//! their connections with the next answer (`Portal::leave`). It accepts no more connections. It waits
//! for the first request of those that it has just accepted: hyper would close them. Then it closes
//! the idle ones, and the others when their answers have been sent.

use std::{
    convert::Infallible,
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{body::Body, http::Request, response::Response};
use hyper::{body::Incoming, service::Service};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use rustix::process::{Resource, getrlimit};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutWriter;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::{debug, warn};

use crate::http::{Answering, Portal};

/// How long a connection that has been accepted may take to send its first request, once the node
/// stops.
const FIRST_REQUEST: Duration = Duration::from_millis(500);

/// How large the head of a request may be, in bytes; HTTP/1.1 has twice as much, for its buffer. Browsers
/// send a few hundred, and a proxy adds some.
const HEAD_BYTES: u32 = 32 << 10;

/// How often a silent HTTP/2 connection is asked for a sign of life, and how long the sign may take.
const PING: Duration = Duration::from_secs(20);

/// How many requests an HTTP/2 connection may have at once.
const STREAMS: u32 = 128;

/// Files that are no connections: the database's, Redis', those of the site.
const OTHER_FILES: u64 = 256;

/// What a client is told for whom there is no room. It is too little to be worth more.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\n\
    Cache-Control: no-store\r\nConnection: close\r\n\r\n";

/// What connections may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many there are at most; others are refused.
    pub connections: usize,
    /// How long the head of a request may take, whatever the client speaks: from the connection's
    /// beginning, or since the last answer. Proxies must not use an idle connection for longer.
    pub head: Duration,
    /// How long a client may leave everything unread that it was sent.
    pub unread: Duration,
}

impl Default for Limits {
    /// As many connections as this process may open files, but no more than ten thousand; half a
    /// minute for everything else.
    fn default() -> Self {
        let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
        let most = files.saturating_sub(OTHER_FILES).clamp(16, 10_000);
        Self {
            connections: usize::try_from(most).unwrap_or(usize::MAX),
            head: Duration::from_secs(30),
            unread: Duration::from_secs(30),
        }
    }
}

/// Serves HTTP/1.1 with persistent connections, and HTTP/2 in clear text to clients that begin with
/// it (RFC 9113, section 3.3), until `stop`; answers that have begun by then are still sent.
pub async fn serve_on(
    listener: TcpListener,
    portal: Portal,
    limits: Limits,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let ends = CancellationToken::new();
    let connections = TaskTracker::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                not_accepted(&error).await;
                continue;
            }
        };
        match Arc::clone(&places).try_acquire_owned() {
            Ok(place) => {
                let client = Client::new(portal.clone(), peer);
                let connection = connection(stream, client, limits, ends.clone(), place);
                connections.spawn(connection);
            }
            Err(_) => refuse(stream),
        }
    }
    portal.leave();
    // What waits at a socket that was handed over is for whoever takes it over next.
    drop(listener);
    sleep(FIRST_REQUEST).await;
    portal.end_streams();
    ends.cancel();
    connections.close();
    connections.wait().await;
}

/// Waits a little if connections cannot be accepted for a reason that will not pass at once, such as
/// too many open files.
async fn not_accepted(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    ) {
        return;
    }
    warn!(%error, "cannot accept connections");
    sleep(Duration::from_secs(1)).await;
}

/// Tells a client that there is no room.
fn refuse(mut stream: TcpStream) {
    debug!("refused a connection: there are too many");
    tokio::spawn(async move {
        // A client that does not even take this is left alone.
        let _ = timeout(Duration::from_secs(1), stream.write_all(FULL)).await;
    });
}

async fn connection(
    stream: TcpStream,
    client: Client,
    limits: Limits,
    ends: CancellationToken,
    _place: OwnedSemaphorePermit,
) {
    // Small answers must not wait for the client's acknowledgement of earlier ones.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(limits.unread));
    let has_begun = Arc::clone(&client.has_begun);
    let builder = builder(limits);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(Box::pin(stream)), client));
    // hyper counts only from the moment at which it knows which version of HTTP the client speaks.
    let mut first = pin!(sleep(limits.head));
    let (mut is_ending, mut is_first) = (false, true);
    loop {
        tokio::select! {
            served = connection.as_mut() => {
                if let Err(error) = served {
                    debug!(error, "a connection ended badly");
                }
                return;
            }
            () = ends.cancelled(), if !is_ending => {
                is_ending = true;
                connection.as_mut().graceful_shutdown();
            }
            () = &mut first, if is_first => {
                is_first = false;
                if !has_begun.load(Ordering::Relaxed) {
                    return;
                }
            }
        }
    }
}

fn builder(limits: Limits) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(2 * HEAD_BYTES as usize);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING)
        .max_header_list_size(HEAD_BYTES)
        .max_concurrent_streams(STREAMS);
    builder
}

/// One client's view of the portal.
struct Client {
    portal: Portal,
    address: IpAddr,
    /// Whether it has sent the head of a request.
    has_begun: Arc<AtomicBool>,
}

impl Client {
    fn new(portal: Portal, peer: SocketAddr) -> Self {
        Self {
            portal,
            address: peer.ip(),
            has_begun: Arc::default(),
        }
    }
}

impl Service<Request<Incoming>> for Client {
    type Response = Response;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        self.has_begun.store(true, Ordering::Relaxed);
        self.portal
            .answer(request.map(Body::new), Some(self.address))
    }
}
