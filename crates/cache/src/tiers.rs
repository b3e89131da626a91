//! The tiers together: one ask in, one valid answer out.

mod beside;
mod inspect;
mod load;
mod outage;
mod refresh;

use std::{sync::Arc, time::Duration};

use ask::Ask;
use quick_cache::{DefaultHashBuilder, Weighter, sync::Cache};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout_at},
};

pub use self::inspect::{HeldKey, HeldKind, Holdings, Sight};
use self::{load::LoadOutcome, outage::Outage};
use crate::{
    Arrival, Body, Entry, Failure, Journal, Loaded, Log, MemoryStep, Origin, Reason, SharedStep,
    Source, Tier, Trail, Verdict,
    entry::ENTRY_LIMIT,
    fates::{Dropped, Fates},
    flights::{Flight, Flights, Joined},
    journal::Note,
    log::Validity,
    metric::{Counters, Kind},
    origin::{Cached, Image},
    shared::{Shared, Unavailable},
};

/// How long the node waits to catch up with an entry from another node that is ahead of it.
const CATCH_UP_PATIENCE: Duration = Duration::from_millis(500);

/// How many answers are refreshed in the background at a time.
const REFRESHES: usize = 4;

/// What the tiers may use, and how they serve.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How much the memory tier may hold, in bytes.
    pub memory_bytes: u64,
    /// The interval at which answers are refreshed whose policy names none.
    pub revalidate: Duration,
    /// How many loads run at a time; others wait. Fewer than the origin has connections, so that
    /// other work finds one.
    pub loads: usize,
    /// How long a load may take, including its wait for a place among the loads.
    pub load_timeout: Duration,
    /// How many callers may wait for loads; more are refused immediately.
    pub waiters: usize,
    /// Whether cached answers are served, marked, while the origin cannot be reached. If not, the
    /// caller gets the error.
    pub serve_cut_off: bool,
    /// How long the origin may be silent, with no load answered, before it counts as unreachable
    /// for a node without a lease. `None` for an origin that gets its answers from other tiers,
    /// which detect this themselves.
    pub silence: Option<Duration>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            memory_bytes: 256 << 20,
            revalidate: Duration::from_hours(1),
            loads: 12,
            load_timeout: Duration::from_secs(10),
            waiters: 10_000,
            serve_cut_off: true,
            silence: Some(Duration::from_secs(2)),
        }
    }
}

/// The memory tier and the shared tier in front of an origin.
pub struct Tiers<O: Origin> {
    origin: Arc<O>,
    log: Arc<Log<Image<O>>>,
    memory: Memory<O>,
    /// What became of answers that the tiers no longer have.
    fates: Arc<Fates>,
    journal: Arc<Journal>,
    shared: Option<Arc<dyn Shared>>,
    flights: Flights<LoadOutcome<O>, O::Error>,
    waiters: Semaphore,
    loads: Semaphore,
    refreshes: Arc<Semaphore>,
    outage: Outage,
    settings: Settings,
    counters: Counters,
}

/// A valid answer (or, if its trail says so, a marked one), and how it was obtained.
pub struct Answer<O: Origin> {
    /// The answer.
    pub entry: Cached<O>,
    /// Which tiers were queried and what they had.
    pub trail: Trail,
}

type Memory<O> = Cache<String, Cached<O>, Weight, DefaultHashBuilder, Dropped>;

#[derive(Clone)]
struct Weight;

impl<Q: Ask, B: Body> Weighter<String, Arc<Entry<Q, B>>> for Weight {
    fn weight(&self, key: &String, entry: &Arc<Entry<Q, B>>) -> u64 {
        (key.len() + entry.weight()) as u64
    }
}

