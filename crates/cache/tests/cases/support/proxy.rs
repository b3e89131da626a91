//! A proxy in front of a server, which can be cut and can fall silent.

use std::net::SocketAddr;

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

/// Forwards connections to a server.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    upstream: String,
    silent: watch::Sender<bool>,
    accepting: Option<JoinHandle<()>>,
}

impl Proxy {
    /// A proxy that is not open yet: nothing listens at its address.
    pub(crate) async fn new(upstream: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self {
            address: listener.local_addr().unwrap(),
            upstream: upstream.to_owned(),
            silent: watch::Sender::new(false),
            accepting: None,
        }
    }

    pub(crate) async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        let (upstream, silent) = (self.upstream.clone(), self.silent.clone());
        self.accepting = Some(tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((connection, _)) = listener.accept().await {
                connections.spawn(pass(connection, upstream.clone(), silent.subscribe()));
            }
        }));
    }

    /// Closes all connections and refuses new ones.
    pub(crate) async fn cut(&mut self) {
        if let Some(accepting) = self.accepting.take() {
            accepting.abort();
            let _ = accepting.await;
        }
    }

    /// Connections stay open, but nothing is forwarded anymore.
    pub(crate) fn fall_silent(&self) {
        self.silent.send_replace(true);
    }
}

async fn pass(mut connection: TcpStream, upstream: String, mut silent: watch::Receiver<bool>) {
    let Ok(mut upstream) = TcpStream::connect(upstream).await else {
        return;
    };
    let passing = copy_bidirectional(&mut connection, &mut upstream);
    tokio::select! {
        _ = passing => return,
        () = async { drop(silent.wait_for(|silent| *silent).await) } => {}
    }
    // Both ends stay open.
    std::future::pending().await
}
