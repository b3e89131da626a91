//! Loads an answer: the rows, the count and the stamp, all from one snapshot. Also the feed of the
//! changes to them.

use std::time::{Duration, Instant};

use app::functions::Counted;
use backon::{ExponentialBuilder, Retryable};
use cache::{Beside, Feed, Loaded, Origin, Revision, Stamp};
use catalogue::{
    Catalogue, Image, Predicate,
    normalizer::{Query, Schema},
};
use leptos_cached::Representation;
use site::{AnyAsk, Count, History, Kind, List, Object};

use crate::store::{
    Json, Store, StoreError, Transaction,
    read::{Audience, object},
    tally::{counting, routine},
};

/// How often a load is tried again whose connection has ended, and after what time first; later ones take twice as
/// long. Whoever ends all connections does not end them at the same moment: a busy machine takes a tenth of a
/// second, in which a load may meet a second one.
const RETRIES: usize = 4;
const ENDING: Duration = Duration::from_millis(10);

/// When what has lost its connection is tried again. A transaction begins on a connection that is alive, so
/// one that is lost has ended meanwhile.
pub(super) fn again() -> ExponentialBuilder {
    ExponentialBuilder::default()
        .with_min_delay(ENDING)
        .with_max_times(RETRIES)
        .with_jitter()
}

impl Origin for Store {
    type Ask = AnyAsk;
    type Body = Representation;
    type Error = StoreError;

    async fn load(
        &self,
        ask: &AnyAsk,
        beside: Beside<'_, Self>,
    ) -> Result<Loaded<AnyAsk, Representation>, StoreError> {
        let load = || async {
            let (mut snapshot, stamp) = self.snapshot().await?;
            self.load_in(&mut snapshot, stamp, ask, beside).await
        };
        let loading = load.retry(again()).when(StoreError::is_lost_connection);
        let (loaded, queries) = counting(loading).await;
        Ok(Loaded { queries, ..loaded? })
    }

    fn is_unreachable(error: &StoreError) -> bool {
        error.is_unreachable()
    }

    fn is_late(error: &StoreError) -> bool {
        error.is_busy()
    }
}

impl Store {
    /// Loads an answer in a snapshot that has this stamp. The caller counts the statements.
    pub(super) async fn load_in(
        &self,
        snapshot: &mut Transaction,
        stamp: Stamp,
        ask: &AnyAsk,
        beside: Beside<'_, Self>,
    ) -> Result<Loaded<AnyAsk, Representation>, StoreError> {
        let catalogue = declared(ask.schema())?;
        // Called only for asks that have a predicate.
        let predicate = || {
            let predicate = ask.touch().predicate();
            predicate.ok_or_else(|| StoreError::Unexpected(format!("no predicate of {ask:?}")))
        };
        let (shows, body) = match ask.kind() {
            Kind::List(List { query }) => {
                let count = self.known_count(snapshot, stamp, query, beside).await?;
                self.list(snapshot, query, predicate()?, count).await?
            }
            Kind::Count(count) => {
                let count = self.count(snapshot, count.filters(), predicate()?).await?;
                (Vec::new(), counted(count))
            }
            Kind::Facets(facets) => {
                let facets = self
                    .facets(snapshot, facets.filters(), predicate()?)
                    .await?;
                (Vec::new(), facets)
            }
            Kind::Trending(_) => self.trending(snapshot, catalogue).await?,
            Kind::Object(Object { id, .. }) => {
                let row = object(snapshot, catalogue, *id, Audience::Readers).await?;
                (vec![*id], row)
            }
            Kind::History(History { id, .. }) => {
                (vec![*id], self.history(snapshot, catalogue, *id).await?)
            }
            Kind::Computed(computed) => {
                let figure = self.computed(snapshot, computed, predicate()?).await?;
                (Vec::new(), figure)
            }
            Kind::Similar(similar) => self.similar(snapshot, similar, predicate()?).await?,
        };
        Ok(Loaded {
            stamp,
            shows,
            parts: Vec::new(),
            queries: 0,
            body: represented(body),
        })
    }
}

impl Feed for Store {
    type Image = Image;
    type Error = StoreError;

    async fn head(&self) -> Result<Option<Stamp>, StoreError> {
        routine(self.confirm()).await
    }

    async fn reached(&self, revision: u64) -> Result<(), StoreError> {
        routine(self.publish(revision)).await
    }

    async fn revisions_from(
        &self,
        stamp: Stamp,
        limit: usize,
    ) -> Result<Vec<Revision<Image>>, StoreError> {
        routine(self.feed_revisions_from(stamp, limit)).await
    }

    async fn last_revisions(&self, limit: usize) -> Result<Vec<Revision<Image>>, StoreError> {
        routine(self.feed_last_revisions(limit)).await
    }
}

/// The declaration of a schema's catalogue.
fn declared(schema: &Schema) -> Result<&'static Catalogue, StoreError> {
    catalogue::by_name(schema.catalogue)
        .ok_or_else(|| StoreError::Unexpected(format!("no catalogue {}", schema.catalogue)))
}

/// A count as an answer: an object with only the `count` member of a list.
fn counted(count: u64) -> Json {
    Json::of(format!(r#"{{"count":{count}}}"#))
}

/// The store's answer in the representation that the tiers store and HTTP sends.
pub(crate) fn represented(json: Json) -> Representation {
    Representation::new(json.text, json.found, json.version)
}

impl Store {
    /// How many rows a list has: the cached count if it is right in this snapshot; otherwise they
    /// are counted, and the count is cached. On a large table, counting takes longer than
    /// everything else.
    async fn known_count(
        &self,
        snapshot: &mut Transaction,
        stamp: Stamp,
        query: &Query,
        beside: Beside<'_, Self>,
    ) -> Result<u64, StoreError> {
        let count = Count::of(query);
        let predicate = Predicate::new(declared(query.schema())?, query);
        // A text search is never cached, nor is its count.
        if query.is_bypass() {
            return self.count(snapshot, count.filters(), &predicate).await;
        }
        let ask = AnyAsk::from(count.clone());
        let known = beside.right_at(&ask, stamp);
        if let Some(count) = known.and_then(|entry| entry.body.read::<Counted>().ok()) {
            return Ok(count.count);
        }
        let started = Instant::now();
        let counted_rows = self.count(snapshot, count.filters(), &predicate);
        let (count, queries) = counting(counted_rows).await;
        let count = count?;
        let loaded = Loaded {
            stamp,
            shows: Vec::new(),
            parts: Vec::new(),
            queries,
            body: represented(counted(count)),
        };
        beside.store(ask, loaded, started.elapsed());
        Ok(count)
    }
}
