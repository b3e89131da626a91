//! Coalescing: callers that request the same key share one load.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use futures::FutureExt;
use parking_lot::Mutex;
use tokio::sync::watch;
use tracing::Instrument;

/// Why there is no answer. It is shared by all callers that waited for the same load.
#[derive(Debug)]
pub enum Failure<E> {
    /// The origin failed.
    Origin(Arc<E>),
    /// The origin took too long.
    Late,
    /// The load ended without a result: it panicked, or the server is shutting down.
    Interrupted,
    /// Too many callers are waiting already.
    Busy,
}

impl<E> Clone for Failure<E> {
    fn clone(&self) -> Self {
        match self {
            Self::Origin(error) => Self::Origin(Arc::clone(error)),
            Self::Late => Self::Late,
            Self::Interrupted => Self::Interrupted,
            Self::Busy => Self::Busy,
        }
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Origin(error) => error.fmt(f),
            Self::Late => f.write_str("the load took too long"),
            Self::Interrupted => f.write_str("the load was interrupted"),
            Self::Busy => f.write_str("too many callers are waiting"),
        }
    }
}

impl<E: std::error::Error> std::error::Error for Failure<E> {}

/// The loads under way, by key.
pub(crate) struct Flights<T, E> {
    under_way: Arc<Mutex<HashMap<String, Flight<T, E>>>>,
    /// How many there may be at a time.
    limit: usize,
    /// Counts callers' arrivals and flights' starts in one order.
    clock: AtomicU64,
}

/// A point in the order of arrivals and starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tick(u64);

/// A load that may be shared.
pub(crate) struct Flight<T, E> {
    /// When it began.
    pub(crate) began: Tick,
    outcome: watch::Receiver<Option<Result<T, Failure<E>>>>,
}

/// A flight that a caller has joined or started.
pub(crate) struct Joined<T, E> {
    pub(crate) flight: Flight<T, E>,
    /// Whether it was started for this caller.
    pub(crate) new: bool,
}

impl<T, E> Clone for Flight<T, E> {
    fn clone(&self) -> Self {
        Self {
            began: self.began,
            outcome: self.outcome.clone(),
        }
    }
}

impl<T, E> Flights<T, E>
where
    T: Clone + Send + Sync + 'static,
    E: Send + Sync + 'static,
{
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            under_way: Arc::default(),
            limit,
            clock: AtomicU64::new(0),
        }
    }

    /// The current point in the order.
    pub(crate) fn now(&self) -> Tick {
        Tick(self.clock.fetch_add(1, Ordering::SeqCst))
    }

    /// The flight of this key, started with `load` if there isn't one. A new one runs in a
    /// separate task, so that it continues when the caller that started it leaves.
    /// `None` if too many are under way: callers may leave, but their flights continue.
    pub(crate) fn join<F>(&self, key: &str, load: impl FnOnce() -> F) -> Option<Joined<T, E>>
    where
        F: Future<Output = Result<T, Failure<E>>> + Send + 'static,
    {
        let mut under_way = self.under_way.lock();
        if let Some(flight) = under_way.get(key) {
            return Some(Joined {
                flight: flight.clone(),
                new: false,
            });
        }
        if under_way.len() >= self.limit {
            return None;
        }
        let (sender, outcome) = watch::channel(None);
        let flight = Flight {
            began: self.now(),
            outcome,
        };
        under_way.insert(key.to_owned(), flight.clone());
        drop(under_way);
        let guard = InFlight {
            key: key.to_owned(),
            under_way: Arc::clone(&self.under_way),
        };
        let load = load();
        let flying = async move {
            // Waiting callers must learn of a panic, and the next one must be able to load again.
            let result = std::panic::AssertUnwindSafe(load).catch_unwind().await;
            drop(guard);
            sender.send_replace(Some(result.unwrap_or(Err(Failure::Interrupted))));
        };
        // Whoever traces the caller sees what was done for it.
        tokio::spawn(flying.in_current_span());
        Some(Joined { flight, new: true })
    }
}

impl<T: Clone, E> Flight<T, E> {
    /// Waits for the outcome.
    pub(crate) async fn wait(mut self) -> Result<T, Failure<E>> {
        match self.outcome.wait_for(Option::is_some).await {
            Ok(outcome) => outcome.clone().unwrap_or(Err(Failure::Interrupted)),
            Err(_) => Err(Failure::Interrupted),
        }
    }
}

/// Removes the flight from the map, however it ends.
struct InFlight<T, E> {
    key: String,
    under_way: Arc<Mutex<HashMap<String, Flight<T, E>>>>,
}

impl<T, E> Drop for InFlight<T, E> {
    fn drop(&mut self) {
        self.under_way.lock().remove(&self.key);
    }
}
