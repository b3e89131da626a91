//! Sends the traffic, and counts what comes back.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow, ensure};
use services::process::pause;

use super::{
    address::{Addresses, Stock},
    client::{Client, Server},
    draw::Requests,
    edits::{Edited, Editing, chance, editors},
    schedule::Schedule,
    tally::Tally,
};

/// How often the progress is reported.
const REPORT: Duration = Duration::from_millis(200);

/// How long a connection waits after a request without an answer: the server may be starting.
const AFTER_FAILURE: Duration = Duration::from_millis(50);

/// When the traffic ends.
#[derive(Clone, Copy, Debug)]
pub enum Length {
    /// After this time.
    Time(Duration),
    /// After exactly so many requests.
    Requests(u64),
}

/// Traffic to send.
///
/// Without a rate, each connection sends its next request once it has the answer to the one before: as fast as the
/// server can, so that a slow server gets fewer. With a rate, requests are due at fixed times, and what one waits
/// because all connections are busy counts as its latency.
#[derive(Debug)]
pub struct Load<'a> {
    /// At least one. Connections are distributed among them.
    pub servers: &'a [Server],
    /// What is requested.
    pub addresses: &'a Addresses,
    /// Of Zipf's law.
    pub exponent: f64,
    /// Decides what is requested and edited.
    pub seed: u64,
    /// How many requests are under way at a time.
    pub connections: u64,
    /// When it ends.
    pub length: Length,
    /// Requests a second.
    pub rate: Option<f64>,
    /// Edits a second.
    pub edits: f64,
    /// What they change: each changes one of these, by chance.
    pub fields: &'a [Editing],
    /// How many rows there are.
    pub stock: Stock,
}

/// What became of it.
#[derive(Debug)]
pub struct Outcome {
    /// What was read.
    pub tally: Tally,
    /// What was edited.
    pub edited: Edited,
}

/// How far it is.
#[derive(Debug)]
pub struct Live {
    started: Instant,
    requests: AtomicU64,
    hits: AtomicU64,
    has_ended: AtomicBool,
}

impl Live {
    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// How many requests have ended.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// The share of hits, in percent.
    pub fn hits(&self) -> f64 {
        100.0 * self.hits.load(Ordering::Relaxed) as f64 / self.requests().max(1) as f64
    }
}

