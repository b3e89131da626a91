//! A TCP proxy in front of a server, with plain threads: it passes, delays, holds or cuts.
//!
//! Each connection belongs to a class, and each class has its own mode, so that a node's feed
//! of the change log can be attacked while its other statements pass.

mod startup;

use std::{
    collections::HashMap,
    io::{self, Read, Write as _},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result};
use parking_lot::{Condvar, Mutex};
use services::process::pause;

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Class {
    /// Following PostgreSQL's change log.
    Feed,
    /// Everything else.
    Other,
}

/// What happens to a class's connections.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mode {
    Pass,
    Delay(Duration),
    /// Nothing passes, not even the end of a stream. Everything does when the mode changes.
    Blackhole,
    Cut,
}

/// How connections are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Protocol {
    /// By the name in PostgreSQL's startup message.
    Postgres,
    /// Not at all.
    Opaque,
}

pub(super) struct Proxy {
    pub(super) port: u16,
    inner: Arc<Inner>,
}

struct Inner {
    upstream: u16,
    protocol: Protocol,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    feed: Mode,
    other: Mode,
    connections: HashMap<u64, Connection>,
    next: u64,
    ended: bool,
}

/// Both ends, to shut them down.
struct Connection {
    class: Class,
    client: TcpStream,
    server: TcpStream,
}

impl Proxy {
    /// Listens on a free port in front of a local port.
    pub(super) fn start(upstream: u16, protocol: Protocol) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("listen as a proxy")?;
        let port = listener.local_addr().context("listen as a proxy")?.port();
        let inner = Arc::new(Inner {
            upstream,
            protocol,
            state: Mutex::new(State {
                feed: Mode::Pass,
                other: Mode::Pass,
                connections: HashMap::new(),
                next: 0,
                ended: false,
            }),
            changed: Condvar::new(),
        });
        let accepting = Arc::clone(&inner);
        thread::spawn(move || accepting.accept(&listener));
        Ok(Self { port, inner })
    }

    pub(super) fn set(&self, class: Class, mode: Mode) {
        let mut state = self.inner.state.lock();
        match class {
            Class::Feed => state.feed = mode,
            Class::Other => state.other = mode,
        }
        if mode == Mode::Cut {
            state.connections.retain(|_, connection| {
                if connection.class == class {
                    connection.close();
                }
                connection.class != class
            });
        }
        drop(state);
        self.inner.changed.notify_all();
    }

    /// How many connections of a class are open.
    pub(super) fn open(&self, class: Class) -> usize {
        let state = self.inner.state.lock();
        let open = state.connections.values();
        open.filter(|connection| connection.class == class).count()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let mut state = self.inner.state.lock();
        state.ended = true;
        for (_, connection) in state.connections.drain() {
            connection.close();
        }
        drop(state);
        self.inner.changed.notify_all();
        // Wakes the thread that accepts. If that fails, the thread ends with the process.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
    }
}

impl Connection {
    fn close(&self) {
        // An end that has already hung up is not an error.
        let _ = self.client.shutdown(Shutdown::Both);
        let _ = self.server.shutdown(Shutdown::Both);
    }
}

impl State {
    fn mode(&self, class: Class) -> Mode {
        match class {
            Class::Feed => self.feed,
            Class::Other => self.other,
        }
    }
}

impl Inner {
    fn accept(self: &Arc<Self>, listener: &TcpListener) {
        for client in listener.incoming() {
            if self.state.lock().ended {
                return;
            }
            let Ok(client) = client else { continue };
            let inner = Arc::clone(self);
            // A connection that fails is closed, as on any network.
            thread::spawn(move || inner.serve(client));
        }
    }

