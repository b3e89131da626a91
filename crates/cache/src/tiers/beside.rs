//! What a load may take from other answers, and leave for them.

use std::time::Duration;

use super::{Remembered, Tiers};
use crate::{Loaded, Origin, Stamp};

/// The other remembered answers, as a load sees them: a list need not count again what is counted
/// already.
pub struct Beside<'a, O: Origin> {
    tiers: &'a Tiers<O>,
    refresh: bool,
}

impl<O: Origin> Clone for Beside<'_, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O: Origin> Copy for Beside<'_, O> {}

impl<'a, O: Origin> Beside<'a, O> {
    pub(super) fn new(tiers: &'a Tiers<O>, refresh: bool) -> Self {
        Self { tiers, refresh }
    }

    /// Whether the load refreshes an answer that has fallen due.
    pub fn is_refresh(&self) -> bool {
        self.refresh
    }

    /// The remembered answer to another question, if it is right in the snapshot of this stamp
    /// too: it was read at that stamp or before, and nothing from then on up to it touches it.
    pub fn right_at(&self, ask: &O::Ask, stamp: Stamp) -> Option<Remembered<O>> {
        let entry = self.tiers.remembered(ask)?;
        let right = !self.tiers.is_expired(&entry) && self.tiers.log.is_right_at(&entry, stamp);
        right.then_some(entry)
    }

    /// Remembers, in memory, an answer that was loaded by the way.
    pub fn remember(&self, ask: O::Ask, loaded: Loaded<O::Ask, O::Body>, took: Duration) {
        self.tiers.remember(&self.tiers.entry(ask, loaded, took));
    }
}
