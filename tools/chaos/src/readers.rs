//! Readers: each reads from one node, so that a node that hangs does not hold up reads from the others.

use std::{collections::HashMap, sync::Arc, thread, time::Duration};

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use services::process::pause;

use super::{
    ask::{Ask, Shown},
    checker::Checker,
    client::{Addresses, Answer, Client},
    fault::NODES,
    record::Count,
    workers::{Gate, Workers},
};

/// How long a reader pauses after an answer: the servers share their processors with the harness.
const LOOK: Duration = Duration::from_millis(3);

/// How long a reader pauses when there was no answer, so that it does not hammer a node that is down.
const AFTER_SILENCE: Duration = Duration::from_millis(50);

/// How many answers a reader caches for `If-None-Match`.
const CACHED: usize = 300;

/// Adds this many readers of each node.
pub(super) fn join(
    workers: &mut Workers,
    checker: &Arc<Checker>,
    addresses: &Addresses,
    each: usize,
    seed: u64,
) {
    for number in 0..NODES * each {
        let (checker, addresses) = (Arc::clone(checker), addresses.clone());
        workers.add(move |gate| {
            let seed = seed.wrapping_add(1_000 + number as u64);
            Reader::new(&checker, addresses, number % NODES, seed).read(gate);
        });
    }
}

/// Sends every ask to every node while there are no edits: the right answers are known exactly.
pub(super) fn ask_everything(checker: &Checker, addresses: &Addresses) {
    thread::scope(|scope| {
        for node in 0..NODES {
            scope.spawn(move || {
                let mut reader = Reader::new(checker, addresses.clone(), node, 0);
                for ask in Ask::all(&checker.ledger) {
                    reader.request(ask);
                }
            });
        }
    });
}

struct Reader<'a> {
    client: Client,
    checker: &'a Checker,
    node: usize,
    random: ChaCha8Rng,
    /// Entity tags and what the answers showed, as a browser stores them.
    cached: HashMap<String, (String, Vec<Shown>)>,
}

impl<'a> Reader<'a> {
    fn new(checker: &'a Checker, addresses: Addresses, node: usize, seed: u64) -> Self {
        Self {
            client: Client::new(addresses),
            checker,
            node,
            random: ChaCha8Rng::seed_from_u64(seed),
            cached: HashMap::new(),
        }
    }

    fn read(mut self, gate: &Gate) {
        while gate.pass() {
            let ledger = &self.checker.ledger;
            let ask = Ask::any(&mut self.random, ledger, &ledger.acknowledged());
            let answered = self.request(ask);
            pause(if answered { LOOK } else { AFTER_SILENCE });
        }
    }

    /// Sends a request and checks the answer. False if there was none.
    fn request(&mut self, ask: Ask) -> bool {
        let (checker, record) = (self.checker, &self.checker.record);
        let ledger = &checker.ledger;
        let url = ask.url(ledger);
        // A cached answer counts as the node's answer if the node says that it may be used.
        let known = self
            .cached
            .get(&url)
            .filter(|_| self.random.random_bool(0.3));
        let observation = checker.observe(self.node, format!("GET {url}"));
        let called = self
            .client
            .get(self.node, &url, known.map(|(etag, _)| etag.as_str()));
        record.count(Count::Reads);
        if matches!(ask, Ask::Page(_) | Ask::ListPage(_)) {
            record.count(Count::Pages);
        }
        // The page of an empty list has status 404.
        let empty = matches!(ask, Ask::ListPage(_));
        let called = called.map(|answer| match answer.status {
            404 if empty => Answer {
                status: 200,
                ..answer
            },
            _ => answer,
        });
        let Some(answer) = observation.answered(called) else {
            return false;
        };
        record.count(tier(&answer.cache_status));
        let shown = match known {
            Some((_, shown)) if answer.status == 304 => {
                record.count(Count::NotModified);
                Ok(shown.clone())
            }
            _ => {
                observation.agrees(ask, &answer);
                ask.read(ledger, &answer.body)
            }
        };
        match shown {
            Ok(shown) => {
                observation.checked(ask, &answer, &shown);
                self.store(url, answer.etag, shown);
            }
            Err(why) => observation.unreadable(why, &answer),
        }
        true
    }

    fn store(&mut self, url: String, etag: Option<String>, shown: Vec<Shown>) {
        if self.cached.len() >= CACHED {
            self.cached.clear();
        }
        if let Some(etag) = etag {
            self.cached.insert(url, (etag, shown));
        }
    }
}

/// The tier that an answer came from.
fn tier(cache_status: &str) -> Count {
    if cache_status.contains("hearth-redis; hit") {
        Count::RedisHits
    } else if cache_status.contains("hearth-memory; hit") {
        Count::MemoryHits
    } else {
        Count::Loads
    }
}