impl Load<'_> {
    /// Sends it, and tells `watch` several times a second how far it is.
    ///
    /// # Errors
    /// If there are no servers, no connections or no addresses. Requests that fail are counted.
    pub fn run(&self, watch: impl Fn(&Live)) -> Result<Outcome> {
        ensure!(!self.servers.is_empty(), "traffic needs a server");
        ensure!(self.connections > 0, "traffic needs a connection");
        let live = Live {
            started: Instant::now(),
            requests: AtomicU64::new(0),
            hits: AtomicU64::new(0),
            has_ended: AtomicBool::new(false),
        };
        let requests = self.rate.map(|rate| Schedule::new(rate, live.started));
        let edits = Schedule::new(self.edits, live.started);
        thread::scope(|scope| {
            let readers: Vec<_> = (0..self.connections)
                .map(|number| {
                    let (live, schedule) = (&live, requests.as_ref());
                    scope.spawn(move || self.read(number, schedule, live))
                })
                .collect();
            let editors: Vec<_> = (0..editors(self.edits))
                .map(|number| {
                    let (live, schedule) = (&live, &edits);
                    scope.spawn(move || self.edit(number, schedule, live))
                })
                .collect();
            while !readers.iter().all(thread::ScopedJoinHandle::is_finished) {
                watch(&live);
                pause(REPORT);
            }
            live.has_ended.store(true, Ordering::Relaxed);
            let panicked = |_| anyhow!("a thread panicked");
            let mut tally = Tally::default();
            for reader in readers {
                tally.add(reader.join().map_err(panicked)??)?;
            }
            let mut edited = Edited::none()?;
            for editor in editors {
                edited.add(editor.join().map_err(panicked)??)?;
            }
            Ok(Outcome { tally, edited })
        })
    }

    /// The requests of one connection.
    fn read(&self, number: u64, schedule: Option<&Schedule>, live: &Live) -> Result<Tally> {
        let client = Client::new(&self.servers[number as usize % self.servers.len()]);
        let mut requests = Requests::new(self.addresses, self.exponent, self.seed, number)?;
        let mut tally = Tally::default();
        let (most, end) = match self.length {
            Length::Time(time) => (u64::MAX, time),
            Length::Requests(all) => (share(all, self.connections, number), Duration::MAX),
        };
        let has_ended = || live.elapsed() >= end;
        for _ in 0..most {
            let due = match schedule {
                Some(schedule) => schedule.next(has_ended).map(|(_, due)| due),
                None => (!has_ended()).then(Instant::now),
            };
            let Some(due) = due else { break };
            let request = requests.draw();
            let answered = client.get(&request.url, due);
            let failed = answered.is_err();
            let is_hit = tally.note(&request, answered, live.elapsed())?;
            live.requests.fetch_add(1, Ordering::Relaxed);
            live.hits.fetch_add(is_hit.into(), Ordering::Relaxed);
            if failed {
                pause(AFTER_FAILURE);
            }
        }
        Ok(tally)
    }

    /// The edits of one editor.
    fn edit(&self, number: u64, schedule: &Schedule, live: &Live) -> Result<Edited> {
        let mut edited = Edited::none()?;
        let random = chance(self.seed, number);
        let has_ended = || live.has_ended.load(Ordering::Relaxed);
        let what = (self.fields, self.stock.homes);
        edited.edit(self.servers, schedule, what, random, has_ended);
        Ok(edited)
    }
}

