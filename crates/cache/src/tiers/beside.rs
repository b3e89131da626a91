//! The other cached answers that a load can use: those in the memory tier.

use std::time::Duration;

use ask::Ask;

use super::{Answer, Cached, Tiers};
use crate::{
    Reason,
    loaded::Loaded,
    origin::{Beside, Nearby, Origin},
    stamp::Stamp,
};

impl<O: Origin> Tiers<O> {
    /// The cached answers that a load outside the tiers can use.
    pub fn beside(&self) -> Beside<'_, O> {
        Beside::new(self, false)
    }

    /// The answer to an ask that the caller has loaded itself, in a snapshot in which it loads other
    /// answers too. It is cached, if its policy allows.
    pub fn loaded(
        &self,
        ask: &O::Ask,
        loaded: Loaded<O::Ask, O::Body>,
        took: Duration,
    ) -> Answer<O> {
        self.counters.loads.increment(1);
        let answer = self.own(ask, loaded, took, self.reason_now(ask));
        answer.entry.metrics.loaded(took);
        if ask.policy().is_stored() {
            self.note_reload(&answer.entry);
            self.store(&answer.entry);
        }
        self.report_answer(ask, &answer.trail, took);
        answer
    }

    /// Why memory's answer to an ask is not used now. A valid one is not, if the caller wants one of
    /// its own snapshot.
    fn reason_now(&self, ask: &O::Ask) -> Reason {
        if !ask.policy().is_stored() {
            return Reason::Bypass;
        }
        let arrival = self.log.arrival();
        let found = self.look(ask);
        let validity = found.and_then(|entry| self.validity_now(&entry, arrival));
        validity.err().unwrap_or(Reason::Bypass)
    }
}

impl<O: Origin> Nearby<O> for Tiers<O> {
    fn right_at(&self, ask: &O::Ask, stamp: Stamp) -> Option<Cached<O>> {
        let entry = self.in_memory(ask)?;
        let right = !self.is_expired(&entry) && self.log.is_right_at(&entry, stamp);
        right.then_some(entry)
    }

    fn store_beside(&self, ask: O::Ask, loaded: Loaded<O::Ask, O::Body>, took: Duration) {
        self.store(&self.entry(ask, loaded, took));
    }
}
