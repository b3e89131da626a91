//! What edits do to cached answers: which answers they make the tiers load again, whether those
//! differ then, and how soon a reader gets the new one.

use std::{collections::HashMap, time::Duration};

use parking_lot::Mutex;
use quick_cache::sync::Cache;

use crate::{Cause, Periods, Touched, metric, times::unix_millis};

/// How many causes are told apart; what others cause is counted together.
const CAUSES: usize = 500;

/// For how many revisions it is noted that their effect was served.
const REVISIONS: usize = 4_096;

/// What edits did.
pub struct Effects {
    causes: Mutex<Periods<HashMap<Edits, Reloads>>>,
    /// Revisions whose first effect has been served.
    served: Cache<u64, ()>,
    /// By which road this node made its own last edits.
    roads: Cache<u64, &'static str>,
}

/// What made the tiers load answers again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edits {
    /// The catalogue of the edited rows.
    pub catalogue: &'static str,
    /// Whether so many rows were edited at once that each answer of the catalogue is outdated.
    pub many: bool,
    /// What was changed, and by whom.
    pub cause: Cause,
}

/// How many answers some edits made the tiers load again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reloads {
    /// All of them.
    pub all: u64,
    /// Those that were the same as before.
    pub same: u64,
}

impl Default for Effects {
    fn default() -> Self {
        Self {
            causes: Mutex::default(),
            served: Cache::new(REVISIONS),
            roads: Cache::new(REVISIONS),
        }
    }
}

impl Effects {
    /// Notes that this node has just committed a revision, and by which road the edit came.
    pub fn made_here(&self, revision: u64, road: &'static str) {
        self.roads.insert(revision, road);
    }

    /// What made the tiers load answers again, in this period and the one before; what caused most
    /// comes first.
    pub fn reloads(&self) -> Vec<(Edits, Reloads)> {
        let causes = self.causes.lock();
        let mut merged = causes.before.clone();
        for (edits, reloads) in &causes.now {
            let one = merged.entry(edits.clone()).or_default();
            one.all += reloads.all;
            one.same += reloads.same;
        }
        drop(causes);
        let mut all: Vec<_> = merged.into_iter().collect();
        all.sort_unstable_by_key(|(_, reloads)| std::cmp::Reverse((reloads.all, reloads.same)));
        all
    }

    /// Begins a new period.
    pub(crate) fn turn(&self) {
        self.causes.lock().turn();
    }

    /// Notes that an answer was loaded again because of an edit.
    pub(crate) fn reloaded(&self, touched: &Touched, is_same: bool) {
        let mut edits = Edits {
            catalogue: touched.catalogue,
            many: touched.id.is_none(),
            cause: touched.cause.clone(),
        };
        let mut causes = self.causes.lock();
        if causes.now.len() >= CAUSES && !causes.now.contains_key(&edits) {
            edits.cause = Cause::default();
        }
        let one = causes.now.entry(edits).or_default();
        one.all += 1;
        one.same += u64::from(is_same);
    }

    /// Notes that a caller got a new answer because of an edit. The first one after an edit says
    /// how long that took since it was logged.
    pub(crate) fn served(&self, touched: &Touched) {
        let Some(at) = touched.at else {
            return;
        };
        {
            // So that two callers at the same time are not both the first.
            let _turn = self.causes.lock();
            if self.served.get(&touched.revision).is_some() {
                return;
            }
            self.served.insert(touched.revision, ());
        }
        let road = self.roads.get(&touched.revision);
        let unsigned = touched.cause.who.is_none();
        let road = road.unwrap_or(if unsigned { "sql" } else { "other node" });
        let took = Duration::from_millis(unix_millis().saturating_sub(at));
        metric::first_served(road, took);
    }
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
        let reloads = effects.reloads();
        let who = |at: usize| reloads[at].0.cause.who.as_deref();
        assert_eq!((who(0), who(1)), (Some("ben"), Some("anna")));
        assert_eq!(reloads[0].1, Reloads { all: 2, same: 1 });
        assert_eq!(reloads[1].1, Reloads { all: 1, same: 0 });
        effects.turn();
        effects.turn();
        assert!(effects.reloads().is_empty());
    }

    #[test]
    fn too_many_causes_are_counted_together() {
        let effects = Effects::default();
        for n in 0..CAUSES + 10 {
            effects.reloaded(&touched(&format!("person {n}")), false);
        }
        let reloads = effects.reloads();
        assert_eq!(reloads.len(), CAUSES + 1);
        assert_eq!(reloads[0].1.all, 10);
        assert_eq!(reloads[0].0.cause, Cause::default());
    }
}
