//! The tiers together: one question in, one believed answer out.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use quick_cache::{Weighter, sync::Cache};
use tokio::sync::Semaphore;
use tracing::debug;

use crate::{
    Arrival, Body, Entry, Failure, Log, Origin,
    flights::Flights,
    log::Verdict,
    metric::Counters,
    origin::{Image, Question},
    shared::Shared,
};

/// How long the node waits to catch up with an entry from another node that is ahead of it.
const CATCH_UP_PATIENCE: Duration = Duration::from_millis(500);

/// How many answers are refreshed in the background at once.
const REFRESHES: usize = 4;

/// How long answers are kept. They stay right however old they are: these are for garbage
/// collection, and a safety net.
#[derive(Debug, Clone, Copy)]
pub struct Lifetimes {
    /// Past this age, an answer in memory is served while one refresh runs in the background.
    pub revalidate: Duration,
    /// How long the shared tier keeps an entry.
    pub shared: Duration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            revalidate: Duration::from_secs(3_600),
            shared: Duration::from_secs(24 * 3_600),
        }
    }
}

type Remembered<O> = Arc<Entry<<O as Origin>::Question, <O as Origin>::Body>>;

/// The memory tier and the shared tier in front of an origin.
pub struct Tiers<O: Origin> {
    origin: Arc<O>,
    log: Arc<Log<Image<O>>>,
    memory: Cache<String, Remembered<O>, Weight>,
    shared: Arc<dyn Shared>,
    flights: Flights<Flown<O>, O::Error>,
    refreshes: Arc<Semaphore>,
    lifetimes: Lifetimes,
    counters: Counters,
}

/// A believed answer, and the way that it came.
pub struct Answer<O: Origin> {
    /// The answer.
    pub entry: Remembered<O>,
    /// Which tiers were asked and what they had.
    pub trail: Trail,
}

/// The way that an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trail {
    /// What the memory tier had.
    pub memory: MemoryStep,
    /// What the shared tier had, if it was asked.
    pub shared: Option<SharedStep>,
    /// How long the origin took, if it was asked.
    pub load: Option<Duration>,
    /// Whether the asker joined a load that another one had begun.
    pub joined: bool,
}

/// What the memory tier had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemoryStep {
    /// The answer.
    Hit,
    /// The answer, past its revalidate interval; it is being refreshed.
    HitWhileRefreshed,
    /// Nothing.
    Miss,
    /// An answer that is no longer believed.
    Outdated,
}

/// What the shared tier had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedStep {
    /// The answer.
    Hit,
    /// Nothing readable. The flag tells whether the new answer was stored.
    Miss(bool),
    /// An answer that is not believed. The flag tells whether the new answer was stored.
    Outdated(bool),
    /// It did not answer.
    Unavailable,
}

struct Flown<O: Origin> {
    entry: Remembered<O>,
    shared: Option<SharedStep>,
    load: Option<Duration>,
}

impl<O: Origin> Clone for Flown<O> {
    fn clone(&self) -> Self {
        Self {
            entry: Arc::clone(&self.entry),
            shared: self.shared,
            load: self.load,
        }
    }
}

#[derive(Clone)]
struct Weight;

impl<Q: Question, B: Body> Weighter<String, Arc<Entry<Q, B>>> for Weight {
    fn weight(&self, key: &String, entry: &Arc<Entry<Q, B>>) -> u64 {
        (key.len() + entry.weight()) as u64
    }
}

impl<O: Origin> Tiers<O> {
    /// Tiers in front of `origin`, whose changes `log` follows. Memory is bounded by
    /// `memory_bytes`.
    pub fn new(
        origin: Arc<O>,
        log: Arc<Log<Image<O>>>,
        shared: Arc<dyn Shared>,
        memory_bytes: u64,
        lifetimes: Lifetimes,
    ) -> Self {
        let typical = 50_000;
        let items = usize::try_from(memory_bytes / typical)
            .unwrap_or(usize::MAX)
            .max(16);
        Self {
            origin,
            log,
            memory: Cache::with_weighter(items, memory_bytes, Weight),
            shared,
            flights: Flights::new(),
            refreshes: Arc::new(Semaphore::new(REFRESHES)),
            lifetimes,
            counters: Counters::new(),
        }
    }

    /// The database behind the tiers.
    pub fn origin(&self) -> &Arc<O> {
        &self.origin
    }

    /// The log that decides what is believed.
    pub fn log(&self) -> &Arc<Log<Image<O>>> {
        &self.log
    }

    /// Answers a question from the nearest tier that has an answer to believe.
    ///
    /// # Errors
    /// If the origin had to be asked and failed.
    pub async fn answer(
        self: &Arc<Self>,
        question: &O::Question,
    ) -> Result<Answer<O>, Failure<O::Error>> {
        let arrival = self.log.arrival();
        let key = question.key();
        let memory = match self.remembered(key, question) {
            None => MemoryStep::Miss,
            Some(entry) if self.believes(&entry, arrival).await => {
                self.counters.memory_hits.increment(1);
                let memory =
                    if entry.age() > self.lifetimes.revalidate && self.refresh(key, question) {
                        MemoryStep::HitWhileRefreshed
                    } else {
                        MemoryStep::Hit
                    };
                let trail = Trail {
                    memory,
                    shared: None,
                    load: None,
                    joined: false,
                };
                return Ok(Answer { entry, trail });
            }
            Some(_) => MemoryStep::Outdated,
        };
        self.answer_by_flight(key, question, arrival, memory).await
    }

