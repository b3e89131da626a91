//! What the tiers decide, one line a decision: in the log, in traces, and for whoever watches.
//!
//! Nobody watches most of the time, so a hit must not pay for this: it costs two loads of atomics.
//! (That popular keys are counted costs it a little more, see `popular`.)
//! A watcher gets at most [`LINES_A_SECOND`] lines, as nobody reads more; the others are counted,
//! and the watcher is told how many there were.

mod traces;

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use ask::Ask;
use parking_lot::{Mutex, RwLock};
use quick_cache::sync::Cache;
use tokio::sync::mpsc;
use tracing::{Level, debug, enabled, level_filters::LevelFilter};

pub(crate) use self::traces::load_span;
pub use self::traces::{TRACES, is_traced};
use crate::{Popular, Reason, Trail, times::unix_millis};

/// The most lines that a watcher gets in a second.
pub const LINES_A_SECOND: u64 = 500;

/// The parts of a second in which a watcher gets its share of them.
const WINDOWS: u64 = 10;

/// How many lines wait for a watcher that reads slowly.
const WAITING: usize = 1_000;

/// How many watchers there may be.
const WATCHERS: usize = 16;

/// How many decisions other than hits are held for a look back.
const RECENT: usize = 200;

/// For how many keys the last miss is noted.
const LAST_MISSES: usize = 10_000;

/// A tier that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// The memory of this node.
    Memory,
    /// The tier that nodes share: Redis, or its stand-in within the process.
    Shared,
}

/// What a tier did with an ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It gave the answer.
    Hit,
    /// It had no answer that it could give.
    Miss,
    /// It took a new answer.
    Stored,
    /// It was not used.
    Skip,
    /// It gave an answer that is due, and had it loaded again.
    Refresh,
}

/// One decision of one tier.
#[derive(Debug, Clone)]
pub struct Decision {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Which tier decided.
    pub tier: Tier,
    /// What it decided.
    pub verdict: Verdict,
    /// Why, unless it was a hit, or stored the answer.
    pub reason: Option<Reason>,
    /// Whether the answer was given, marked, because the database is unreachable.
    pub cut_off: bool,
    /// The key.
    pub key: Box<str>,
    /// The canonical URL of the ask.
    pub url: Box<str>,
    /// The catalogue that the ask is about.
    pub catalogue: &'static str,
    /// The kind of the ask.
    pub kind: &'static str,
    /// How long it took; for a miss of the memory tier, until the answer was there.
    pub took: Option<Duration>,
}

/// Which decisions somebody wants to see.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this tier.
    pub tier: Option<Tier>,
    /// With this verdict.
    pub verdict: Option<Verdict>,
    /// For the reason of this name.
    pub reason: Option<&'static str>,
    /// About keys that contain this.
    pub key: String,
}

/// The decisions of a node's tiers.
pub struct Journal {
    /// How many there are in `watchers`, so that a hit need not lock.
    watching: AtomicUsize,
    watchers: RwLock<Vec<Arc<Watcher>>>,
    recent: Mutex<VecDeque<Arc<Decision>>>,
    last_misses: Cache<Box<str>, Arc<LastMiss>>,
    popular: Popular,
}

/// The last time that a key was asked for and memory did not have the answer.
#[derive(Debug)]
pub struct LastMiss {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Why, and where the answer came from.
    pub trail: Trail,
}

struct Watcher {
    filter: Filter,
    lines: mpsc::Sender<Arc<Decision>>,
    /// The number of the current window, and how many lines were sent in it.
    window: AtomicU64,
    sent: AtomicU64,
    dropped: AtomicU64,
}

/// The decisions that one watcher sees, from now on.
pub struct Tail {
    journal: Arc<Journal>,
    watcher: Arc<Watcher>,
    lines: mpsc::Receiver<Arc<Decision>>,
}

/// What a tier decided, before anybody wants to see it.
pub(crate) struct Note<'a> {
    pub(crate) tier: Tier,
    pub(crate) verdict: Verdict,
    pub(crate) reason: Option<&'a Reason>,
    pub(crate) cut_off: bool,
    /// Whether the caller joined a load that another one had started.
    pub(crate) joined: bool,
    pub(crate) took: Option<Duration>,
}

