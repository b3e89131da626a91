//! The last revisions, up to a limit.

use std::collections::VecDeque;

use crate::{Cause, Change, Revision, Stamp};

/// How many changes a node retains; an entry that is older than these is a miss.
pub(crate) const CHANGES_IN_MEMORY: usize = 100_000;

/// More changes than this in one revision count as "everything in this catalogue".
const DISTINCT_CHANGES: usize = 1_000;

/// Consecutive revisions, so that each is found by its number.
pub(super) struct Recent<I> {
    revisions: VecDeque<Revision<I>>,
    /// How many changes they have in total.
    changes: usize,
}

impl<I> Default for Recent<I> {
    fn default() -> Self {
        Self {
            revisions: VecDeque::new(),
            changes: 0,
        }
    }
}

impl<I> Recent<I> {
    /// The last stamp.
    pub(super) fn head(&self) -> Option<Stamp> {
        self.revisions.back().map(|revision| revision.stamp)
    }

    /// Whether the stamp's revision is here, with the same tag.
    pub(super) fn holds(&self, stamp: Stamp) -> bool {
        self.stamp_of(stamp.revision) == Some(stamp)
    }

    /// The stamp of a revision, if it is here.
    pub(super) fn stamp_of(&self, revision: u64) -> Option<Stamp> {
        Some(self.revisions.get(self.place(revision)?)?.stamp)
    }

    /// The revisions after this one; `None` if some of them have been dropped.
    pub(super) fn after(&self, revision: u64) -> Option<impl Iterator<Item = &Revision<I>>> {
        let from = self.place(revision.checked_add(1)?)?;
        Some(self.revisions.range(from.min(self.revisions.len())..))
    }

    pub(super) fn clear(&mut self) {
        self.revisions.clear();
        self.changes = 0;
    }

    /// Adds the revisions that follow, and drops the oldest ones beyond the limit.
    pub(super) fn append(&mut self, revisions: Vec<Revision<I>>) {
        for mut revision in revisions {
            if revision.changes.len() > DISTINCT_CHANGES {
                revision.changes = collapse(&revision.changes);
            }
            self.changes += revision.changes.len();
            self.revisions.push_back(revision);
        }
        while self.changes > CHANGES_IN_MEMORY && self.revisions.len() > 1 {
            if let Some(oldest) = self.revisions.pop_front() {
                self.changes -= oldest.changes.len();
            }
        }
    }

    /// The index at which a revision is, or would be.
    fn place(&self, revision: u64) -> Option<usize> {
        let first = self.revisions.front()?.stamp.revision;
        usize::try_from(revision.checked_sub(first)?).ok()
    }
}

/// "Everything in this catalogue", once for each, by whoever made the first of its changes.
fn collapse<I>(changes: &[Change<I>]) -> Vec<Change<I>> {
    let mut all: Vec<(&'static str, &Cause)> = changes
        .iter()
        .map(|change| match change {
            Change::Row {
                catalogue, cause, ..
            }
            | Change::Everything { catalogue, cause } => (*catalogue, cause),
        })
        .collect();
    all.sort_by_key(|(catalogue, _)| *catalogue);
    all.dedup_by_key(|(catalogue, _)| *catalogue);
    let everything = |(catalogue, cause): (&'static str, &Cause)| Change::Everything {
        catalogue,
        cause: Cause {
            who: cause.who.clone(),
            ..Cause::default()
        },
    };
    all.into_iter().map(everything).collect()
}
