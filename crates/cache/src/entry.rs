//! Entries: remembered answers that say themselves what they are.

mod form;

pub(crate) use self::form::ENTRY_LIMIT;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;

use crate::{Change, Loaded, Part, Question, Stamp, log::Position};

/// An answer's content.
pub trait Body: Send + Sync + Sized + 'static {
    /// The content as bytes.
    fn encode(&self) -> Bytes;

    /// The content from bytes that [`encode`](Self::encode) made; `None` for any others.
    fn decode(bytes: Bytes) -> Option<Self>;

    /// Roughly how many bytes of memory the content takes.
    fn weight(&self) -> usize;
}

/// A remembered answer.
#[derive(Debug)]
pub struct Entry<Q, B> {
    /// What it answers.
    pub question: Q,
    /// The revision that it was read at.
    pub stamp: Stamp,
    /// The rows that it shows.
    pub shows: Arc<[i64]>,
    /// What it is composed of.
    parts: Box<[Part<Q>]>,
    /// The answer.
    pub body: B,
    /// When it was loaded, in milliseconds since 1970.
    loaded_at: u64,
    /// How long the load took.
    pub(crate) took: Duration,
    /// The share of its lifetimes that it is given: not all that is loaded together grows old
    /// together.
    pub(crate) jitter: f32,
    /// How far the log has been searched for changes that touch it.
    pub(crate) verified: AtomicU64,
    /// From when on, on the lease's clock, it may be refreshed (again).
    pub(crate) refresh_from: AtomicU64,
}

impl<Q: Question, B: Body> Entry<Q, B> {
    pub(crate) fn new(question: Q, loaded: Loaded<Q, B>, took: Duration) -> Self {
        Self {
            question,
            stamp: loaded.stamp,
            shows: loaded.shows.into(),
            parts: loaded.parts.into(),
            body: loaded.body,
            loaded_at: unix_millis(),
            took,
            jitter: draw_jitter(),
            verified: AtomicU64::new(Position::NONE),
            refresh_from: AtomicU64::new(0),
        }
    }

    /// How long ago the answer was loaded from the database, by this machine's clock.
    pub fn age(&self) -> Duration {
        Duration::from_millis(unix_millis().saturating_sub(self.loaded_at))
    }

    /// Roughly how many bytes of memory the entry takes.
    pub(crate) fn weight(&self) -> usize {
        let question = self.question.key().len() + self.question.text().len();
        question
            + self.body.weight()
            + self.shows.len() * size_of::<i64>()
            + self.parts.len() * size_of::<Part<Q>>()
            + size_of::<Self>()
    }
}

impl<Q: Question, B> Entry<Q, B> {
    /// What the entry is about, without its content: for whoever watches it but does not show it.
    pub fn without_body(&self) -> Entry<Q, ()> {
        Entry {
            question: self.question.clone(),
            stamp: self.stamp,
            shows: Arc::clone(&self.shows),
            parts: self.parts.clone(),
            body: (),
            loaded_at: self.loaded_at,
            took: self.took,
            jitter: self.jitter,
            verified: AtomicU64::new(self.verified.load(Ordering::Acquire)),
            refresh_from: AtomicU64::new(0),
        }
    }

    pub(crate) fn is_touched_by(&self, change: &Change<Q::Image>) -> bool {
        self.about()
            .any(|(question, shows)| change.touches(question, shows))
    }

    pub(crate) fn is_withdrawn_by(&self, change: &Change<Q::Image>) -> bool {
        self.about()
            .any(|(question, shows)| change.withdraws(question, shows))
    }

    /// The questions that it answers, with the rows that it shows for each.
    fn about(&self) -> impl Iterator<Item = (&Q, &[i64])> {
        let parts = self.parts.iter();
        std::iter::once((&self.question, &*self.shows))
            .chain(parts.map(|part| (&part.question, &*part.shows)))
    }
}

/// From 0.9 up to 1.
fn draw_jitter() -> f32 {
    1.0 - 0.1 * rand::random::<f32>()
}

fn unix_millis() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