impl Tier {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Memory, Self::Shared];

    /// Its name, the same everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Shared => "redis",
        }
    }
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Hit,
        Self::Miss,
        Self::Stored,
        Self::Skip,
        Self::Refresh,
    ];

    /// Its name, as log lines have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hit => "HIT",
            Self::Miss => "MISS",
            Self::Stored => "STORED",
            Self::Skip => "SKIP",
            Self::Refresh => "REFRESH",
        }
    }
}

impl Filter {
    fn wants(&self, note: &Note<'_>, key: &str) -> bool {
        self.tier.is_none_or(|tier| tier == note.tier)
            && self.verdict.is_none_or(|verdict| verdict == note.verdict)
            && self
                .reason
                .is_none_or(|name| note.reason.map(Reason::name) == Some(name))
            && key.contains(&self.key)
    }

    /// Whether a decision passes.
    pub fn passes(&self, decision: &Decision) -> bool {
        self.wants(&decision.note(), &decision.key)
    }
}

impl Decision {
    fn note(&self) -> Note<'_> {
        Note {
            tier: self.tier,
            verdict: self.verdict,
            reason: self.reason.as_ref(),
            cut_off: self.cut_off,
            // Only traces say so.
            joined: false,
            took: self.took,
        }
    }
}

impl<'a> Note<'a> {
    /// Whether a caller got an answer that is stored.
    fn is_answer(&self) -> bool {
        match self.verdict {
            Verdict::Hit | Verdict::Miss => true,
            Verdict::Skip | Verdict::Stored | Verdict::Refresh => false,
        }
    }

    pub(crate) fn new(tier: Tier, verdict: Verdict, took: Option<Duration>) -> Self {
        Self {
            tier,
            verdict,
            reason: None,
            cut_off: false,
            joined: false,
            took,
        }
    }

    /// A tier did not have the answer, or was not used.
    pub(crate) fn without(tier: Tier, reason: &'a Reason, took: Option<Duration>) -> Self {
        let unused = match reason {
            Reason::Bypass | Reason::Refused => true,
            Reason::NoLease => tier == Tier::Shared,
            _ => false,
        };
        Self {
            reason: Some(reason),
            ..Self::new(
                tier,
                if unused { Verdict::Skip } else { Verdict::Miss },
                took,
            )
        }
    }
}

impl Default for Journal {
    fn default() -> Self {
        Self {
            watching: AtomicUsize::new(0),
            watchers: RwLock::default(),
            recent: Mutex::default(),
            last_misses: Cache::new(LAST_MISSES),
            popular: Popular::default(),
        }
    }
}

impl Journal {
    /// Starts to watch. `None` if enough others do.
    pub fn watch(self: &Arc<Self>, filter: Filter) -> Option<Tail> {
        let mut watchers = self.watchers.write();
        if watchers.len() >= WATCHERS {
            return None;
        }
        let (sender, lines) = mpsc::channel(WAITING);
        let watcher = Arc::new(Watcher {
            filter,
            lines: sender,
            window: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            dropped: AtomicU64::new(0),
        });
        watchers.push(Arc::clone(&watcher));
        self.watching.store(watchers.len(), Ordering::Release);
        Some(Tail {
            journal: Arc::clone(self),
            watcher,
            lines,
        })
    }

    /// The last decisions that pass a filter, the newest first. Hits are not among them.
    pub fn recent(&self, filter: &Filter) -> Vec<Arc<Decision>> {
        let recent = self.recent.lock();
        let newest = recent.iter().rev();
        newest.filter(|line| filter.passes(line)).cloned().collect()
    }

    /// The last time that memory did not have the answer under a key, if that was noted.
    pub fn last_miss(&self, key: &str) -> Option<Arc<LastMiss>> {
        self.last_misses.peek(key)
    }

    /// What is requested most.
    pub fn popular(&self) -> &Popular {
        &self.popular
    }

    pub(crate) fn missed(&self, key: &str, trail: Trail) {
        let missed = Arc::new(LastMiss {
            at: unix_millis(),
            trail,
        });
        self.last_misses.insert(key.into(), missed);
    }

    /// The time now, if somebody wants to know how long a hit takes.
    pub(crate) fn timer(&self) -> Option<Instant> {
        let is_wanted = self.is_watched()
            || is_heard() && (enabled!(target: "cache::memory", Level::DEBUG) || is_traced());
        is_wanted.then(Instant::now)
    }

    fn is_watched(&self) -> bool {
        self.watching.load(Ordering::Acquire) > 0
    }

