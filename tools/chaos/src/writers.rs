//! Writers: each edits its own homes, one after the other, through any node.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use services::{postgres::Console, process::pause};

use super::{
    ask::{Ask, Shown},
    checker::Checker,
    client::{Addresses, Answer, Client},
    fault::NODES,
    ledger::{price, status},
    record::{Acknowledged, Conditions, Count, milliseconds},
    violation::Violation,
    workers::{Gate, Workers},
};

const WRITERS: usize = 5;

/// How many of the hot homes are edited by SQL: the last ones.
const BY_SQL: usize = 2;

/// After this time every node has seen an edit by SQL: the length of a lease.
const LEASE: Duration = Duration::from_secs(2);

/// How long a writer pauses between edits, in milliseconds.
const THINK: std::ops::Range<u64> = 50..400;

pub(super) fn join(
    workers: &mut Workers,
    checker: &Arc<Checker>,
    addresses: &Addresses,
    console: Console,
    seed: u64,
) {
    let editor = Arc::clone(checker);
    workers.add(move |gate| edit_by_sql(&editor, &console, gate));
    for number in 0..WRITERS {
        let (checker, addresses) = (Arc::clone(checker), addresses.clone());
        workers.add(move |gate| {
            let seed = seed.wrapping_add(number as u64);
            Writer::new(&checker, addresses, seed, number).write(gate);
        });
    }
}

/// Edits every hot home once, while nothing else happens.
pub(super) fn edit_each(checker: &Checker, addresses: &Addresses) {
    let mut writer = Writer::new(checker, addresses.clone(), 0, 0);
    writer.alone = true;
    for home in 0..checker.ledger.homes.len() {
        writer.edit(home % NODES, home);
    }
}

/// Edits homes by SQL, bypassing the nodes, one after the other. Every edit counts as acknowledged
/// one lease after its commit.
fn edit_by_sql(checker: &Checker, console: &Console, gate: &Gate) {
    let homes = checker.ledger.homes.len();
    for home in (homes - BY_SQL..homes).cycle() {
        if !gate.pass() {
            return;
        }
        let edit = checker.ledger.issue(home);
        let sql = format!(
            "UPDATE properties SET price_cents = {}, status = '{}' WHERE id = {}",
            price(home, edit) * 100,
            status(edit),
            checker.ledger.homes[home].id
        );
        checker.record.count(Count::SqlEdits);
        let committed = console.run(&sql).is_ok();
        // If PostgreSQL was stopped meanwhile, the outcome is unknown; a later edit will tell.
        pause(LEASE);
        if committed {
            checker.ledger.acknowledge(home, edit);
        } else {
            checker.record.count(Count::UnknownEdits);
        }
    }
}

struct Writer<'a> {
    client: Client,
    checker: &'a Checker,
    random: ChaCha8Rng,
    homes: Vec<usize>,
    /// Whether nothing else happens.
    alone: bool,
    /// The versions of the homes whose last edit's outcome is known.
    versions: HashMap<usize, String>,
}

impl<'a> Writer<'a> {
    fn new(checker: &'a Checker, addresses: Addresses, seed: u64, number: usize) -> Self {
        Self {
            client: Client::new(addresses),
            checker,
            random: ChaCha8Rng::seed_from_u64(seed),
            homes: (number..checker.ledger.homes.len() - BY_SQL)
                .step_by(WRITERS)
                .collect(),
            alone: false,
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

    /// Edits a home. After an unknown outcome, the next edit first reads the home.
    fn edit(&mut self, node: usize, home: usize) {
        let Some(version) = self
            .versions
            .remove(&home)
            .or_else(|| self.version(node, home))
        else {
            return;
        };
        let (ledger, record) = (&self.checker.ledger, &self.checker.record);
        let edit = ledger.issue(home);
        let body = json!({ "price": format!("{}.00", price(home, edit)), "status": status(edit) });
        let url = Ask::Object(home).url(ledger);
        let what = format!("PATCH {url} {body} at version {version}, edit {edit}");
        let observation = self.checker.observe(node, what);
        let called = self.client.patch(node, &url, &version, &body.to_string());
        let until = Instant::now();
        record.count(Count::Edits);
        if called.as_ref().is_ok_and(|answer| answer.status == 412) {
            // An edit of unknown outcome took effect after all.
            record.count(Count::Refused);
            return;
        }
        let Some(answer) = observation.answered(called) else {
            record.count(Count::UnknownEdits);
            return;
        };
        ledger.acknowledge(home, edit);
        let conditions = match self.checker.timeline.calm(observation.from(), until) {
            _ if self.alone => Conditions::Alone,
            true => Conditions::Calm,
            false => Conditions::Faults,
        };
        record.acknowledged(Acknowledged {
            conditions,
            node,
            at: observation.from(),
            whole: milliseconds(until.saturating_duration_since(observation.from())),
            beyond: answer.took("acknowledge"),
        });
        match shown(self.checker, home, &answer) {
            Ok(shown) if shown.edit == edit || answer.is_marked() => {}
            Ok(shown) => {
                let found = format!("its answer shows edit {}", shown.edit);
                observation.violation(
                    Violation::OwnAnswerStale,
                    until,
                    found,
                    &answer.cache_status,
                );
            }
            Err(why) => observation.unreadable(why, &answer),
        }
        if !answer.is_marked()
            && let Some(version) = answer.version()
        {
            self.versions.insert(home, version);
        }
    }

    /// A home's version, which may be outdated: an edit based on an old one is refused.
    fn version(&self, node: usize, home: usize) -> Option<String> {
        let ask = Ask::Object(home);
        let url = ask.url(&self.checker.ledger);
        let observation = self.checker.observe(node, format!("GET {url}"));
        let answer = observation.answered(self.client.get(node, &url, None))?;
        // Before its first edit a home has its generated price, which encodes no edit.
        if observation.acknowledged()[home] > 0 {
            match shown(self.checker, home, &answer) {
                Ok(shown) => observation.checked(ask, &answer, &[shown]),
                Err(why) => observation.unreadable(why, &answer),
            }
        }
        answer.version()
    }
}

fn shown(checker: &Checker, home: usize, answer: &Answer) -> Result<Shown, String> {
    let shown = Ask::Object(home).read(&checker.ledger, &answer.body)?;
    shown
        .into_iter()
        .next()
        .ok_or_else(|| "another home".to_owned())
}
