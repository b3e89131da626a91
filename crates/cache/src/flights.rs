//! Coalescing: askers of one key share one load.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use futures::FutureExt;
use tokio::sync::watch;

/// Why there is no answer. It is shared by all who waited for the same load.
#[derive(Debug)]
pub enum Failure<E> {
    /// The origin failed.
    Origin(Arc<E>),
    /// The load ended without a result: it panicked, or the server is shutting down.
    Interrupted,
}

impl<E> Clone for Failure<E> {
    fn clone(&self) -> Self {
        match self {
            Self::Origin(error) => Self::Origin(Arc::clone(error)),
            Self::Interrupted => Self::Interrupted,
        }
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Origin(error) => error.fmt(f),
            Self::Interrupted => f.write_str("the load was interrupted"),
        }
    }
}

impl<E: std::error::Error> std::error::Error for Failure<E> {}

/// The loads under way, by key.
pub(crate) struct Flights<T, E> {
    under_way: Arc<Mutex<HashMap<String, Flight<T, E>>>>,
    /// Counts arrivals and take-offs in one order.
    clock: AtomicU64,
}

/// A point in the order of arrivals and take-offs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tick(u64);

/// A load that may be shared.
pub(crate) struct Flight<T, E> {
    /// When it began.
    pub(crate) began: Tick,
    outcome: watch::Receiver<Option<Result<T, Failure<E>>>>,
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
    pub(crate) fn new() -> Self {
        Self {
            under_way: Arc::default(),
            clock: AtomicU64::new(0),
        }
    }

    /// The present point of the order.
    pub(crate) fn now(&self) -> Tick {
        Tick(self.clock.fetch_add(1, Ordering::SeqCst))
    }

    /// The flight of this key, begun with `load` if there is none. A new one runs in a task of
    /// its own, so that it goes on when the asker that began it leaves. The flag tells whether it
    /// is new.
    pub(crate) fn join<F>(&self, key: &str, load: impl FnOnce() -> F) -> (Flight<T, E>, bool)
    where
        F: Future<Output = Result<T, Failure<E>>> + Send + 'static,
    {
        let mut under_way = self
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = under_way.get(key) {
            return (flight.clone(), false);
        }
        let (sender, outcome) = watch::channel(None);
        let flight = Flight {
            began: self.now(),
            outcome,
        };
        under_way.insert(key.to_owned(), flight.clone());
        drop(under_way);
        let landing = Landing {
            key: key.to_owned(),
            under_way: Arc::clone(&self.under_way),
        };
        let load = load();
        tokio::spawn(async move {
            // Whoever waits must hear of a panic, and the next asker must be able to load again.
            let result = std::panic::AssertUnwindSafe(load).catch_unwind().await;
            drop(landing);
            sender.send_replace(Some(result.unwrap_or(Err(Failure::Interrupted))));
        });
        (flight, true)
    }
}

impl<T: Clone, E> Flight<T, E> {
    /// Waits for the outcome.
    pub(crate) async fn land(mut self) -> Result<T, Failure<E>> {
        match self.outcome.wait_for(Option::is_some).await {
            Ok(outcome) => outcome.clone().unwrap_or(Err(Failure::Interrupted)),
            Err(_) => Err(Failure::Interrupted),
        }
    }
}

/// Takes the flight off the list however it ends.
struct Landing<T, E> {
    key: String,
    under_way: Arc<Mutex<HashMap<String, Flight<T, E>>>>,
}

impl<T, E> Drop for Landing<T, E> {
    fn drop(&mut self) {
        self.under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.key);
    }
}
