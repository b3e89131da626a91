//! Whether a change since has made a cached answer outdated. (Its age is the business of
//! `tiers/refresh`, being cut off from the database that of `tiers/outage`.)

use std::sync::atomic::Ordering;

use ask::Ask;

use super::{Arrival, Log, recent::Recent};
use crate::{Entry, Stamp, position::Position};

/// How many changes are looked at before the log is let go for a moment: whoever has news must
/// not wait until an old entry has been compared with all of them.
const CHANGES_AT_ONCE: usize = 2_000;

/// Whether an entry may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing up to the arrival touches it.
    Valid,
    /// A change touches it, the log no longer holds its stamp, or there was no lease.
    Outdated,
    /// The node has not yet followed the log up to its stamp.
    Ahead,
}

impl<I> Log<I> {
    /// The rule of belief, for an asker that arrived at `arrival`.
    pub(crate) fn verdict<Q: Ask<Image = I>, B>(
        &self,
        entry: &Entry<Q, B>,
        arrival: Arrival,
    ) -> Verdict {
        if !arrival.lease {
            return Verdict::Outdated;
        }
        let verified = Position::unpack(entry.verified.load(Ordering::Acquire));
        if verified.epoch == arrival.position.epoch
            && verified.revision >= arrival.position.revision
        {
            return Verdict::Valid;
        }
        self.look_on(entry)
    }

    /// Looks for changes that touch an entry, from where it was last looked at up to the present:
    /// further than any arrival, which costs nothing and spares the next asker.
    pub(super) fn look_on<Q: Ask<Image = I>, B>(&self, entry: &Entry<Q, B>) -> Verdict {
        loop {
            let recent = self.recent.read();
            let now = self.position();
            let Some(known) = self.known_right(&recent, entry) else {
                return if entry.stamp.revision > now.revision {
                    Verdict::Ahead
                } else {
                    Verdict::Outdated
                };
            };
            let Some(changes) = recent.after(known) else {
                return Verdict::Outdated;
            };
            let mut looked_at = 0;
            let mut done = known;
            for revision in changes {
                if revision
                    .changes
                    .iter()
                    .any(|change| entry.is_touched_by(change))
                {
                    return Verdict::Outdated;
                }
                done = revision.stamp.revision;
                looked_at += revision.changes.len();
                if looked_at > CHANGES_AT_ONCE {
                    break;
                }
            }
            let verified = Position {
                epoch: now.epoch,
                revision: done,
            };
            // Never back: another asker may have looked further.
            entry
                .verified
                .fetch_max(verified.packed(), Ordering::AcqRel);
            if done >= now.revision {
                return Verdict::Valid;
            }
        }
    }

    /// The revision up to which an entry is known to be right: what was verified in this epoch
    /// need not be looked at again, and is of this history; else its stamp, if the log holds that.
    fn known_right<Q: Ask<Image = I>, B>(
        &self,
        recent: &Recent<I>,
        entry: &Entry<Q, B>,
    ) -> Option<u64> {
        let verified = Position::unpack(entry.verified.load(Ordering::Acquire));
        if verified.epoch == self.position().epoch {
            return Some(verified.revision);
        }
        recent.holds(entry.stamp).then_some(entry.stamp.revision)
    }

    /// Whether an entry is right in the snapshot of a stamp, which is no older than it. This
    /// compares two points of history and needs no lease.
    pub(crate) fn is_right_at<Q: Ask<Image = I>, B>(
        &self,
        entry: &Entry<Q, B>,
        stamp: Stamp,
    ) -> bool {
        entry.stamp == stamp
            || (entry.stamp.revision < stamp.revision
                && self.recent.read().holds(stamp)
                && self.look_on(entry) == Verdict::Valid)
    }

    /// The latest stamp, as far as this node has looked, at which an entry is still right: what
    /// an answer that is composed of it may carry.
    pub fn right_until<Q: Ask<Image = I>, B>(&self, entry: &Entry<Q, B>) -> Stamp {
        let verified = Position::unpack(entry.verified.load(Ordering::Acquire));
        let recent = self.recent.read();
        let known = (verified.epoch == self.position().epoch)
            .then(|| recent.stamp_of(verified.revision))
            .flatten();
        known.unwrap_or(entry.stamp)
    }

    /// Whether this node knows of a change that withdrew what an entry shows. Unlike the rule of
    /// belief this is about what is known, however little: a node that is cut off asks it.
    pub(crate) fn knows_withdrawn<Q: Ask<Image = I>, B>(&self, entry: &Entry<Q, B>) -> bool {
        let recent = self.recent.read();
        self.known_right(&recent, entry)
            .and_then(|known| recent.after(known))
            .into_iter()
            .flatten()
            .flat_map(|revision| &revision.changes)
            .any(|change| entry.is_withdrawn_by(change))
    }
}
