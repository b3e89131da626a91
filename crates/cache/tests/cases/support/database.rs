//! A database in memory, with its change log.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
};

use cache::{Cause, Change, Loaded, Revision, Stamp};

use super::{
    Gate, Rows, TestAsk,
    ask::Subject,
    gate::{End, Stop, gate},
};

pub(crate) const HOMES: &str = "homes";
pub(crate) const RECIPES: &str = "recipes";

/// The error of a load that the test makes fail.
#[derive(Debug)]
pub(crate) struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("broken by the test")
    }
}

impl std::error::Error for Broken {}

/// The only source of truth.
#[derive(Default)]
pub(crate) struct Database {
    state: Mutex<State>,
    loads: AtomicUsize,
    broken: AtomicBool,
    tags: AtomicU64,
}

/// The contents of a backup.
#[derive(Clone, Default)]
pub(crate) struct Backup {
    /// The rows' prices after each revision.
    history: Vec<Table>,
    /// The first is revision 0.
    log: Vec<Revision<i64>>,
}

type Table = BTreeMap<(&'static str, i64), i64>;

#[derive(Default)]
struct State {
    data: Backup,
    stops: VecDeque<Stop>,
}

impl Database {
    /// A database with these homes, given as ids and prices, at revision 1.
    pub(crate) fn with_homes(homes: impl IntoIterator<Item = (i64, i64)>) -> Arc<Self> {
        let database = Arc::new(Self::default());
        let stamp = Stamp {
            revision: 0,
            tag: database.draw_tag(),
        };
        let mut state = database.state();
        state.data.history.push(Table::new());
        state.data.log.push(Revision {
            stamp,
            at: None,
            changes: Vec::new(),
        });
        drop(state);
        database.commit(
            homes
                .into_iter()
                .map(|(id, price)| (HOMES, id, Some(price))),
        );
        database
    }

    /// Commits one transaction: rows with their new prices, or `None` to delete them.
    pub(crate) fn commit(&self, edits: impl IntoIterator<Item = (&'static str, i64, Option<i64>)>) {
        let mut state = self.state();
        let mut table = state.data.history.last().cloned().unwrap_or_default();
        let changes = edits
            .into_iter()
            .map(|(catalogue, id, after)| {
                let row = (catalogue, id);
                let before = match after {
                    Some(price) => table.insert(row, price),
                    None => table.remove(&row),
                };
                Change::Row {
                    catalogue,
                    id,
                    before,
                    after,
                    cause: Cause::default(),
                }
            })
            .collect();
        let stamp = Stamp {
            revision: state.data.log.len() as u64,
            tag: self.draw_tag(),
        };
        state.data.log.push(Revision {
            stamp,
            at: None,
            changes,
        });
        state.data.history.push(table);
    }

    /// Sets the price of a home.
    pub(crate) fn put(&self, id: i64, price: i64) {
        self.commit([(HOMES, id, Some(price))]);
    }

    /// Deletes a home.
    pub(crate) fn delete(&self, id: i64) {
        self.commit([(HOMES, id, None)]);
    }

    pub(crate) fn backup(&self) -> Backup {
        self.state().data.clone()
    }

    /// Replaces everything with a backup; the revisions after it will be issued again.
    pub(crate) fn restore(&self, backup: &Backup) {
        self.state().data = backup.clone();
    }

    /// The number of the last revision.
    pub(crate) fn revision(&self) -> u64 {
        self.state().data.log.len() as u64 - 1
    }

    /// The right answer now.
    pub(crate) fn truth(&self, ask: &TestAsk) -> Rows {
        self.truth_at(self.revision(), ask)
    }

    /// The right answer at a revision.
    pub(crate) fn truth_at(&self, revision: u64, ask: &TestAsk) -> Rows {
        select(
            &self.state().data.history[usize::try_from(revision).unwrap()],
            ask,
        )
    }

    /// The next load stops after it has read its snapshot.
    pub(crate) fn stop_next_load(&self) -> Gate {
        let (gate, stop) = gate();
        self.state().stops.push_back(stop);
        gate
    }

    /// All loads fail from now on, or no longer.
    pub(crate) fn break_loads(&self, broken: bool) {
        self.broken.store(broken, Ordering::SeqCst);
    }

    /// How many loads have begun.
    pub(crate) fn loads(&self) -> usize {
        self.loads.load(Ordering::SeqCst)
    }

    pub(super) async fn load(&self, ask: &TestAsk) -> Result<Loaded<TestAsk, Rows>, Broken> {
        self.loads.fetch_add(1, Ordering::SeqCst);
        let (loaded, stop) = {
            let mut state = self.state();
            (state.data.read(ask), state.stops.pop_front())
        };
        let end = match stop {
            Some(stop) => stop.pass().await,
            None => End::Well,
        };
        match end {
            _ if self.broken.load(Ordering::SeqCst) => Err(Broken),
            End::Well => Ok(loaded),
            End::InError => Err(Broken),
            End::InPanic => panic!("a load panics, as the test told it to"),
        }
    }

    /// Reads the log, which begins with revision 0.
    pub(super) fn read_log<T>(&self, read: impl FnOnce(&[Revision<i64>]) -> T) -> T {
        read(&self.state().data.log)
    }

    fn draw_tag(&self) -> u64 {
        // A tag only needs to be unique.
        self.tags.fetch_add(1, Ordering::SeqCst) + 0x5eed
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl Backup {
    fn read(&self, ask: &TestAsk) -> Loaded<TestAsk, Rows> {
        let table = self.history.last().expect("a database has a revision");
        let stamp = self.log.last().expect("a database has a revision").stamp;
        let body = select(table, ask);
        let shows = match ask.subject {
            Subject::Priced(_) => body.0.iter().map(|(id, _)| *id).collect(),
            Subject::Count(_) => Vec::new(),
            Subject::Object(id) => vec![id],
        };
        Loaded {
            stamp,
            shows,
            parts: Vec::new(),
            queries: 1,
            body,
        }
    }
}

fn select(table: &Table, ask: &TestAsk) -> Rows {
    let is_selected = |id: i64, price: i64| match &ask.subject {
        Subject::Priced(range) | Subject::Count(range) => range.contains(&price),
        Subject::Object(object) => *object == id,
    };
    let rows = table
        .iter()
        .filter(|((catalogue, _), _)| *catalogue == ask.catalogue);
    let rows = rows.map(|((_, id), price)| (*id, *price));
    let rows: Vec<_> = rows
        .filter(|(id, price)| is_selected(*id, *price))
        .collect();
    match ask.subject {
        Subject::Count(_) => Rows(vec![(rows.len() as i64, 0)]),
        Subject::Priced(_) | Subject::Object(_) => Rows(rows),
    }
}
