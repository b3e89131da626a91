//! Connections: how they begin, and how all of them end without a request lost.
//!
//! A node that stops goes through four steps. It says that it is not ready, and asks clients to close
//! their connections with the next answer ([`App::leave`]). It accepts no more connections. It waits
//! for the first request of those that it has just accepted: hyper would close them. Then it closes
//! the idle ones, and the others when their answers have been sent.

use std::{future::pending, io, net::SocketAddr, time::Duration};

use axum::{
    ServiceExt,
    extract::Request,
    serve::{Listener, ListenerExt},
};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::http::{self, App};

/// How long a connection that has been accepted may take to send its first request.
const FIRST_REQUEST: Duration = Duration::from_millis(500);

/// Serves HTTP/1.1 with persistent connections, and HTTP/2 in clear text to clients that begin with
/// it (RFC 9113, section 3.3), until `stop`; answers that have begun by then are still sent.
///
/// # Errors
/// If connections can no longer be accepted.
pub async fn serve_on(
    listener: TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = http::service(app.clone());
    let closed = CancellationToken::new();
    let door = Door {
        address: listener.local_addr()?,
        listener: Some(listener),
        closed: closed.clone(),
    };
    // Small answers must not wait for the client's acknowledgement of earlier ones.
    let door = door.tap_io(|connection| drop(connection.set_nodelay(true)));
    axum::serve(door, ServiceExt::<Request>::into_make_service(service))
        .with_graceful_shutdown(async move {
            stop.await;
            app.leave();
            closed.cancel();
            tokio::time::sleep(FIRST_REQUEST).await;
            app.end_streams();
        })
        .await
}

/// Accepts connections until it is closed, while those that it has accepted continue.
struct Door {
    listener: Option<TcpListener>,
    address: SocketAddr,
    closed: CancellationToken,
}

impl Listener for Door {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        if let Some(listener) = &mut self.listener {
            let accepted = Listener::accept(listener);
            if let Some(accepted) = self.closed.run_until_cancelled(accepted).await {
                return accepted;
            }
        }
        // What waits at a socket that was handed over is for whoever takes it over next.
        self.listener = None;
        pending().await
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
