//! Edits at a steady rate, while the traffic flows.

use anyhow::{Result, anyhow};
use hdrhistogram::Histogram;
use rand::{Rng as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

use super::{
    client::{Client, Server},
    schedule::Schedule,
    tally::{histogram, record},
};
use crate::machine;

/// What an edit changes.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Editing {
    /// The price.
    Price,
    /// The description, which no list is filtered or sorted by.
    Description,
    /// The status; most homes stay on the market.
    Status,
}

impl Editing {
    /// A new value, as JSON. Two runs with one seed set different ones, where there are enough: an edit that changes
    /// nothing touches nothing.
    fn draw(self, random: &mut ChaCha8Rng) -> String {
        let run = machine::now() % 1_000;
        match self {
            Self::Price => {
                let price = 1_000 * random.random_range(100..=1_500) + run;
                format!("{{\"price\": \"{price}.00\"}}")
            }
            Self::Description => {
                let number: u32 = random.random();
                format!(
                    "{{\"description\": \"Viewing {number} of run {run}: bright, quiet, central.\"}}"
                )
            }
            Self::Status => {
                const STATUSES: [&str; 5] = ["active", "active", "active", "pending", "sold"];
                let status = STATUSES[random.random_range(0..STATUSES.len())];
                format!("{{\"status\": \"{status}\"}}")
            }
        }
    }
}

/// What became of the edits. Times are in microseconds.
#[derive(Debug)]
pub struct Edited {
    /// How many were acknowledged.
    pub acknowledged: u64,
    /// How many were of rows that do not exist.
    pub missing: u64,
    /// How many failed.
    pub failed: u64,
    /// The first failure.
    pub failure: Option<String>,
    /// The time until the transaction was committed, according to the server.
    pub commit: Histogram<u64>,
    /// The time from then until no node served an answer from before, according to the server.
    pub acknowledge: Histogram<u64>,
    /// The time from when an edit was due until its answer. An editor who is late because the edit before took
    /// long counts as waiting.
    pub whole: Histogram<u64>,
}

/// Enough editors to keep the rate while each edit waits for the lease of a dead node, two seconds.
pub(super) fn editors(rate: f64) -> u64 {
    match rate {
        ..=0.0 => 0,
        rate => ((2.0 * rate).ceil() as u64).clamp(1, 100),
    }
}

impl Edited {
    pub(super) fn none() -> Result<Self> {
        Ok(Self {
            acknowledged: 0,
            missing: 0,
            failed: 0,
            failure: None,
            commit: histogram()?,
            acknowledge: histogram()?,
            whole: histogram()?,
        })
    }

    /// Sets some of these fields of random homes, through one server after the other, until `has_ended`.
    pub(super) fn edit(
        &mut self,
        servers: &[Server],
        schedule: &Schedule,
        (fields, homes): (&[Editing], u64),
        mut random: ChaCha8Rng,
        has_ended: impl Fn() -> bool,
    ) {
        let clients: Vec<Client> = servers.iter().map(Client::new).collect();
        while let Some((number, due)) = schedule.next(&has_ended) {
            let client = &clients[number as usize % clients.len()];
            let url = format!("/api/properties/{}/", random.random_range(1..=homes.max(1)));
            let Some(field) = fields.choose(&mut random) else {
                return;
            };
            let body = field.draw(&mut random);
            let failure = match client.patch(&url, &body, due) {
                Ok(answer) if answer.status == 200 => {
                    self.acknowledged += 1;
                    record(&mut self.whole, answer.took);
                    for (step, times) in [
                        ("commit", &mut self.commit),
                        ("acknowledge", &mut self.acknowledge),
                    ] {
                        if let Some(took) = answer.step(step) {
                            record(times, took);
                        }
                    }
                    continue;
                }
                Ok(answer) if answer.status == 404 => {
                    self.missing += 1;
                    continue;
                }
                Ok(answer) => anyhow!("status {}", answer.status),
                Err(error) => error,
            };
            self.failed += 1;
            self.failure
                .get_or_insert_with(|| format!("PATCH {url}: {failure:#}"));
        }
    }

    /// Adds the edits of another editor.
    pub(super) fn add(&mut self, other: Self) -> Result<()> {
        self.acknowledged += other.acknowledged;
        self.missing += other.missing;
        self.failed += other.failed;
        self.failure = self.failure.take().or(other.failure);
        self.commit.add(other.commit)?;
        self.acknowledge.add(other.acknowledge)?;
        self.whole.add(other.whole)?;
        Ok(())
    }
}

/// The chance of one editor, apart from that of the readers, whose streams count up from 0.
pub(super) fn chance(seed: u64, editor: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(u64::MAX - editor);
    random
}
