//! What watchers of answers want to know: that the log has grown, and whether that touches an
//! answer. Unlike the rule of belief this is about what is known, with a lease or without.

use std::sync::atomic::Ordering;

use ask::Ask;

use super::{Log, validity::Verdict};
use crate::{Entry, position::Position};

impl<I> Log<I> {
    /// How far this node has followed the log.
    pub fn position(&self) -> Position {
        Position::unpack(self.position.load(Ordering::Acquire))
    }

    /// Waits until the log stands elsewhere than at `seen`: further on, or begun anew.
    pub async fn moved(&self, seen: Position) -> Position {
        let mut progress = self.progress.subscribe();
        let moved = progress.wait_for(|progress| progress.position != seen);
        moved.await.map_or(seen, |progress| progress.position)
    }

    /// Whether a change that this node knows of touches an entry, or may have, as the log no
    /// longer tells. Only what is new since the last look is looked at.
    pub fn is_touched<Q: Ask<Image = I>, B>(&self, entry: &Entry<Q, B>) -> bool {
        self.look_on(entry) == Verdict::Outdated
    }

    /// Whether a change after a revision touches what an entry is about, or may have.
    pub fn is_touched_after<Q: Ask<Image = I>, B>(
        &self,
        entry: &Entry<Q, B>,
        revision: u64,
    ) -> bool {
        let recent = self.recent.read();
        recent.after(revision).is_none_or(|mut revisions| {
            revisions.any(|revision| {
                let mut changes = revision.changes.iter();
                changes.any(|change| entry.is_touched_by(change))
            })
        })
    }
}
