//! Writers: each edits homes of its own, one after the other, through any node.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use super::{
    client::{Addresses, Answer, Client},
    court::Court,
    crowd::{Crowd, Gate},
    fault::NODES,
    ledger::{price, status},
    question::{Question, Shown},
    record::{Acknowledged, Count, milliseconds},
};
use crate::process::pause;

const WRITERS: usize = 5;

/// How long a writer thinks before an edit, in milliseconds.
const THINK: std::ops::Range<u64> = 50..400;

pub(super) fn join(crowd: &mut Crowd, court: &Arc<Court>, addresses: &Addresses, seed: u64) {
    for number in 0..WRITERS {
        let (court, addresses) = (Arc::clone(court), addresses.clone());
        crowd.add(move |gate| {
            Writer::new(&court, addresses, seed.wrapping_add(number as u64), number).write(gate);
        });
    }
}

/// Gives every hot home its first edit.
pub(super) fn begin(court: &Court, addresses: &Addresses) {
    let mut writer = Writer::new(court, addresses.clone(), 0, 0);
    for home in 0..court.ledger.homes.len() {
        writer.edit(0, home);
    }
}

struct Writer<'a> {
    client: Client,
    court: &'a Court,
    random: ChaCha8Rng,
    homes: Vec<usize>,
    /// Of the homes whose last edit's outcome is known.
    versions: HashMap<usize, String>,
}

impl<'a> Writer<'a> {
    fn new(court: &'a Court, addresses: Addresses, seed: u64, number: usize) -> Self {
        Self {
            client: Client::new(addresses),
            court,
            random: ChaCha8Rng::seed_from_u64(seed),
            homes: (number..court.ledger.homes.len())
                .step_by(WRITERS)
                .collect(),
            versions: HashMap::new(),
        }
    }

    fn write(mut self, gate: &Gate) {
        while gate.pass() {
            let node = self.random.random_range(0..NODES);
            let home = self.homes[self.random.random_range(0..self.homes.len())];
            self.edit(node, home);
            pause(Duration::from_millis(self.random.random_range(THINK)));
        }
    }

    /// Edits a home. An outcome that nobody knows is found out by reading, the next time.
    fn edit(&mut self, node: usize, home: usize) {
        let Some(version) = self
            .versions
            .remove(&home)
            .or_else(|| self.version(node, home))
        else {
            return;
        };
        let (ledger, record) = (&self.court.ledger, &self.court.record);
        let edit = ledger.issue(home);
        let body = json!({ "price": format!("{}.00", price(home, edit)), "status": status(edit) });
        let url = Question::Object(home).url(ledger);
        let what = format!("PATCH {url} {body} at version {version}, edit {edit}");
        let hearing = self.court.hear(node, what);
        let called = self.client.patch(node, &url, &version, &body.to_string());
        let until = Instant::now();
        record.count(Count::Edits);
        if called.as_ref().is_ok_and(|answer| answer.status == 412) {
            // One of unknown outcome was made after all.
            record.count(Count::Refused);
            return;
        }
        let Some(answer) = hearing.answered(called) else {
            record.count(Count::UnknownEdits);
            return;
        };
        ledger.acknowledge(home, edit);
        record.acknowledged(Acknowledged {
            calm: self.court.timeline.calm(hearing.from(), until),
            whole: milliseconds(until.saturating_duration_since(hearing.from())),
            beyond: answer.took("acknowledge"),
        });
        match shown(self.court, home, &answer) {
            Ok(shown) if shown.edit == edit || answer.is_marked() => {}
            Ok(shown) => {
                let found = format!("its answer shows edit {}", shown.edit);
                hearing.violation(
                    "an edit's own answer is stale",
                    until,
                    found,
                    &answer.cache_status,
                );
            }
            Err(why) => hearing.violation("unreadable", until, why, &answer.cache_status),
        }
        if !answer.is_marked()
            && let Some(version) = answer.version()
        {
            self.versions.insert(home, version);
        }
    }

    /// The version that a home is at, or was: an edit upon an old one is refused.
    fn version(&self, node: usize, home: usize) -> Option<String> {
        let question = Question::Object(home);
        let url = question.url(&self.court.ledger);
        let hearing = self.court.hear(node, format!("GET {url}"));
        let answer = hearing.answered(self.client.get(node, &url, None))?;
        // Before its first edit a home has a price of its own.
        if hearing.acknowledged()[home] > 0 {
            match shown(self.court, home, &answer) {
                Ok(shown) => hearing.checked(question, &answer, &[shown]),
                Err(why) => {
                    hearing.violation("unreadable", Instant::now(), why, &answer.cache_status);
                }
            }
        }
        answer.version()
    }
}

fn shown(court: &Court, home: usize, answer: &Answer) -> Result<Shown, String> {
    let shown = Question::Object(home).read(&court.ledger, &answer.body)?;
    shown
        .into_iter()
        .next()
        .ok_or_else(|| "another home".to_owned())
}