    fn serve(self: Arc<Self>, mut client: TcpStream) -> io::Result<()> {
        client.set_nodelay(true)?;
        let (class, first) = match self.protocol {
            Protocol::Opaque => (Class::Other, Vec::new()),
            Protocol::Postgres => startup::read(&mut client)?,
        };
        if !self.may_pass(class, None) {
            return Ok(());
        }
        let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, self.upstream))?;
        server.set_nodelay(true)?;
        server.write_all(&first)?;
        let connection = Connection {
            class,
            client: client.try_clone()?,
            server: server.try_clone()?,
        };
        let id = {
            let mut state = self.state.lock();
            if state.ended || state.mode(class) == Mode::Cut {
                connection.close();
                return Ok(());
            }
            state.next += 1;
            let id = state.next;
            state.connections.insert(id, connection);
            id
        };
        let (from_server, to_client) = (server.try_clone()?, client.try_clone()?);
        let back = Arc::clone(&self);
        thread::spawn(move || back.pump(id, class, from_server, to_client));
        self.pump(id, class, client, server);
        Ok(())
    }

    /// Passes on what one side sends, until either hangs up.
    fn pump(&self, id: u64, class: Class, mut from: TcpStream, mut to: TcpStream) {
        let mut chunk = vec![0; 16 << 10];
        loop {
            let read = from.read(&mut chunk).unwrap_or(0);
            // A blackhole holds back the end of the stream too.
            if !self.may_pass(class, Some(id)) || read == 0 || to.write_all(&chunk[..read]).is_err()
            {
                break;
            }
        }
        if let Some(connection) = self.state.lock().connections.remove(&id) {
            connection.close();
        }
    }

    /// Waits for as long as the mode requires. False if the connection was cut meanwhile.
    fn may_pass(&self, class: Class, id: Option<u64>) -> bool {
        let mut state = self.state.lock();
        loop {
            let alive = id.is_none_or(|id| state.connections.contains_key(&id));
            match state.mode(class) {
                _ if state.ended || !alive => return false,
                Mode::Cut => return false,
                Mode::Pass => return true,
                Mode::Delay(delay) => {
                    drop(state);
                    pause(delay);
                    return true;
                }
                Mode::Blackhole => {
                    self.changed.wait(&mut state);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    /// A server that echoes what it receives.
    fn echo() -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                thread::spawn(move || {
                    let mut back = stream.try_clone().unwrap();
                    io::copy(&mut stream, &mut back)
                });
            }
        });
        port
    }

    fn connect(proxy: &Proxy) -> TcpStream {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, proxy.port)).unwrap();
        let limit = Some(Duration::from_millis(300));
        stream.set_read_timeout(limit).unwrap();
        stream
    }

    fn say(stream: &mut TcpStream, text: &[u8]) -> io::Result<Vec<u8>> {
        stream.write_all(text)?;
        hear(stream, text.len())
    }

    fn hear(stream: &mut TcpStream, length: usize) -> io::Result<Vec<u8>> {
        let mut received = vec![0; length];
        stream.read_exact(&mut received)?;
        Ok(received)
    }

    #[test]
    fn delayed_data_arrives_later() {
        let proxy = Proxy::start(echo(), Protocol::Opaque).unwrap();
        let mut stream = connect(&proxy);
        assert_eq!(say(&mut stream, b"one").unwrap(), b"one");
        proxy.set(Class::Other, Mode::Delay(Duration::from_millis(50)));
        let started = Instant::now();
        assert_eq!(say(&mut stream, b"two").unwrap(), b"two");
        assert!(started.elapsed() >= Duration::from_millis(100), "both ways");
    }

    #[test]
    fn a_cut_closes_and_refuses_connections_until_it_is_healed() {
        let proxy = Proxy::start(echo(), Protocol::Opaque).unwrap();
        let mut stream = connect(&proxy);
        assert_eq!(say(&mut stream, b"one").unwrap(), b"one");
        proxy.set(Class::Other, Mode::Cut);
        assert!(say(&mut stream, b"two").is_err());
        assert!(say(&mut connect(&proxy), b"three").is_err());
        assert_eq!(proxy.open(Class::Other), 0);
        proxy.set(Class::Other, Mode::Pass);
        assert_eq!(say(&mut connect(&proxy), b"four").unwrap(), b"four");
    }

    #[test]
    fn a_blackhole_passes_everything_in_the_end() {
        let proxy = Proxy::start(echo(), Protocol::Opaque).unwrap();
        let mut stream = connect(&proxy);
        assert_eq!(say(&mut stream, b"one").unwrap(), b"one");
        proxy.set(Class::Other, Mode::Blackhole);
        let error = say(&mut stream, b"two").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::WouldBlock, "it stays open");
        proxy.set(Class::Other, Mode::Pass);
        assert_eq!(hear(&mut stream, 3).unwrap(), b"two");
    }

    #[test]
    fn the_feed_can_be_cut_alone() {
        let proxy = Proxy::start(echo(), Protocol::Postgres).unwrap();
        let hello = |name: &str| startup::message(&[("user", "u"), ("application_name", name)]);
        let (mut feed, mut pool) = (connect(&proxy), connect(&proxy));
        let (of_feed, of_pool) = (hello("hearth-feed"), hello("hearth"));
        assert_eq!(say(&mut feed, &of_feed).unwrap(), of_feed);
        assert_eq!(say(&mut pool, &of_pool).unwrap(), of_pool);
        proxy.set(Class::Feed, Mode::Cut);
        assert!(say(&mut feed, b"one").is_err());
        assert_eq!(say(&mut pool, b"one").unwrap(), b"one");
        assert!(say(&mut connect(&proxy), &of_feed).is_err());
    }
}
