//! For watchers of answers: that the log has grown, and whether that touches an answer. Unlike
//! the rule of validity, this uses what is known, with or without a lease.

use std::sync::atomic::Ordering;

use ask::Ask;

use super::Log;
use crate::{Entry, Reason, position::Position};

impl<I> Log<I> {
    /// How far this node has followed the log.
    pub fn position(&self) -> Position {
        Position::unpack(self.position.load(Ordering::Acquire))
    }

    /// Waits until the log's position is not `seen`: the log has grown, or has been restarted.
    pub async fn moved(&self, seen: Position) -> Position {
        let mut progress = self.progress.subscribe();
        let moved = progress.wait_for(|progress| progress.position != seen);
        moved.await.map_or(seen, |progress| progress.position)
    }

    /// Whether a change that this node knows of touches an entry, or may have touched it because
    /// the log no longer goes back far enough. Only changes since the last look are compared.
    pub fn is_touched<Q: Ask<Image = I>, B>(&self, entry: &Entry<Q, B>) -> bool {
        let looked = self.look_on(entry);
        looked.is_err_and(|reason| reason != Reason::Ahead)
    }

    /// Whether a change after a revision touches an entry, or may have touched it because the log
    /// no longer goes back that far.
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
