//! What edits do to cached answers: how many rows they change, which answers they make the tiers load
//! again, whether those differ then, and how soon a reader gets the new one.

use std::{cmp::Reverse, collections::HashMap, time::Duration};

use parking_lot::Mutex;
use quick_cache::{sync::Cache, unsync};

use crate::{Cause, Change, Periods, Revision, Touched, metric, times::unix_millis};

/// How many causes are told apart; what others cause is counted together.
const CAUSES: usize = 500;

/// For how many revisions it is noted that their effect was served.
const REVISIONS: usize = 4_096;

/// What edits did, by what they changed and who made them.
type Causes = HashMap<Edits, Done>;

/// What edits did.
pub struct Effects {
    causes: Mutex<Periods<Causes>>,
    /// Revisions whose first effect has been served.
    served: Mutex<unsync::Cache<u64, ()>>,
    /// By which road this node made its own last edits.
    roads: Cache<u64, &'static str>,
}

/// Edits of one kind by one person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edits {
    /// The catalogue of the edited rows.
    pub catalogue: &'static str,
    /// Whether so many rows were edited at once that each answer of the catalogue is outdated.
    pub many: bool,
    /// What was changed, and by whom.
    pub cause: Cause,
}

/// How many rows some edits changed, and how many answers they made the tiers load again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Rows that were changed; where there were too many at once to tell, one.
    pub rows: u64,
    /// Answers that were loaded again.
    pub reloads: u64,
    /// Those that were the same as before.
    pub same: u64,
}

impl Default for Effects {
    fn default() -> Self {
        Self {
            causes: Mutex::default(),
            served: Mutex::new(unsync::Cache::new(REVISIONS)),
            roads: Cache::new(REVISIONS),
        }
    }
}

impl Effects {
    /// Notes that this node has just committed a revision, and by which road the edit came.
    pub fn made_here(&self, revision: u64, road: &'static str) {
        self.roads.insert(revision, road);
    }

    /// What was done, in this period and the one before; what caused most reloads comes first.
    pub fn by_cause(&self) -> Vec<(Edits, Done)> {
        let causes = self.causes.lock();
        let mut merged = causes.before.clone();
        for (edits, done) in &causes.now {
            let one = merged.entry(edits.clone()).or_default();
            one.rows += done.rows;
            one.reloads += done.reloads;
            one.same += done.same;
        }
        drop(causes);
        let mut all: Vec<_> = merged.into_iter().collect();
        all.sort_unstable_by_key(|(_, done)| Reverse((done.reloads, done.rows)));
        all
    }

    /// Begins a new period.
    pub fn turn(&self) {
        self.causes.lock().turn();
    }

    /// Notes what the node has followed, and how soon.
    pub(crate) fn followed<I>(&self, revisions: &[Revision<I>]) {
        let now = unix_millis();
        let mut causes = self.causes.lock();
        for revision in revisions {
            if let Some(at) = revision.at {
                metric::followed(Duration::from_millis(now.saturating_sub(at)));
            }
            for change in &revision.changes {
                let edits = match change {
                    Change::Row {
                        catalogue, cause, ..
                    } => Edits::new(catalogue, false, cause),
                    Change::Everything { catalogue, cause } => Edits::new(catalogue, true, cause),
                };
                of(&mut causes.now, edits).rows += 1;
            }
        }
    }

    /// Notes that an answer was loaded again because of an edit.
    pub(crate) fn reloaded(&self, touched: &Touched, is_same: bool) {
        let edits = Edits::new(touched.catalogue, touched.id.is_none(), &touched.cause);
        let mut causes = self.causes.lock();
        let done = of(&mut causes.now, edits);
        done.reloads += 1;
        done.same += u64::from(is_same);
    }

    /// Notes that a caller got a new answer because of an edit. The first one after an edit says
    /// how long that took since it was logged.
    pub(crate) fn served(&self, touched: &Touched) {
        let Some(at) = touched.at else {
            return;
        };
        {
            let mut served = self.served.lock();
            if served.get(&touched.revision).is_some() {
                return;
            }
            served.insert(touched.revision, ());
        }
        let road = self.roads.get(&touched.revision);
        let unsigned = touched.cause.who.is_none();
        let road = road.unwrap_or(if unsigned { "sql" } else { "other node" });
        let took = Duration::from_millis(unix_millis().saturating_sub(at));
        metric::first_served(road, took);
    }
}

impl Edits {
    fn new(catalogue: &'static str, many: bool, cause: &Cause) -> Self {
        Self {
            catalogue,
            many,
            cause: cause.clone(),
        }
    }
}

/// What some edits did; if there are too many causes, what all others did.
fn of(causes: &mut Causes, mut edits: Edits) -> &mut Done {
    if causes.len() >= CAUSES && !causes.contains_key(&edits) {
        edits.cause = Cause::default();
    }
    causes.entry(edits).or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touched(who: &str) -> Touched {
        Touched {
            revision: 7,
            at: Some(0),
            catalogue: "homes",
            id: Some(1),
            cause: Cause {
                who: Some(who.into()),
                fields: ["price".into()].into(),
            },
        }
    }

    #[test]
    fn reloads_are_counted_by_what_caused_them() {
        let effects = Effects::default();
        effects.reloaded(&touched("anna"), false);
        effects.reloaded(&touched("ben"), true);
        effects.turn();
        effects.reloaded(&touched("ben"), false);
        let done = effects.by_cause();
        let who = |at: usize| done[at].0.cause.who.as_deref();
        assert_eq!((who(0), who(1)), (Some("ben"), Some("anna")));
        assert_eq!((done[0].1.reloads, done[0].1.same), (2, 1));
        assert_eq!((done[1].1.reloads, done[1].1.same), (1, 0));
        effects.turn();
        effects.turn();
        assert!(effects.by_cause().is_empty());
    }

    #[test]
    fn too_many_causes_are_counted_together() {
        let effects = Effects::default();
        for n in 0..CAUSES + 10 {
            effects.reloaded(&touched(&format!("person {n}")), false);
        }
        let done = effects.by_cause();
        assert_eq!(done.len(), CAUSES + 1);
        assert_eq!(done[0].1.reloads, 10);
        assert_eq!(done[0].0.cause, Cause::default());
    }
}
