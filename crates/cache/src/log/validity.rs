//! Whether a later change has made a cached answer outdated. (Age is handled by `tiers/refresh`,
//! being cut off from the database by `tiers/outage`.)

use std::sync::{Arc, atomic::Ordering};

use ask::Ask;

use super::{Arrival, Log, recent::Recent};
use crate::{Entry, Reason, Stamp, position::Position};

/// How many changes are compared before the log is briefly unlocked: the follower must not wait
/// until an old entry has been compared with all of them.
const CHANGES_AT_ONCE: usize = 2_000;

/// Whether an entry is valid; if not, why: [`Touched`](Reason::Touched), or
/// [`LogBehind`](Reason::LogBehind), [`NoLease`](Reason::NoLease) or [`Ahead`](Reason::Ahead).
pub(crate) type Validity = Result<(), Reason>;

impl<I> Log<I> {
    /// The rule of validity, for a caller that arrived at `arrival`.
    pub(crate) fn verdict<Q: Ask<Image = I>, B>(
        &self,
        entry: &Entry<Q, B>,
        arrival: Arrival,
    ) -> Validity {
        if !arrival.lease {
            return Err(Reason::NoLease);
        }
        let verified = Position::unpack(entry.verified.load(Ordering::Acquire));
        if verified.epoch == arrival.position.epoch
            && verified.revision >= arrival.position.revision
        {
            return Ok(());
        }
        self.look_on(entry)
    }

    /// Looks for changes that touch an entry, from where the last look ended up to the present:
    /// further than any arrival, which costs nothing and saves the next caller the work.
    pub(super) fn look_on<Q: Ask<Image = I>, B>(&self, entry: &Entry<Q, B>) -> Validity {
        loop {
            let recent = self.recent.read();
            let now = self.position();
            let Some(known) = self.known_right(&recent, entry) else {
                return Err(if entry.stamp.revision > now.revision {
                    Reason::Ahead
                } else {
                    Reason::LogBehind
                });
            };
            let Some(changes) = recent.after(known) else {
                return Err(Reason::LogBehind);
            };
            let mut compared = 0;
            let mut done = known;
            for revision in changes {
                let mut changes = revision.changes.iter();
                if let Some(change) = changes.find(|change| entry.is_touched_by(change)) {
                    let touched = change.touched(revision.stamp.revision, revision.at);
                    return Err(Reason::Touched(Arc::new(touched)));
                }
                done = revision.stamp.revision;
                compared += revision.changes.len();
                if compared > CHANGES_AT_ONCE {
                    break;
                }
            }
            let verified = Position {
                epoch: now.epoch,
                revision: done,
            };
            // Never back: another caller may have looked further.
            entry
                .verified
                .fetch_max(verified.packed(), Ordering::AcqRel);
            if done >= now.revision {
                return Ok(());
            }
        }
    }

    /// The revision up to which an entry is known to be right: the one up to which it was verified
    /// in this epoch, and so in this history; otherwise its stamp's, if the log contains that.
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

    /// Whether an entry is right in the snapshot of a stamp that is not older than its own. This
    /// compares two points of history and needs no lease.
    pub(crate) fn is_right_at<Q: Ask<Image = I>, B>(
        &self,
        entry: &Entry<Q, B>,
        stamp: Stamp,
    ) -> bool {
        entry.stamp == stamp
            || (entry.stamp.revision < stamp.revision
                && self.recent.read().holds(stamp)
                && self.look_on(entry).is_ok())
    }

    /// One moment at which all of these entries are right, for an answer that is composed of them:
    /// the latest one that this node knows. It looks no further than the newest of their stamps,
    /// so entries that were looked at before may be known for longer. `None` if there is no such
    /// moment, or if this node does not know one.
    pub fn moment<'e, Q, B>(
        &self,
        entries: impl IntoIterator<Item = &'e Entry<Q, B>, IntoIter: Clone>,
    ) -> Option<Stamp>
    where
        Q: Ask<Image = I> + 'e,
        B: 'e,
    {
        let entries = entries.into_iter();
        let mut stamps = entries.clone().map(|entry| entry.stamp);
        let newest = stamps.clone().max_by_key(|stamp| stamp.revision)?;
        let recent = self.recent.read();
        let known = entries.map(|entry| self.right_up_to(&recent, entry, newest.revision));
        let known: Option<Vec<u64>> = known.collect();
        match known.and_then(|known| recent.stamp_of(known.into_iter().min()?)) {
            Some(moment) => Some(moment),
            // Of one snapshot: no log is needed to compare them.
            None => stamps.all(|stamp| stamp == newest).then_some(newest),
        }
    }

    /// The revision up to which an entry is known to be right, after looking for changes up to
    /// `until`; `None` if it is not right there, or if the log does not tell.
    fn right_up_to<Q: Ask<Image = I>, B>(
        &self,
        recent: &Recent<I>,
        entry: &Entry<Q, B>,
        until: u64,
    ) -> Option<u64> {
        let known = self.known_right(recent, entry)?;
        if known >= until {
            return Some(known);
        }
        let mut later = recent
            .after(known)?
            .take_while(|revision| revision.stamp.revision <= until)
            .flat_map(|revision| &revision.changes);
        if recent.stamp_of(until).is_none() || later.any(|change| entry.is_touched_by(change)) {
            return None;
        }
        let verified = Position {
            epoch: self.position().epoch,
            revision: until,
        };
        // Never back: another caller may have looked further.
        let verified = verified.packed();
        entry.verified.fetch_max(verified, Ordering::AcqRel);
        Some(until)
    }

    /// Whether this node knows of a change that withdrew a row that an entry shows. Unlike the rule
    /// of validity, this uses what is known, however little: it is for a node that is cut off.
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
