//! What a load may take from other answers, and leave for them.

use std::{sync::Arc, time::Duration};

use super::{Remembered, Tiers};
use crate::{Entry, Loaded, Origin, Question, Stamp};

/// The other remembered answers, as a load sees them: a list need not count again what is counted
/// already.
pub struct Beside<'a, O: Origin>(&'a Tiers<O>);

impl<O: Origin> Clone for Beside<'_, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O: Origin> Copy for Beside<'_, O> {}

impl<'a, O: Origin> Beside<'a, O> {
    pub(super) fn new(tiers: &'a Tiers<O>) -> Self {
        Self(tiers)
    }

    /// The remembered answer to another question, if it is right in the snapshot of this stamp
    /// too: it was read at that stamp or before, and nothing from then on up to it touches it.
    pub fn right_at(&self, question: &O::Question, stamp: Stamp) -> Option<Remembered<O>> {
        let entry = self.0.remembered(question.key(), question.text())?;
        let right = !super::refresh::is_expired(&entry) && self.0.log.is_right_at(&entry, stamp);
        right.then_some(entry)
    }

    /// Remembers, in memory, an answer that was loaded by the way.
    pub fn remember(
        &self,
        question: O::Question,
        loaded: Loaded<O::Question, O::Body>,
        took: Duration,
    ) {
        self.0
            .remember(&Arc::new(Entry::new(question, loaded, took)));
    }
}
