//! What the tiers need to know of the database behind them.

use std::{error::Error, future::Future, sync::Arc};

use ask::Ask;

use crate::{Beside, Body, Stamp, entry::Times};

/// One committed edit of one row, or of more rows than are worth telling apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change<I> {
    /// A row was added (no `before`), removed (no `after`) or altered.
    Row {
        /// The row's catalogue.
        catalogue: &'static str,
        /// The row's number.
        id: i64,
        /// The row before the change.
        before: Option<I>,
        /// The row after the change.
        after: Option<I>,
    },
    /// Any row of a catalogue may have changed.
    Everything {
        /// The catalogue.
        catalogue: &'static str,
    },
}

impl<I> Change<I> {
    /// Whether this change touches an answer that shows the given rows: the question's predicate
    /// holds for the row before or after, or the answer shows the row.
    pub fn touches<Q: Ask<Image = I>>(&self, question: &Q, shows: &[i64]) -> bool {
        match self {
            Self::Everything { catalogue } => question.catalogue() == *catalogue,
            Self::Row {
                catalogue,
                id,
                before,
                after,
            } => {
                question.catalogue() == *catalogue
                    && (shows.contains(id)
                        || [before, after]
                            .into_iter()
                            .flatten()
                            .any(|row| question.holds_for(row)))
            }
        }
    }

    /// Whether this change withdrew a row that the answer shows.
    pub(crate) fn withdraws<Q: Ask<Image = I>>(&self, question: &Q, shows: &[i64]) -> bool {
        match self {
            // Nothing is known of single rows.
            Self::Everything { .. } => false,
            Self::Row {
                catalogue,
                id,
                after,
                ..
            } => {
                question.catalogue() == *catalogue
                    && shows.contains(id)
                    && question.is_withdrawn(after.as_ref())
            }
        }
    }
}

/// What one committed transaction changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision<I> {
    /// Its number and tag.
    pub stamp: Stamp,
    /// Its changes, in no particular order.
    pub changes: Vec<Change<I>>,
}

/// An answer as the origin gives it.
#[derive(Debug)]
pub struct Loaded<Q, B> {
    /// The revision that the answer was read at, taken in the same snapshot. Of a composed answer
    /// the smallest stamp of its parts.
    pub stamp: Stamp,
    /// The numbers of the rows that the answer shows, or would show if they existed.
    pub shows: Vec<i64>,
    /// The answers that this one is composed of: what touches one of them touches it.
    pub parts: Vec<Part<Q>>,
    /// The answer.
    pub body: B,
}

/// An answer that another one is composed of.
#[derive(Debug, Clone)]
pub struct Part<Q> {
    /// What it answers.
    pub(crate) ask: Q,
    /// The rows that it shows.
    pub(crate) shows: Arc<[i64]>,
    /// When it falls due: what is composed of it does too.
    pub(crate) times: Times,
}

/// Where answers come from: the database, as the tiers see it.
pub trait Origin: Sized + Send + Sync + 'static {
    /// What can be asked.
    type Ask: Ask;
    /// What is answered.
    type Body: Body;
    /// Why there is no answer.
    type Error: Error + Send + Sync + 'static;

    /// Answers a question from the database, reading the answer and the stamp in one snapshot.
    /// What is remembered beside it may spare a part of the work, if it is right in that snapshot.
    /// A composed answer that is [refreshed](Beside::is_refresh) needs parts that are not due.
    fn load(
        &self,
        ask: &Self::Ask,
        beside: Beside<'_, Self>,
    ) -> impl Future<Output = Result<Loaded<Self::Ask, Self::Body>, Self::Error>> + Send;

    /// Whether an error means that the database cannot be reached, so that a remembered answer,
    /// marked as possibly old, serves the asker better.
    fn is_unreachable(error: &Self::Error) -> bool {
        let _ = error;
        false
    }
}

/// The database's change log, as a node follows it.
pub trait Feed: Send + Sync + 'static {
    /// What a change tells of a row.
    type Image: Send + Sync + 'static;
    /// Why the log cannot be followed.
    type Error: Error + Send + Sync + 'static;

    /// Confirms that this node lives and tells the stamp of the last committed revision, both in
    /// one statement, so that an editor who sees no later sign of life knows that the node has
    /// not read the counter since. It may not wait for a busy pool. `None` if the node was not on
    /// the list that editors wait for: it is again, but may believe nothing yet.
    fn head(&self) -> impl Future<Output = Result<Option<Stamp>, Self::Error>> + Send;

    /// Publishes that this node has applied every change up to a revision, so that editors need
    /// not wait for it.
    fn reached(&self, revision: u64) -> impl Future<Output = Result<(), Self::Error>> + Send {
        let _ = revision;
        async { Ok(()) }
    }

    /// The revision of the given stamp and those after it, in their order and without gaps; empty
    /// if the database's log no longer holds that stamp. Revisions come whole or not at all, and
    /// those after the first have at most `limit` changes together: if the next one alone has
    /// more, it is left out, or given as [`Change::Everything`].
    fn revisions_from(
        &self,
        stamp: Stamp,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Revision<Self::Image>>, Self::Error>> + Send;

    /// The last revisions, whole, in their order without gaps, with at most `limit` changes
    /// together; the very last one always, however many changes it has.
    fn last_revisions(
        &self,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Revision<Self::Image>>, Self::Error>> + Send;
}

/// The image of a row that an origin's questions look at.
pub(crate) type Image<O> = <<O as Origin>::Ask as ask::Ask>::Image;
