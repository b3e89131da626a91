//! Notes which answers a composed one requests while it is made: its parts.

use std::{
    collections::HashMap,
    mem,
    sync::Arc,
    time::{Duration, Instant},
};

use app::functions::{Answers, Pending};
use ask::Ask;
use axum::http::HeaderValue;
use backon::Retryable;
use cache::{Answer, Entry, Loaded, Stamp, Trail};
use catalogue::normalizer::Schema;
use leptos_cached::{Fault, Representation};
use parking_lot::Mutex;
use site::{AnyAsk, Kind, Object};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};
use tracing::{Instrument, Span};

use super::Unavailable;
use crate::{
    answers::{Tiers, fault, load::again, represented},
    store::{Json, Store, StoreError, Transaction, read::objects, tally::counting},
};

/// The tiers, for one composed answer. Notes what they answer as its parts. Cheap to clone.
#[derive(Clone)]
pub(in crate::answers) struct Parts {
    tiers: Arc<Tiers>,
    /// Whether this refreshes an answer that has fallen due; its parts must then not be due.
    refresh: bool,
    /// Where all parts are loaded, if they must be of one snapshot.
    snapshot: Option<Arc<Snapshot>>,
    noted: Arc<Mutex<Noted>>,
    /// What the answers are part of in traces, as Leptos renders in tasks of its own.
    span: Span,
}

/// What is noted while an answer is made.
#[derive(Default)]
struct Noted {
    parts: Vec<Part>,
    /// Whether the connection of their snapshot has ended.
    has_lost_snapshot: bool,
    /// Whether the database could not be reached for one of them.
    is_unreachable: bool,
}

/// An answer that another one is made of, and how the tiers found it.
type Part = (Arc<Entry<AnyAsk, Representation>>, Trail);

/// A snapshot of the database in which the parts of one answer are loaded, one after the other.
struct Snapshot {
    transaction: tokio::sync::Mutex<Transaction>,
    stamp: Stamp,
    /// One of few places, as each occupies a connection for as long as a page takes.
    _place: SemaphorePermit<'static>,
}

/// How long a composed answer waits for such a place.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many answers are made of one snapshot at a time.
static SNAPSHOTS: Semaphore = Semaphore::const_new(2);

/// How many times rows are loaded together at a time.
static TOGETHER: Semaphore = Semaphore::const_new(4);

/// One of these places.
///
/// # Errors
/// [`Fault::Busy`] if none becomes free in time.
async fn place(places: &'static Semaphore) -> Result<SemaphorePermit<'static>, Fault> {
    let place = timeout(PATIENCE, places.acquire()).await;
    let place = place.map_err(|_| Fault::Busy)?;
    // A semaphore of these is never closed.
    place.map_err(|_| Fault::Unavailable)
}

/// What the parts say about caching.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    /// The `Cache-Status` of the list, or otherwise of the main part; and that part's key.
    pub(crate) cache_status: Option<HeaderValue>,
    pub(crate) key: Option<String>,
    /// How many statements were run for all of them.
    pub(crate) queries: u32,
    /// Whether one of them may not be stored.
    pub(crate) private: bool,
    /// The age of the oldest one that may be from before an edit, because the database is
    /// unreachable.
    pub(crate) cut_off: Option<Duration>,
}

impl Summary {
    /// That of an answer without parts, which nobody may store.
    pub(crate) fn private() -> Self {
        Self {
            private: true,
            ..Self::default()
        }
    }
}

impl Parts {
    pub(super) fn new(tiers: Arc<Tiers>, refresh: bool) -> Self {
        Self {
            tiers,
            refresh,
            snapshot: None,
            noted: Arc::default(),
            span: Span::current(),
        }
    }

    /// Parts that are all loaded in one snapshot, which begins now.
    pub(super) async fn of_one_snapshot(tiers: Arc<Tiers>) -> Result<Self, Unavailable> {
        let place = place(&SNAPSHOTS).await?;
        let begin = || tiers.origin().snapshot();
        let begun = begin.retry(again()).when(StoreError::is_lost_connection);
        let (transaction, stamp) = begun.await?;
        let snapshot = Snapshot {
            transaction: tokio::sync::Mutex::new(transaction),
            stamp,
            _place: place,
        };
        let mut answers = Self::new(tiers, false);
        answers.snapshot = Some(Arc::new(snapshot));
        Ok(answers)
    }

    /// What has been answered so far.
    pub(super) fn entries(&self) -> Vec<Arc<Entry<AnyAsk, Representation>>> {
        let noted = self.noted.lock();
        let entries = noted.parts.iter().map(|(entry, _)| Arc::clone(entry));
        entries.collect()
    }

    /// Whether the connection of their snapshot has ended.
    pub(super) fn has_lost_snapshot(&self) -> bool {
        self.noted.lock().has_lost_snapshot
    }

    /// Whether the database could not be reached for one of them.
    pub(super) fn is_unreachable(&self) -> bool {
        self.noted.lock().is_unreachable
    }

