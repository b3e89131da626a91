//! What the tiers need to know about the database behind them.

use std::{error::Error, future::Future, sync::Arc, time::Duration};

use ask::Ask;

use crate::{
    entry::{Body, Entry},
    loaded::Loaded,
    revision::Revision,
    stamp::Stamp,
};

/// Where answers come from: the database, as the tiers see it.
pub trait Origin: Sized + Send + Sync + 'static {
    /// What can be asked.
    type Ask: Ask;
    /// The content of an answer.
    type Body: Body;
    /// Why there is no answer.
    type Error: Error + Send + Sync + 'static;

    /// Whether answers are made of other tiers' answers, so that a load here asks no database.
    const COMPOSES: bool = false;

    /// Loads an answer from the database, reading the answer and the stamp in one snapshot.
    /// Other cached answers may save a part of the work, if they are right in that snapshot.
    /// A composed answer that is [refreshed](Beside::is_refresh) needs parts that are not due.
    fn load(
        &self,
        ask: &Self::Ask,
        beside: Beside<'_, Self>,
    ) -> impl Future<Output = Result<Loaded<Self::Ask, Self::Body>, Self::Error>> + Send;

    /// Whether an error means that the database cannot be reached, so that a cached answer, marked
    /// as possibly old, serves the caller better.
    fn is_unreachable(error: &Self::Error) -> bool {
        let _ = error;
        false
    }

    /// Whether an error means that there was no answer in time, which says nothing by itself: it
    /// counts as unreachable only if the follower does not reach the database either.
    fn is_late(error: &Self::Error) -> bool {
        let _ = error;
        false
    }
}

/// The database's change log, as a node follows it.
pub trait Feed: Send + Sync + 'static {
    /// What a change says about a row.
    type Image: Send + Sync + 'static;
    /// Why the log cannot be followed.
    type Error: Error + Send + Sync + 'static;

    /// Confirms that this node is alive and returns the stamp of the last committed revision, both
    /// in one statement, so that an editor that sees no later sign of life knows that the node has
    /// not read the counter since. It must not wait for a busy pool. `None` if the node was not on
    /// the list that editors wait for: it is again, but must not use cached answers yet.
    fn head(&self) -> impl Future<Output = Result<Option<Stamp>, Self::Error>> + Send;

    /// Publishes that this node has applied every change up to a revision, so that editors need
    /// not wait for it.
    fn reached(&self, revision: u64) -> impl Future<Output = Result<(), Self::Error>> + Send {
        let _ = revision;
        async { Ok(()) }
    }

    /// The revision of the given stamp and those after it, in order and without gaps; empty if the
    /// database's log no longer contains that stamp. Revisions are returned whole or not at all,
    /// and those after the first have at most `limit` changes in total: if the next one alone has
    /// more, it is left out, or returned as [`Change::Everything`](crate::Change::Everything).
    fn revisions_from(
        &self,
        stamp: Stamp,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Revision<Self::Image>>, Self::Error>> + Send;

    /// The last revisions, whole, in order and without gaps, with at most `limit` changes in
    /// total; the very last one always, however many changes it has.
    fn last_revisions(
        &self,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Revision<Self::Image>>, Self::Error>> + Send;
}

/// The image of a row that an origin's asks examine.
pub(crate) type Image<O> = <<O as Origin>::Ask as ask::Ask>::Image;

/// A cached answer of an origin.
pub(crate) type Cached<O> = Arc<Entry<<O as Origin>::Ask, <O as Origin>::Body>>;

/// The other cached answers, as a load sees them: a list can use a count that is already cached.
pub struct Beside<'a, O: Origin> {
    answers: &'a dyn Nearby<O>,
    refresh: bool,
}

/// Where a load finds other answers.
pub(crate) trait Nearby<O: Origin>: Sync {
    /// See [`Beside::right_at`].
    fn right_at(&self, ask: &O::Ask, stamp: Stamp) -> Option<Cached<O>>;

    /// See [`Beside::store`].
    fn store_beside(&self, ask: O::Ask, loaded: Loaded<O::Ask, O::Body>, took: Duration);
}

impl<O: Origin> Clone for Beside<'_, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O: Origin> Copy for Beside<'_, O> {}

/// No other answers.
struct Nothing;

impl<O: Origin> Nearby<O> for Nothing {
    fn right_at(&self, _: &O::Ask, _: Stamp) -> Option<Cached<O>> {
        None
    }

    fn store_beside(&self, _: O::Ask, _: Loaded<O::Ask, O::Body>, _: Duration) {}
}

impl<O: Origin> Beside<'static, O> {
    /// No other answers: a load without any must do all the work itself.
    pub fn nothing() -> Self {
        Self::new(&Nothing, false)
    }
}

impl<'a, O: Origin> Beside<'a, O> {
    pub(crate) fn new(answers: &'a dyn Nearby<O>, refresh: bool) -> Self {
        Self { answers, refresh }
    }

    /// Whether the load refreshes an answer that has fallen due.
    pub fn is_refresh(&self) -> bool {
        self.refresh
    }

    /// The cached answer to another ask, if it is right in the snapshot of this stamp too: it was
    /// read at that stamp or before, and no change in between touches it.
    pub fn right_at(&self, ask: &O::Ask, stamp: Stamp) -> Option<Arc<Entry<O::Ask, O::Body>>> {
        self.answers.right_at(ask, stamp)
    }

    /// Stores, in memory, an answer that was loaded along with the requested one.
    pub fn store(&self, ask: O::Ask, loaded: Loaded<O::Ask, O::Body>, took: Duration) {
        self.answers.store_beside(ask, loaded, took);
    }
}