/// What is one connection's of all requests, so that together they send exactly that many.
fn share(all: u64, connections: u64, number: u64) -> u64 {
    all / connections + u64::from(number < all % connections)
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead as _, BufReader, Read as _, Write as _},
        net::{TcpListener, TcpStream},
        sync::{Arc, atomic::AtomicU32},
    };

    use super::*;
    use crate::traffic::Source;

    const STOCK: Stock = Stock {
        homes: 50,
        recipes: 10,
    };

    /// What a server of ours has received.
    #[derive(Default)]
    struct Received {
        connections: AtomicU32,
        gets: AtomicU64,
        patches: AtomicU64,
    }

    /// A server that answers every third request from its memory, and edits with a token after 5 ms. It ends with
    /// the tests.
    fn serve(status: &'static str) -> (Server, Arc<Received>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server {
            url: format!("http://{}", listener.local_addr().unwrap()),
            token: Some("secret".to_owned()),
        };
        let received = Arc::new(Received::default());
        let counts = Arc::clone(&received);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let counts = Arc::clone(&counts);
                counts.connections.fetch_add(1, Ordering::Relaxed);
                thread::spawn(move || answer_all(&stream, status, &counts));
            }
        });
        (server, received)
    }

    /// Until the client closes its connection.
    fn answer_all(mut stream: &TcpStream, status: &str, counts: &Received) -> Option<()> {
        let mut input = BufReader::new(stream);
        loop {
            let (mut head, mut line) = (String::new(), String::new());
            while line != "\r\n" {
                line.clear();
                if input.read_line(&mut line).ok()? == 0 {
                    return None;
                }
                head += &line.to_lowercase();
            }
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
            input.read_exact(&mut body).ok()?;
            let (status, headers) = if head.starts_with("patch") {
                counts.patches.fetch_add(1, Ordering::Relaxed);
                pause(Duration::from_millis(5));
                let is_allowed = head.contains("authorization: bearer secret");
                let status = if is_allowed { "200 OK" } else { "401 No" };
                (status, "server-timing: commit;dur=2.0, acknowledge;dur=3.0")
            } else {
                let number = counts.gets.fetch_add(1, Ordering::Relaxed);
                let header = match number % 3 {
                    0 => "cache-status: hearth-memory; hit; key=\"k\"",
                    _ => "cache-status: hearth-memory; fwd=miss; stored; detail=cold; key=\"k\"",
                };
                (status, header)
            };
            let answer = format!("HTTP/1.1 {status}\r\n{headers}\r\ncontent-length: 2\r\n\r\n{{}}");
            stream.write_all(answer.as_bytes()).ok()?;
        }
    }

    fn run(servers: &[Server], length: Length, rate: Option<f64>, edits: f64) -> Outcome {
        let addresses = Addresses::new(1, 30, STOCK);
        let load = Load {
            servers,
            addresses: &addresses,
            exponent: 1.0,
            seed: 1,
            connections: 4,
            length,
            rate,
            edits,
            fields: &[Editing::Price],
            stock: STOCK,
        };
        load.run(|_| {}).unwrap()
    }

    #[test]
    fn exactly_so_many_requests_are_sent_over_so_many_connections() {
        let (one, at_one) = serve("200 OK");
        let (other, at_other) = serve("200 OK");
        let outcome = run(&[one, other], Length::Requests(301), None, 0.0);
        let gets = [&at_one, &at_other].map(|it| it.gets.load(Ordering::Relaxed));
        // Three connections send 75 and the first one 76.
        assert_eq!(gets, [151, 150]);
        for received in [at_one, at_other] {
            assert_eq!(received.connections.load(Ordering::Relaxed), 2);
        }
        let tally = outcome.tally;
        assert_eq!(tally.statuses, [(200, 301)].into());
        let of = |source| tally.latencies(|_, it| it == source).unwrap().len();
        assert_eq!((of(Source::Memory), of(Source::Loaded)), (101, 200));
        assert_eq!((tally.failed, outcome.edited.acknowledged), (0, 0));
    }

    #[test]
    fn requests_are_sent_at_a_rate() {
        let (server, received) = serve("200 OK");
        let tally = run(&[server], Length::Requests(31), Some(100.0), 0.0).tally;
        assert_eq!(received.gets.load(Ordering::Relaxed), 31);
        assert!(
            tally.ended >= Duration::from_millis(300),
            "{:?}",
            tally.ended
        );
    }

    #[test]
    fn edits_are_sent_at_their_rate_and_waited_for() {
        let (server, received) = serve("200 OK");
        let time = Duration::from_millis(1_000);
        let edited = run(&[server], Length::Time(time), None, 20.0).edited;
        let patches = received.patches.load(Ordering::Relaxed);
        assert_eq!((edited.acknowledged, edited.failed), (patches, 0));
        // Sleeping threads may be late on a busy machine.
        assert!((5..=26).contains(&patches), "{patches} edits in a second");
        assert!((1_980..=2_020).contains(&edited.commit.max()));
        assert!((2_970..=3_030).contains(&edited.acknowledge.max()));
        assert!(edited.whole.min() >= 5_000, "{}", edited.whole.min());
    }

    #[test]
    fn errors_are_failures() {
        let (server, _) = serve("503 Service Unavailable");
        let stranger = Server {
            token: None,
            ..server.clone()
        };
        let outcome = run(&[server], Length::Requests(8), None, 0.0);
        assert_eq!((outcome.tally.failed, outcome.tally.statuses[&503]), (8, 8));
        assert!(outcome.tally.failures[0].ends_with("status 503"));
        let refused = run(
            &[stranger],
            Length::Time(Duration::from_millis(300)),
            None,
            20.0,
        )
        .edited;
        assert!(refused.failed > 0 && refused.acknowledged == 0);
        assert!(refused.failure.unwrap().ends_with("status 401"));
        let nobody = Server {
            url: "http://127.0.0.1:1".to_owned(),
            token: None,
        };
        assert_eq!(
            run(&[nobody], Length::Requests(4), None, 0.0).tally.failed,
            4
        );
    }
}
