//! Entries: self-describing cached answers.

mod encoding;

pub(crate) use self::encoding::ENTRY_LIMIT;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use ask::Ask;
use bytes::Bytes;

use crate::{
    loaded::{Loaded, Part},
    metric::Kind,
    position::Position,
    revision::Change,
    stamp::Stamp,
    times::{Times, unix_millis},
};

/// An answer's content.
pub trait Body: Send + Sync + Sized + 'static {
    /// The content as bytes.
    fn encode(&self) -> Bytes;

    /// The content from bytes that [`encode`](Self::encode) made; `None` for any other bytes.
    fn decode(bytes: Bytes) -> Option<Self>;

    /// Whether the other content is the same.
    fn is_same(&self, other: &Self) -> bool;

    /// Roughly how many bytes of memory the content takes.
    fn weight(&self) -> usize;
}

/// Content that is bytes already.
impl Body for Bytes {
    fn encode(&self) -> Bytes {
        self.clone()
    }

    fn decode(bytes: Bytes) -> Option<Self> {
        Some(bytes)
    }

    fn is_same(&self, other: &Self) -> bool {
        self == other
    }

    fn weight(&self) -> usize {
        self.len()
    }
}

/// A cached answer.
#[derive(Debug)]
pub struct Entry<Q, B> {
    /// The ask that it answers.
    pub ask: Q,
    /// The revision that it was read at.
    pub stamp: Stamp,
    /// The rows that it shows.
    pub shows: Arc<[i64]>,
    /// The answers that it is composed of.
    parts: Box<[Part<Q>]>,
    /// The answer.
    pub body: B,
    /// When it was loaded, in milliseconds since 1970.
    loaded_at: u64,
    /// How long the load took.
    pub(crate) took: Duration,
    /// How many statements the database ran for it.
    queries: u32,
    /// The metrics of its kind: a hit must not look them up.
    pub(crate) metrics: Arc<Kind>,
    /// When it falls due for a refresh, and when it is no longer served.
    pub(crate) times: Times,
    /// How far the log has been searched for changes that touch it.
    pub(crate) verified: AtomicU64,
    /// From when, on the lease's clock, it may be refreshed (again).
    pub(crate) refresh_from: AtomicU64,
}

impl<Q: Ask, B: Body> Entry<Q, B> {
    /// The entry of an answer loaded at `now`, in milliseconds since 1970. `revalidate` is the
    /// interval for policies that name none.
    pub(crate) fn new(
        ask: Q,
        loaded: Loaded<Q, B>,
        took: Duration,
        now: u64,
        revalidate: Duration,
    ) -> Self {
        let own = Times::of(ask.policy(), now, revalidate);
        let parts = loaded.parts.iter().map(|part| part.times);
        Self {
            times: parts.fold(own, Times::earliest),
            metrics: Kind::of(ask.catalogue(), ask.kind()),
            queries: loaded.queries,
            ask,
            stamp: loaded.stamp,
            shows: loaded.shows.into(),
            parts: loaded.parts.into(),
            body: loaded.body,
            loaded_at: now,
            took,
            verified: AtomicU64::new(Position::NONE),
            refresh_from: AtomicU64::new(0),
        }
    }

    /// How long ago the answer was loaded from the database, by this machine's clock.
    pub fn age(&self) -> Duration {
        Duration::from_millis(unix_millis().saturating_sub(self.loaded_at))
    }

    /// When the answer was loaded from the database, in milliseconds since 1970.
    pub fn loaded_at(&self) -> u64 {
        self.loaded_at
    }

    /// How long the load took.
    pub fn took(&self) -> Duration {
        self.took
    }

    /// How many statements the database ran for it.
    pub fn queries(&self) -> u32 {
        self.queries
    }

    /// The metrics of its kind.
    pub fn metrics(&self) -> &Kind {
        &self.metrics
    }

    /// Roughly how many bytes of memory the entry takes.
    pub(crate) fn weight(&self) -> usize {
        let parts = self.parts.iter();
        let parts = parts.map(|part| size_of::<Part<Q>>() + about(&part.ask, &part.shows));
        self.body.weight()
            + size_of::<Self>()
            + about(&self.ask, &self.shows)
            + parts.sum::<usize>()
    }
}

/// Roughly how many bytes of memory it takes to know what an answer is about: an ask holds its address, and
/// about as much in parsed values.
fn about(ask: &impl Ask, shows: &[i64]) -> usize {
    2 * ask.url().len() + ask.key().len() + size_of_val(shows)
}

impl<Q: Ask, B> Entry<Q, B> {
    /// The entry without its content: for code that watches it but does not show it.
    pub fn without_body(&self) -> Entry<Q, ()> {
        Entry {
            ask: self.ask.clone(),
            stamp: self.stamp,
            shows: Arc::clone(&self.shows),
            parts: self.parts.clone(),
            body: (),
            loaded_at: self.loaded_at,
            took: self.took,
            queries: self.queries,
            metrics: Arc::clone(&self.metrics),
            times: self.times,
            verified: AtomicU64::new(self.verified.load(Ordering::Acquire)),
            refresh_from: AtomicU64::new(0),
        }
    }

    pub(crate) fn is_touched_by(&self, change: &Change<Q::Image>) -> bool {
        self.about().any(|(ask, shows)| change.touches(ask, shows))
    }

    pub(crate) fn is_withdrawn_by(&self, change: &Change<Q::Image>) -> bool {
        self.about()
            .any(|(ask, shows)| change.withdraws(ask, shows))
    }

    /// The entry as a part of another answer; `ask` is its ask in that answer's type.
    pub fn part<P>(&self, ask: P) -> Part<P> {
        Part {
            ask,
            shows: Arc::clone(&self.shows),
            times: self.times,
        }
    }

    /// The asks that it answers, with the rows that it shows for each.
    fn about(&self) -> impl Iterator<Item = (&Q, &[i64])> {
        let parts = self.parts.iter();
        std::iter::once((&self.ask, &*self.shows))
            .chain(parts.map(|part| (&part.ask, &*part.shows)))
    }
}

#[cfg(test)]
mod tests;