    /// Whether one of them may be from before an edit, because the database is unreachable.
    pub(in crate::answers) fn is_cut_off(&self) -> bool {
        let noted = self.noted.lock();
        noted.parts.iter().any(|(_, trail)| trail.cut_off)
    }

    /// What the parts say about caching. They were loaded concurrently, so their order means
    /// nothing.
    pub(in crate::answers) fn summary(&self) -> Summary {
        let parts = &self.noted.lock().parts;
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
            // The whole is cut off if any of its parts is.
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

    /// Answers an ask, and notes it as a part.
    ///
    /// # Errors
    /// As the tiers.
    pub(in crate::answers) async fn find(&self, ask: &AnyAsk) -> Result<Answer<Store>, Fault> {
        let answering = async {
            match &self.snapshot {
                Some(snapshot) => {
                    let answer = snapshot.answer(&self.tiers, ask).await;
                    answer.map_err(|error| {
                        let mut noted = self.noted.lock();
                        noted.has_lost_snapshot |= error.is_lost_connection();
                        noted.is_unreachable |= error.is_unreachable();
                        error.into()
                    })
                }
                None => {
                    let answer = if self.refresh {
                        self.tiers.answer_not_due(ask).await
                    } else {
                        self.tiers.answer(ask).await
                    };
                    answer.map_err(|failure| {
                        self.noted.lock().is_unreachable |= self.tiers.is_unreachable(&failure);
                        fault::of_load(&failure)
                    })
                }
            }
        };
        let answer = answering.instrument(self.span.clone()).await?;
        self.note(&answer);
        Ok(answer)
    }

    fn note(&self, answer: &Answer<Store>) {
        let part = (Arc::clone(&answer.entry), answer.trail.clone());
        self.noted.lock().parts.push(part);
    }
}

impl Parts {
    /// Answers the asks for some rows, each noted as a part. Those that memory does not have are loaded
    /// together, by one statement.
    ///
    /// # Errors
    /// As the tiers.
    pub(in crate::answers) async fn find_rows(
        &self,
        schema: &'static Schema,
        ids: &[i64],
    ) -> Result<Vec<(i64, Answer<Store>)>, Fault> {
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for id in ids.iter().copied() {
            let known = match &self.snapshot {
                None if !self.refresh => self.tiers.cached(&Object { schema, id }.into()),
                _ => None,
            };
            match known {
                Some(answer) => found.push((id, answer)),
                None => missing.push(id),
            }
        }
        let together = match &self.snapshot {
            None if missing.len() > 1 => self.load_rows(schema, &missing).await.ok(),
            _ => None,
        };
        if let Some(loaded) = together {
            found.extend(loaded);
            missing.clear();
        }
        for (_, answer) in &found {
            self.note(answer);
        }
        // One row, those of a snapshot, and all if the database cannot be reached.
        for id in missing {
            found.push((id, self.find(&Object { schema, id }.into()).await?));
        }
        Ok(found)
    }

    /// Loads rows in a snapshot of their own. Other requests for one of them do not wait for this load.
    async fn load_rows(
        &self,
        schema: &'static Schema,
        ids: &[i64],
    ) -> Result<Vec<(i64, Answer<Store>)>, Fault> {
        let catalogue = catalogue::by_name(schema.catalogue).ok_or(Fault::NotFound)?;
        let _place = place(&TOGETHER).await?;
        let started = Instant::now();
        let loading = async {
            let (mut snapshot, stamp) = self.tiers.origin().snapshot().await?;
            let rows = objects(&mut snapshot, catalogue, ids).await?;
            Ok::<_, StoreError>((stamp, rows))
        };
        let (loaded, mut queries) = counting(loading.instrument(self.span.clone())).await;
        let (stamp, rows) = loaded?;
        let took = started.elapsed();
        let mut rows: HashMap<i64, Json> = rows.into_iter().collect();
        let answers = ids.iter().map(|&id| {
            let loaded = Loaded {
                stamp,
                shows: vec![id],
                parts: Vec::new(),
                // All of them together.
                queries: mem::take(&mut queries),
                body: represented(rows.remove(&id).unwrap_or_else(Json::nothing)),
            };
            (
                id,
                self.tiers
                    .loaded(&Object { schema, id }.into(), loaded, took),
            )
        });
        Ok(answers.collect())
    }
}

impl Snapshot {
    async fn answer(&self, tiers: &Tiers, ask: &AnyAsk) -> Result<Answer<Store>, StoreError> {
        let mut transaction = self.transaction.lock().await;
        let started = Instant::now();
        let store = tiers.origin();
        let load = store.load_in(&mut transaction, self.stamp, ask, tiers.beside());
        let (loaded, queries) = counting(load).await;
        let loaded = Loaded { queries, ..loaded? };
        Ok(tiers.loaded(ask, loaded, started.elapsed()))
    }
}

impl Answers for Parts {
    fn answer(&self, ask: AnyAsk) -> Pending<leptos_cached::Answer> {
        let parts = self.clone();
        Box::pin(async move { Ok(parts.find(&ask).await?.into()) })
    }
}