    async fn answer_by_flight(
        self: &Arc<Self>,
        key: &str,
        question: &O::Question,
        arrival: Arrival,
        memory: MemoryStep,
    ) -> Result<Answer<O>, Failure<O::Error>> {
        let arrived = self.flights.now();
        loop {
            let (flight, new) = self.flights.join(key, || {
                let (tiers, key, question) = (Arc::clone(self), key.to_owned(), question.clone());
                async move { tiers.fly(&key, question).await }
            });
            if !new {
                self.counters.joined.increment(1);
            }
            let began = flight.began;
            let flown = flight.land().await;
            // A flight from before the arrival may have seen the database from before a change
            // that this asker must see; the next flight is certain to have begun after it.
            let late_enough = new || began > arrived;
            match flown {
                Err(failure) => return Err(failure),
                // Another question's flight, under the same shortened key.
                Ok(flown) if flown.entry.question.text() != question.text() => {}
                Ok(flown) if late_enough || self.believes(&flown.entry, arrival).await => {
                    // A flight that asked nobody found in memory what had landed meanwhile.
                    let (step, memory) = match (flown.load, flown.shared) {
                        (Some(_), _) => (&self.counters.misses, memory),
                        (None, Some(_)) => (&self.counters.shared_hits, memory),
                        (None, None) => (&self.counters.memory_hits, MemoryStep::Hit),
                    };
                    step.increment(1);
                    let trail = Trail {
                        memory,
                        shared: flown.shared,
                        load: flown.load,
                        joined: !new,
                    };
                    return Ok(Answer {
                        entry: flown.entry,
                        trail,
                    });
                }
                Ok(_) => {}
            }
        }
    }

    /// Starts a refresh unless enough are running; whether one runs now.
    fn refresh(self: &Arc<Self>, key: &str, question: &O::Question) -> bool {
        let Ok(permit) = Arc::clone(&self.refreshes).try_acquire_owned() else {
            return false;
        };
        self.flights.join(key, || {
            let (tiers, key, question) = (Arc::clone(self), key.to_owned(), question.clone());
            async move {
                let _permit = permit;
                tiers.load(&key, question, SharedStep::Miss(false)).await
            }
        });
        true
    }

    /// What a flight does: ask the shared tier, then the origin; remember the answer.
    async fn fly(
        self: Arc<Self>,
        key: &str,
        question: O::Question,
    ) -> Result<Flown<O>, Failure<O::Error>> {
        // Not the arrival of the asker that began the flight: those who arrived since then, and
        // before the flight began, will take its answer unseen.
        let arrival = self.log.arrival();
        // Another flight may have landed between the asker's look at memory and this take-off.
        // (One that is ahead of the node has been waited for already.)
        if let Some(entry) = self.remembered(key, &question)
            && self.log.verdict(&entry, arrival) == Verdict::Believed
        {
            return Ok(Flown {
                entry,
                shared: None,
                load: None,
            });
        }
        let shared = match self.shared.get(key).await {
            Ok(None) => SharedStep::Miss(false),
            Ok(Some(bytes)) => match Entry::decode(&question, &bytes).map(Arc::new) {
                None => SharedStep::Miss(false),
                Some(entry) if self.believes(&entry, arrival).await => {
                    self.remember(key, &entry);
                    return Ok(Flown {
                        entry,
                        shared: Some(SharedStep::Hit),
                        load: None,
                    });
                }
                Some(_) => SharedStep::Outdated(false),
            },
            Err(unavailable) => {
                self.counters.shared_failures.increment(1);
                debug!(key, %unavailable, "a miss, as the shared tier does not answer");
                SharedStep::Unavailable
            }
        };
        self.load(key, question, shared).await
    }

    async fn load(
        &self,
        key: &str,
        question: O::Question,
        shared: SharedStep,
    ) -> Result<Flown<O>, Failure<O::Error>> {
        let started = Instant::now();
        self.counters.loads.increment(1);
        let loaded = self
            .origin
            .load(&question)
            .await
            .map_err(|error| Failure::Origin(Arc::new(error)))?;
        let load = Some(started.elapsed());
        let entry = Arc::new(Entry::new(question, loaded));
        self.remember(key, &entry);
        let shared = match shared {
            SharedStep::Miss(_) => SharedStep::Miss(self.share(key, &entry).await),
            SharedStep::Outdated(_) => SharedStep::Outdated(self.share(key, &entry).await),
            other => other,
        };
        Ok(Flown {
            entry,
            shared: Some(shared),
            load,
        })
    }

    async fn share(&self, key: &str, entry: &Remembered<O>) -> bool {
        let Some(bytes) = entry.encode() else {
            return false;
        };
        match self.shared.set(key, bytes, self.lifetimes.shared).await {
            Ok(()) => true,
            Err(unavailable) => {
                self.counters.shared_failures.increment(1);
                debug!(key, %unavailable, "an answer was not shared");
                false
            }
        }
    }

    fn remembered(&self, key: &str, question: &O::Question) -> Option<Remembered<O>> {
        let entry = self.memory.get(key)?;
        // Only a shortened key can belong to two questions.
        (entry.question.text() == question.text()).then_some(entry)
    }

    fn remember(&self, key: &str, entry: &Remembered<O>) {
        self.memory.insert(key.to_owned(), Arc::clone(entry));
    }

    /// The rule of belief, after catching up with an entry that is ahead of this node.
    async fn believes(&self, entry: &Remembered<O>, arrival: Arrival) -> bool {
        match self.log.verdict(entry, arrival) {
            Verdict::Believed => true,
            Verdict::Outdated => false,
            Verdict::Ahead => {
                self.log
                    .reach(entry.stamp.revision, CATCH_UP_PATIENCE)
                    .await
                    && self.log.verdict(entry, arrival) == Verdict::Believed
            }
        }
    }
}