    /// Notes a decision.
    pub(crate) fn note<Q: Ask>(&self, ask: &Q, note: &Note<'_>) {
        if is_heard() {
            say(ask, note);
        }
        let is_hit = note.verdict == Verdict::Hit;
        if note.tier == Tier::Memory && note.is_answer() {
            self.popular.note(ask);
        }
        if !is_hit || self.is_watched() {
            self.tell(ask, note, is_hit);
        }
    }

    fn tell<Q: Ask>(&self, ask: &Q, note: &Note<'_>, is_hit: bool) {
        let key = ask.key();
        let at = unix_millis();
        let decision = || {
            Arc::new(Decision {
                at,
                tier: note.tier,
                verdict: note.verdict,
                reason: note.reason.cloned(),
                cut_off: note.cut_off,
                key: (*key).into(),
                url: (*ask.url()).into(),
                catalogue: ask.catalogue(),
                kind: ask.kind(),
                took: note.took,
            })
        };
        let mut made = None;
        if !is_hit {
            let mut recent = self.recent.lock();
            if recent.len() >= RECENT {
                recent.pop_front();
            }
            recent.push_back(Arc::clone(made.get_or_insert_with(decision)));
        }
        for watcher in &*self.watchers.read() {
            if watcher.filter.wants(note, &key) {
                if watcher.has_room(at) {
                    watcher.send(Arc::clone(made.get_or_insert_with(decision)));
                } else {
                    watcher.dropped.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }
}

impl Watcher {
    /// Whether another line fits into the present part of a second.
    fn has_room(&self, at: u64) -> bool {
        let window = at * WINDOWS / 1_000;
        if self.window.swap(window, Ordering::Relaxed) != window {
            self.sent.store(0, Ordering::Relaxed);
        }
        self.sent.load(Ordering::Relaxed) < LINES_A_SECOND / WINDOWS
            && self.sent.fetch_add(1, Ordering::Relaxed) < LINES_A_SECOND / WINDOWS
    }

    fn send(&self, decision: Arc<Decision>) {
        if self.lines.try_send(decision).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Tail {
    /// The next decision; pending for as long as there is none.
    pub async fn next(&mut self) -> Option<Arc<Decision>> {
        self.lines.recv().await
    }

    /// The next decision, if it is there already.
    pub fn waiting(&mut self) -> Option<Arc<Decision>> {
        self.lines.try_recv().ok()
    }

    /// How many decisions were not told since the last call, because there were too many.
    pub fn dropped(&self) -> u64 {
        self.watcher.dropped.swap(0, Ordering::Relaxed)
    }
}

impl Drop for Tail {
    fn drop(&mut self) {
        let mut watchers = self.journal.watchers.write();
        watchers.retain(|watcher| !Arc::ptr_eq(watcher, &self.watcher));
        self.journal
            .watching
            .store(watchers.len(), Ordering::Release);
    }
}

/// Whether the log or traces show anything of this level. One load of an atomic answers for both,
/// and for most servers it is no.
fn is_heard() -> bool {
    Level::DEBUG <= LevelFilter::current()
}

/// Logs and traces a decision. Not inlined, as that would make hits slower that nobody hears of.
#[cold]
#[inline(never)]
fn say<Q: Ask>(ask: &Q, note: &Note<'_>) {
    log(ask, note);
    traces::decided(ask, note);
}

/// One log line. Each tier has a target of its own, so that a filter can choose.
fn log<Q: Ask>(ask: &Q, note: &Note<'_>) {
    macro_rules! line {
        ($target:literal) => {
            debug!(
                target: $target,
                tier = note.tier.name(),
                key = %ask.key(),
                reason = note.reason.map(Reason::name),
                revision = note.reason.and_then(Reason::touched).map(|by| by.revision),
                id = note.reason.and_then(Reason::touched).and_then(|by| by.id),
                fields = note.reason.and_then(Reason::touched).map(|by| by.cause.fields.join(",")),
                who = note.reason.and_then(Reason::touched).and_then(|by| by.cause.who.as_deref()),
                state = note.cut_off.then_some("cut-off"),
                took = note.took.map(tracing::field::debug),
                "{}",
                note.verdict.name()
            )
        };
    }
    match note.tier {
        Tier::Memory => line!("cache::memory"),
        Tier::Shared => line!("cache::redis"),
    }
}
