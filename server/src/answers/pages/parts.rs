//! Notes which answers a page requests while it is rendered: its parts.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    Request,
    functions::{Answers, Pending},
};
use ask::Ask;
use axum::http::HeaderValue;
use cache::{Answer, Entry, Loaded, Stamp, Trail};
use leptos_cached::{Fault, Representation};
use parking_lot::Mutex;
use site::{AnyAsk, Kind};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};
use tracing::{Instrument, Span};

use crate::{
    answers::{Tiers, fault},
    store::{Purpose, Store, Transaction, stamp::stamp, tally::counting},
};

/// The tiers, for the functions that one page calls. Notes their answers as the page's parts.
#[derive(Clone)]
pub(super) struct ForPage {
    tiers: Arc<Tiers>,
    request: Request,
    /// Whether this refreshes a page that has fallen due; its parts must then not be due.
    refresh: bool,
    /// Where all parts are loaded, if they must be of one snapshot.
    snapshot: Option<Arc<Snapshot>>,
    parts: Arc<Mutex<Vec<Part>>>,
    /// What the answers are part of in traces, as Leptos renders in tasks of its own.
    span: Span,
}

/// An answer that a page is made of, and how the tiers found it.
type Part = (Arc<Entry<AnyAsk, Representation>>, Trail);

/// A snapshot of the database in which the parts of one page are loaded, one after the other.
struct Snapshot {
    transaction: tokio::sync::Mutex<Transaction>,
    stamp: Stamp,
    /// One of few places, as each occupies a connection for as long as a page takes.
    _place: SemaphorePermit<'static>,
}

/// How long a page waits for such a place.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many pages are made of one snapshot at a time.
static SNAPSHOTS: Semaphore = Semaphore::const_new(2);

/// What a page's parts say about caching.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// The `Cache-Status` of the page's list, or otherwise of its main answer; and that answer's
    /// key.
    pub(super) cache_status: Option<HeaderValue>,
    pub(super) key: Option<String>,
    /// How many statements were run for it.
    pub(super) queries: u32,
    /// Whether one of the parts may not be stored.
    pub(super) private: bool,
    /// The age of the oldest answer that may be from before an edit, because the database is
    /// unreachable.
    pub(super) cut_off: Option<Duration>,
}

impl ForPage {
    pub(super) fn new(tiers: Arc<Tiers>, request: Request, refresh: bool) -> Self {
        Self {
            tiers,
            request,
            refresh,
            snapshot: None,
            parts: Arc::default(),
            span: Span::current(),
        }
    }

    /// For a page whose parts are all loaded in one snapshot, which begins now.
    pub(super) async fn of_one_snapshot(
        tiers: Arc<Tiers>,
        request: Request,
    ) -> Result<Self, Fault> {
        let place = timeout(PATIENCE, SNAPSHOTS.acquire()).await;
        // The semaphore is never closed.
        let place = place.map_err(|_| Fault::Busy)?;
        let place = place.map_err(|_| Fault::Unavailable)?;
        let mut transaction = tiers.origin().database().begin(Purpose::Read).await?;
        let stamp = stamp(&mut transaction).await?;
        let snapshot = Snapshot {
            transaction: tokio::sync::Mutex::new(transaction),
            stamp,
            _place: place,
        };
        let mut answers = Self::new(tiers, request, false);
        answers.snapshot = Some(Arc::new(snapshot));
        Ok(answers)
    }

    /// The request that the page answers.
    pub(super) fn request(&self) -> &Request {
        &self.request
    }

    /// The answers that the page was made of.
    pub(super) fn parts(&self) -> Vec<Arc<Entry<AnyAsk, Representation>>> {
        let parts = self.parts.lock();
        parts.iter().map(|(entry, _)| Arc::clone(entry)).collect()
    }

    /// What the parts say about caching. They were loaded concurrently, so their order means
    /// nothing.
    pub(super) fn summary(&self) -> Summary {
        let parts = self.parts.lock();
        let first = parts.iter().min_by_key(|(entry, _)| {
            let rank = match entry.ask.kind() {
                Kind::List(_) => 0,
                Kind::Object(_) => 1,
                _ => 2,
            };
            (rank, entry.ask.url().into_owned())
        });
        let cut_off = parts.iter().filter(|(_, trail)| trail.cut_off);
        let cut_off = cut_off.map(|(entry, _)| entry.age()).max();
        Summary {
            // The page is cut off if any of its parts is.
            cache_status: first.map(|(entry, trail)| {
                let mut trail = trail.clone();
                trail.cut_off = cut_off.is_some();
                entry.body.cache_status(&trail, &entry.ask.key())
            }),
            key: first
                .filter(|(entry, _)| entry.ask.policy().is_stored())
                .map(|(entry, _)| entry.ask.key().into_owned()),
            queries: parts
                .iter()
                .filter(|(_, trail)| trail.load.is_some() && !trail.joined)
                .map(|(entry, _)| entry.queries())
                .sum(),
            private: parts
                .iter()
                .any(|(entry, _)| !entry.ask.policy().is_stored()),
            cut_off,
        }
    }

    fn note(&self, answer: &Answer<Store>) {
        if answer.trail.cut_off {
            self.request.mark_cut_off();
        }
        let part = (Arc::clone(&answer.entry), answer.trail.clone());
        self.parts.lock().push(part);
    }
}

impl Snapshot {
    async fn answer(&self, tiers: &Tiers, ask: &AnyAsk) -> Result<Answer<Store>, Fault> {
        let mut transaction = self.transaction.lock().await;
        let started = Instant::now();
        let store = tiers.origin();
        let load = store.load_in(&mut transaction, self.stamp, ask, tiers.beside());
        let (loaded, queries) = counting(load).await;
        let loaded = Loaded { queries, ..loaded? };
        Ok(tiers.loaded(ask, loaded, started.elapsed()))
    }
}

impl Answers for ForPage {
    fn answer(&self, ask: AnyAsk) -> Pending<leptos_cached::Answer> {
        let page = self.clone();
        let span = self.span.clone();
        let answering = async move {
            let answer = match &page.snapshot {
                Some(snapshot) => snapshot.answer(&page.tiers, &ask).await?,
                None => {
                    let answer = if page.refresh {
                        page.tiers.answer_not_due(&ask).await
                    } else {
                        page.tiers.answer(&ask).await
                    };
                    answer.map_err(|failure| fault::of_load(&failure))?
                }
            };
            page.note(&answer);
            Ok(answer.into())
        };
        Box::pin(answering.instrument(span))
    }
}