impl<O: Origin> Tiers<O> {
    /// Tiers in front of `origin`, whose changes `log` follows. Without a shared tier there is
    /// only memory.
    pub fn new(
        origin: Arc<O>,
        log: Arc<Log<Image<O>>>,
        shared: Option<Arc<dyn Shared>>,
        settings: Settings,
    ) -> Self {
        let typical = 50_000;
        let items = usize::try_from(settings.memory_bytes / typical)
            .unwrap_or(usize::MAX)
            .max(16);
        let fates = Arc::new(Fates::default());
        let hasher = DefaultHashBuilder::default();
        Self {
            origin,
            log,
            memory: Cache::with(items, settings.memory_bytes, Weight, hasher, Dropped),
            fates,
            journal: Arc::default(),
            shared,
            flights: Flights::new(settings.waiters),
            waiters: Semaphore::new(settings.waiters),
            loads: Semaphore::new(settings.loads),
            refreshes: Arc::new(Semaphore::new(REFRESHES)),
            outage: Outage::default(),
            settings,
            counters: Counters::new(O::COMPOSES),
        }
    }

    /// These tiers, with a journal that they share with others.
    #[must_use]
    pub fn with_journal(self, journal: &Arc<Journal>) -> Self {
        Self {
            journal: Arc::clone(journal),
            ..self
        }
    }

    /// What the tiers decide.
    pub fn journal(&self) -> &Arc<Journal> {
        &self.journal
    }

    /// The database behind the tiers.
    pub fn origin(&self) -> &Arc<O> {
        &self.origin
    }

    /// The log that decides what is valid.
    pub fn log(&self) -> &Arc<Log<Image<O>>> {
        &self.log
    }

    /// Brings the gauges up to date, for a reader of metrics. `answers` says which tiers these are.
    pub fn report(&self, answers: &'static str) {
        crate::metric::follows(self.log.revision(), self.log.has_lease());
        crate::metric::holds(answers, self.memory.weight(), self.memory.len());
    }

    /// Drops the answer to an ask from memory and from the shared tier. Nothing depends on that: it
    /// is for people who want to see the next load.
    ///
    /// # Errors
    /// If the shared tier does not respond; memory has dropped it all the same.
    pub async fn drop_answer(&self, ask: &O::Ask) -> Result<(), Unavailable> {
        let key = ask.key();
        if self.memory.remove(&*key).is_some() {
            self.fates.evicted(&key);
        }
        match &self.shared {
            Some(shared) => shared.remove(&key).await,
            None => Ok(()),
        }
    }

    /// The answer from the nearest tier that has a valid one; if the ask's policy is that its
    /// answer is not stored, from the origin alone.
    ///
    /// # Errors
    /// If the origin had to be queried and failed, or too many callers are waiting.
    pub async fn answer(self: &Arc<Self>, ask: &O::Ask) -> Result<Answer<O>, Failure<O::Error>> {
        if !ask.policy().is_stored() {
            let started = Instant::now();
            let answered = self.bypass(ask).await;
            return self.finish(ask, Reason::Bypass, started, answered);
        }
        let timer = self.journal.timer();
        let arrival = self.log.arrival();
        let (found, reason) = match self.look(ask) {
            Err(reason) => (None, reason),
            Ok(entry) => match self.validity(&entry, arrival).await {
                Ok(()) => return Ok(self.hit(&entry, timer)),
                Err(reason) => (Some(entry), reason),
            },
        };
        self.answer_by_flight(ask, arrival, reason, found, false)
            .await
    }

    /// The same, but for a caller that will store what it makes of the answer, and so needs one
    /// that is not due for a refresh: it waits for the refresh. If that fails, it gets the answer
    /// that is due.
    ///
    /// # Errors
    /// As [`answer`](Self::answer).
    pub async fn answer_not_due(
        self: &Arc<Self>,
        ask: &O::Ask,
    ) -> Result<Answer<O>, Failure<O::Error>> {
        let arrival = self.log.arrival();
        let found = self.look(ask).ok();
        let due = match &found {
            Some(entry) => self.is_due(entry) && self.validity(entry, arrival).await.is_ok(),
            None => false,
        };
        if !due {
            return self.answer(ask).await;
        }
        let refreshed = self
            .answer_by_flight(ask, arrival, Reason::Expired, found.clone(), true)
            .await;
        match (refreshed, found) {
            (Err(_), Some(entry)) => Ok(self.hit(&entry, None)),
            (refreshed, _) => refreshed,
        }
    }

