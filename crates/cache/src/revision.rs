//! Edits, as a change log records them.

use ask::Ask;

use crate::{Cause, Touched, stamp::Stamp};

/// One committed edit of one row, or of more rows than are worth distinguishing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change<I> {
    /// A row was added (no `before`), removed (no `after`) or altered.
    Row {
        /// The row's catalogue.
        catalogue: &'static str,
        /// The row's id.
        id: i64,
        /// The row before the change.
        before: Option<I>,
        /// The row after the change.
        after: Option<I>,
        /// What was changed, and by whom.
        cause: Cause,
    },
    /// Any row of a catalogue may have changed.
    Everything {
        /// The catalogue.
        catalogue: &'static str,
        /// By whom, if that is known.
        cause: Cause,
    },
}

impl<I> Change<I> {
    /// Whether this change touches an answer that shows the given rows: the answer shows the row,
    /// or the ask says so.
    pub fn touches<Q: Ask<Image = I>>(&self, ask: &Q, shows: &[i64]) -> bool {
        match self {
            Self::Everything { catalogue, .. } => ask.catalogue() == *catalogue,
            Self::Row {
                catalogue,
                id,
                before,
                after,
                ..
            } => {
                ask.catalogue() == *catalogue
                    && (shows.contains(id) || ask.is_touched_by(before.as_ref(), after.as_ref()))
            }
        }
    }

    /// Any row of a catalogue may have changed, and nobody knows who did it.
    pub fn everything(catalogue: &'static str) -> Self {
        Self::Everything {
            catalogue,
            cause: Cause::default(),
        }
    }

    /// This change, made in this revision at this time, as a reason.
    pub(crate) fn touched(&self, revision: u64, at: Option<u64>) -> Touched {
        let (catalogue, id, cause) = match self {
            Self::Everything { catalogue, cause } => (*catalogue, None, cause),
            Self::Row {
                catalogue,
                id,
                cause,
                ..
            } => (*catalogue, Some(*id), cause),
        };
        Touched {
            revision,
            at,
            catalogue,
            id,
            cause: cause.clone(),
        }
    }

    /// Whether this change withdrew a row that the answer shows.
    pub(crate) fn withdraws<Q: Ask<Image = I>>(&self, ask: &Q, shows: &[i64]) -> bool {
        match self {
            // Nothing is known about individual rows.
            Self::Everything { .. } => false,
            Self::Row {
                catalogue,
                id,
                after,
                ..
            } => {
                ask.catalogue() == *catalogue
                    && shows.contains(id)
                    && ask.is_withdrawn(after.as_ref())
            }
        }
    }
}

/// What one committed transaction changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision<I> {
    /// Its number and tag.
    pub stamp: Stamp,
    /// When it was logged, by the database's clock, in milliseconds since 1970; `None` if the log
    /// does not say. People read this; nothing is decided by it.
    pub at: Option<u64>,
    /// Its changes, in no particular order.
    pub changes: Vec<Change<I>>,
}