    /// The answer, without waiting, if memory has a valid one.
    pub fn cached(self: &Arc<Self>, ask: &O::Ask) -> Option<Answer<O>> {
        let timer = self.journal.timer();
        let arrival = self.log.arrival();
        let entry = self.in_memory(ask)?;
        let validity = self.validity_now(&entry, arrival);
        validity.is_ok().then(|| self.hit(&entry, timer))
    }

    fn hit(self: &Arc<Self>, entry: &Cached<O>, timer: Option<std::time::Instant>) -> Answer<O> {
        entry.metrics.answered(Source::Memory);
        let took = timer.map(|timer| timer.elapsed());
        let hit = Note::new(Tier::Memory, Verdict::Hit, took);
        self.journal.note(&entry.ask, &hit);
        let memory = if self.refresh_if_due(entry) {
            MemoryStep::HitWhileRefreshed
        } else {
            MemoryStep::Hit
        };
        Answer {
            entry: Arc::clone(entry),
            trail: Trail::memory(memory),
        }
    }

    /// The answer to an ask whose answer is not stored, under the same limit of loads.
    async fn bypass(&self, ask: &O::Ask) -> Result<Answer<O>, Failure<O::Error>> {
        let _waiting = self.wait()?;
        let started = Instant::now();
        let loaded = self.load_from_origin(ask, false).await?;
        Ok(self.own(ask, loaded, started.elapsed(), Reason::Bypass))
    }

    async fn answer_by_flight(
        self: &Arc<Self>,
        ask: &O::Ask,
        arrival: Arrival,
        reason: Reason,
        found: Option<Cached<O>>,
        refresh: bool,
    ) -> Result<Answer<O>, Failure<O::Error>> {
        let started = Instant::now();
        let answered = self
            .join_flights(ask, arrival, &reason, found, refresh)
            .await;
        self.finish(ask, reason, started, answered)
    }

    /// Counts and notes what a caller got that memory had no answer for at first.
    fn finish(
        &self,
        ask: &O::Ask,
        reason: Reason,
        started: Instant,
        answered: Result<Answer<O>, Failure<O::Error>>,
    ) -> Result<Answer<O>, Failure<O::Error>> {
        let took = started.elapsed();
        match &answered {
            Ok(answer) => self.report_answer(ask, &answer.trail, took),
            Err(failure) => {
                let reason = match failure {
                    Failure::Busy => Reason::Refused,
                    _ => reason,
                };
                self.counters.unanswered.increment(1);
                Kind::of(ask.catalogue(), ask.kind()).missed(Tier::Memory, &reason);
                let note = Note::without(Tier::Memory, &reason, Some(took));
                self.journal.note(ask, &note);
                let trail = Trail::memory(MemoryStep::Miss(reason));
                self.journal.missed(&ask.key(), trail);
            }
        }
        answered
    }

    /// Counts and notes an answer.
    fn report_answer(&self, ask: &O::Ask, trail: &Trail, took: Duration) {
        if trail.cut_off {
            self.counters.cut_off.increment(1);
        } else {
            self.count(ask, trail);
        }
        let note = match &trail.memory {
            MemoryStep::Miss(reason) => Note::without(Tier::Memory, reason, Some(took)),
            MemoryStep::Hit | MemoryStep::HitWhileRefreshed => Note {
                cut_off: trail.cut_off,
                ..Note::new(Tier::Memory, Verdict::Hit, Some(took))
            },
        };
        let note = Note {
            joined: trail.joined,
            ..note
        };
        self.journal.note(ask, &note);
    }

    /// The answer that a caller has loaded for itself.
    fn own(
        &self,
        ask: &O::Ask,
        loaded: Loaded<O::Ask, O::Body>,
        took: Duration,
        reason: Reason,
    ) -> Answer<O> {
        Answer {
            entry: self.entry(ask.clone(), loaded, took),
            trail: Trail {
                load: Some(took),
                ..Trail::memory(MemoryStep::Miss(reason))
            },
        }
    }

    /// Counts an answer where it came from, and for each tier that did not have it the reason. This
    /// is the only place that counts answers other than plain hits.
    fn count(&self, ask: &O::Ask, trail: &Trail) {
        let metrics = Kind::of(ask.catalogue(), ask.kind());
        metrics.answered(trail.source());
        if let MemoryStep::Miss(reason) = &trail.memory {
            metrics.missed(Tier::Memory, reason);
            if let Some(touched) = reason.touched() {
                self.log.effects().served(touched);
            }
            self.journal.missed(&ask.key(), trail.clone());
        }
        if let Some(SharedStep::Miss { reason, .. } | SharedStep::Collapsed(reason)) = &trail.shared
        {
            metrics.missed(Tier::Shared, reason);
        }
    }

    async fn join_flights(
        self: &Arc<Self>,
        ask: &O::Ask,
        arrival: Arrival,
        reason: &Reason,
        found: Option<Cached<O>>,
        refresh: bool,
    ) -> Result<Answer<O>, Failure<O::Error>> {
        if self.outage.is_on()
            && !arrival.has_lease()
            && let Some(answer) = found.as_ref().and_then(|entry| self.cut_off(entry))
        {
            // A load must notice when the database is back, but no caller needs to wait for it.
            if self.outage.may_probe() {
                self.join(ask, false);
            }
            return Ok(answer);
        }
        let _waiting = self.wait()?;
        let arrived = self.flights.now();
        loop {
            let Joined { flight, new } = self.join(ask, refresh).ok_or_else(|| self.refuse())?;
            if !new {
                self.counters.joined.increment(1);
            }
            let began = flight.began;
            let Some(outcome) = self.wait_for(flight, found.as_ref()).await else {
                if let Some(answer) = found.as_ref().and_then(|entry| self.cut_off(entry)) {
                    return Ok(answer);
                }
                continue;
            };
            // A flight that began before the arrival may have read the database before a change
            // that this caller must see; the next flight is certain to begin after the arrival.
            let late_enough = new || began > arrived;
            match outcome {
                Err(failure) => return self.instead_of(failure, ask, found).await,
                // Another ask's flight, under the same shortened key.
                Ok(outcome) if outcome.entry.ask.url() != ask.url() => {}
                Ok(outcome)
                    if late_enough || self.validity(&outcome.entry, arrival).await.is_ok() =>
                {
                    // A flight that queried nothing found in memory what another one had stored.
                    let memory = match (outcome.load, &outcome.shared) {
                        (None, None) => MemoryStep::Hit,
                        _ => MemoryStep::Miss(reason.clone()),
                    };
                    let trail = Trail {
                        memory,
                        shared: outcome.shared,
                        shared_took: outcome.shared_took,
                        load: outcome.load,
                        joined: !new,
                        cut_off: false,
                    };
                    return Ok(Answer {
                        entry: outcome.entry,
                        trail,
                    });
                }
                Ok(_) => {}
            }
        }
    }

    /// Joins the flight of an ask, or starts it. `None` if too many are under way.
    fn join(
        self: &Arc<Self>,
        ask: &O::Ask,
        refresh: bool,
    ) -> Option<Joined<LoadOutcome<O>, O::Error>> {
        self.flights.join(&ask.key(), || {
            Arc::clone(self).run_load(ask.clone(), refresh)
        })
    }

    /// Waits for a flight. `None` if there is an answer to serve instead, the node has no lease,
    /// and the origin has been silent for too long: it counts as unreachable. An origin that is
    /// only slow is waited for.
    async fn wait_for(
        &self,
        flight: Flight<LoadOutcome<O>, O::Error>,
        found: Option<&Cached<O>>,
    ) -> Option<Result<LoadOutcome<O>, Failure<O::Error>>> {
        let mut waiting = std::pin::pin!(flight.wait());
        let (Some(silence), Some(_), true) =
            (self.settings.silence, found, self.settings.serve_cut_off)
        else {
            return Some(waiting.await);
        };
        let mut heard = Instant::now();
        loop {
            if let Ok(outcome) = timeout_at(heard + silence, &mut waiting).await {
                return Some(outcome);
            }
            let last_heard = self.outage.last_reached().filter(|last| *last > heard);
            if last_heard.is_none() && !self.log.has_lease() {
                self.outage.begin();
                return None;
            }
            heard = last_heard.unwrap_or_else(Instant::now);
        }
    }

    /// A place among the waiting callers, or a refusal.
    fn wait(&self) -> Result<tokio::sync::SemaphorePermit<'_>, Failure<O::Error>> {
        self.waiters.try_acquire().map_err(|_| self.refuse())
    }

    fn refuse(&self) -> Failure<O::Error> {
        self.counters.refused.increment(1);
        Failure::Busy
    }

    /// What memory has under an ask's key, valid or not; if nothing, why.
    fn look(&self, ask: &O::Ask) -> Result<Cached<O>, Reason> {
        self.of_ask(ask, self.memory.get(&*ask.key()))
    }

    /// What was found in memory under an ask's key, if that is its answer; if not, why.
    fn of_ask(&self, ask: &O::Ask, found: Option<Cached<O>>) -> Result<Cached<O>, Reason> {
        let entry = found.ok_or_else(|| self.fates.in_memory(&ask.key()))?;
        answers(&entry, ask)
            .then_some(entry)
            .ok_or(Reason::Collision)
    }

    fn in_memory(&self, ask: &O::Ask) -> Option<Cached<O>> {
        let entry = self.memory.get(&*ask.key())?;
        answers(&entry, ask).then_some(entry)
    }

    fn entry(&self, ask: O::Ask, loaded: Loaded<O::Ask, O::Body>, took: Duration) -> Cached<O> {
        let revalidate = self.settings.revalidate;
        Arc::new(Entry::new(ask, loaded, took, self.log.wall(), revalidate))
    }

    fn store(&self, entry: &Cached<O>) {
        let key = entry.ask.key();
        let took = Some(entry.took);
        if entry.body.weight() > ENTRY_LIMIT {
            // Checking its predecessor again would be wasted work.
            self.memory.remove(&*key);
            self.fates.evicted(&key);
            let skipped = Note::new(Tier::Memory, Verdict::Skip, took);
            self.journal.note(&entry.ask, &skipped);
        } else {
            // First, as this very entry may be dropped again.
            self.fates.stored(&key);
            let stored = Note::new(Tier::Memory, Verdict::Stored, took);
            self.journal.note(&entry.ask, &stored);
            let mut dropped = Vec::new();
            self.memory.insert_with_lifecycle(
                key.clone().into_owned(),
                Arc::clone(entry),
                &mut dropped,
            );
            for dropped in dropped {
                let is_replaced = dropped == *key && self.memory.contains_key(&*key);
                if !is_replaced {
                    self.counters.evictions.increment(1);
                    self.fates.evicted(&dropped);
                }
            }
        }
    }

    /// Notes whether an answer that has just been loaded is the same as the one in memory that an
    /// edit has made outdated. Its own is still there.
    fn note_reload(&self, entry: &Cached<O>) {
        let key = entry.ask.key();
        let Ok(before) = self.of_ask(&entry.ask, self.memory.peek(&*key)) else {
            return;
        };
        if let Err(Reason::Touched(touched)) = self.validity_now(&before, self.log.arrival()) {
            let is_same = before.body.is_same(&entry.body);
            entry.metrics.reloaded(is_same);
            // A page is loaded again because its parts are, which count themselves.
            if !O::COMPOSES {
                self.log.effects().reloaded(&touched, is_same);
            }
        }
    }

    /// The rule of validity, after catching up with an entry that is ahead of this node.
    async fn validity(&self, entry: &Cached<O>, arrival: Arrival) -> Validity {
        let validity = self.validity_now(entry, arrival);
        if validity == Err(Reason::Ahead) {
            let revision = entry.stamp.revision;
            if self.log.reach(revision, CATCH_UP_PATIENCE).await {
                return self.log.verdict(entry, arrival);
            }
        }
        validity
    }

    /// The rule of validity, as far as this node has come.
    fn validity_now(&self, entry: &Cached<O>, arrival: Arrival) -> Validity {
        if self.is_expired(entry) {
            return Err(Reason::Expired);
        }
        self.log.verdict(entry, arrival)
    }
}

/// Whether an entry under an ask's key answers that ask. Only a shortened key can belong to two.
fn answers<Q: Ask, B>(entry: &Entry<Q, B>, ask: &Q) -> bool {
    entry.ask.url() == ask.url()
}
