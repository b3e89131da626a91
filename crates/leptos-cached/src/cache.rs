//! Tiers for an app that has none of its own.

use std::{borrow::Cow, fmt, ops::Deref, pin::Pin, sync::Arc, time::Duration};

use ::cache::{
    Beside, Changes, Feed, Loaded, Log, Origin, Pace, Settings, Stamp, Tiers, follow,
    shared::{Breaker, Redis, Shared, Unavailable},
};
use ask::{Ask, CachePolicy, QueryAsk};
use axum::{Router, extract::Request, routing::get};
use bytes::Bytes;
use leptos::prelude::{provide_context, use_context};
use serde::Serialize;

use crate::{Answered, Cached, Fault, FromJson, Representation, Served, handle};

/// Memory, and Redis where there is one, in front of whatever an app's server functions load their
/// answers from. Cheap to clone.
///
/// A server function [loads through it](Self::answer), or by [`cached`] from its context. When what
/// answers are made of has changed, [`invalidate`](Self::invalidate) says so: with Redis to all
/// nodes. A change that nobody announces is seen when the interval of the answer's policy ends.
#[derive(Clone)]
pub struct Cache {
    tiers: Arc<Tiers<Loads>>,
    changes: Arc<Changes>,
    prefix: Arc<str>,
}

/// What a [`Cache`] may use.
#[derive(Debug, Clone)]
pub struct Options {
    /// `redis://[:password@]host:port/db`; none for memory alone.
    pub redis: Option<String>,
    /// What all keys of this app begin with, so that several apps can share one Redis.
    pub prefix: String,
    /// How much memory answers may take, in bytes.
    pub memory_bytes: u64,
    /// The interval at which those answers are revalidated whose policy names none.
    pub revalidate: Duration,
}

impl Options {
    /// The defaults, with Redis where the variable `REDIS_URL` says.
    pub fn from_env() -> Self {
        let url = std::env::var("REDIS_URL").ok();
        Self {
            redis: url.filter(|url| !url.is_empty()),
            ..Self::default()
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            redis: None,
            prefix: "app".to_owned(),
            memory_bytes: 64 << 20,
            revalidate: Duration::from_hours(1),
        }
    }
}

/// How long the start waits for Redis and for the change log before it goes on without them.
const START_PATIENCE: Duration = Duration::from_secs(2);

/// How long an invalidation waits until this node has seen it.
const SEEN: Duration = Duration::from_secs(2);

/// How often a node looks for changes that other nodes have announced.
const PACE: Pace = Pace(Duration::from_millis(250));

impl Cache {
    /// Starts the tiers, and a task that follows their change log.
    ///
    /// # Errors
    /// If the address of Redis cannot be read. A Redis that is away is no error: the node loads
    /// every answer until it is there.
    pub async fn start(options: Options) -> Result<Self, Unavailable> {
        crate::start();
        let (shared, changes): (Option<Arc<dyn Shared>>, _) = match &options.redis {
            None => (None, Changes::in_process()),
            Some(url) => {
                let redis = Redis::connect(url)?;
                if let Err(error) = redis.ready(START_PATIENCE).await {
                    tracing::warn!(%error, "starting without Redis; will keep trying to connect");
                }
                let changes = Changes::in_redis(redis.clone(), &options.prefix);
                (Some(Arc::new(Breaker::new(Arc::new(redis)))), changes)
            }
        };
        let (changes, log) = (Arc::new(changes), Arc::new(Log::default()));
        tokio::spawn(follow(Arc::clone(&changes), Arc::clone(&log), PACE));
        log.reach(1, START_PATIENCE).await;
        let settings = Settings {
            memory_bytes: options.memory_bytes,
            revalidate: options.revalidate,
            ..Settings::default()
        };
        let origin = Arc::new(Loads(Arc::clone(&changes)));
        let tiers = Arc::new(Tiers::new(origin, log, shared, settings));
        Ok(Self {
            tiers,
            changes,
            prefix: options.prefix.into(),
        })
    }

    /// Answers a question: from the tiers, or by `load`, whose value every later asker gets for as
    /// long as it is valid. Askers of one question share one load.
    ///
    /// # Errors
    /// What `load` says; [`Fault::Busy`] if too many are waiting.
    pub async fn answer<A, T, L>(
        &self,
        ask: A,
        load: impl Fn(A) -> L + Send + Sync + 'static,
    ) -> Answered<T>
    where
        A: Ask,
        T: FromJson + Serialize,
        L: Future<Output = Result<T, Fault>> + Send + 'static,
    {
        let question = Loading {
            url: ask.url().into_owned(),
            key: [&*self.prefix, ":", &ask.key()].concat(),
            catalogue: ask.catalogue(),
            policy: ask.policy(),
            load: Arc::new(move || {
                let value = load(ask.clone());
                Box::pin(async move {
                    let json = serde_json::to_vec(&value.await?);
                    json.map(Bytes::from).map_err(|error| {
                        tracing::error!(%error, "cannot write an answer as JSON");
                        Fault::Unavailable
                    })
                })
            }),
        };
        match self.tiers.answer(&question).await {
            Ok(answer) => Ok(Cached::new(answer.into())),
            Err(::cache::Failure::Origin(failed)) => Err(failed.0.clone()),
            Err(::cache::Failure::Busy) => Err(Fault::Busy),
            Err(_) => Err(Fault::Unavailable),
        }
    }

    /// Says that what the answers about a catalogue are made of has changed. When it returns, this
    /// node answers from before that no more; other nodes follow within a moment (a quarter of a
    /// second, and at the latest when they have lost Redis for two).
    ///
    /// # Errors
    /// If Redis cannot be reached: nobody has been told.
    pub async fn invalidate(&self, catalogue: &'static str) -> Result<(), Unavailable> {
        let revision = self.changes.announce(catalogue).await?;
        let log = self.tiers.log();
        log.wake();
        log.reach(revision, SEEN).await;
        Ok(())
    }

    /// What a page's rendering needs to call server functions: for
    /// `render_app_async_with_context`, `leptos_routes_with_context` and their like.
    pub fn context(&self) -> impl Fn() + Clone + Send + Sync + 'static {
        let cache = self.clone();
        move || provide_context(cache.clone())
    }

    /// The route of a server function, at the path of its question; with and without a last slash.
    /// (The path that Leptos' macro makes up for it is asked by nobody.)
    pub fn route<F, S>(&self) -> Router<S>
    where
        F: Served + Deref<Target: QueryAsk>,
        S: Clone + Send + Sync + 'static,
    {
        let cache = self.clone();
        let answer = move |request: Request| {
            let cache = cache.clone();
            handle::<F>(request, move || provide_context(cache))
        };
        let path = F::Target::PATH;
        let other = match path.strip_suffix('/') {
            Some(bare) => bare.to_owned(),
            None => [path, "/"].concat(),
        };
        Router::new()
            .route(path, get(answer.clone()))
            .route(&other, get(answer))
    }
}

/// Answers a question through the [`Cache`] of the context, which a page's server puts there (by
/// [`Cache::context`]; [`Cache::route`] does it for functions that are called by themselves).
///
/// `load` runs in a task of its own, without any context, and again when the answer is refreshed.
/// What it needs, such as a pool of connections, is taken from the context before and moved into it:
/// `let pool: Pool = expect_context(); cached(ask, move |ask| load(pool.clone(), ask)).await`.
///
/// **Every answer is everybody's.** Nothing that a load reads may depend on who asks.
///
/// # Errors
/// As [`Cache::answer`]; [`Fault::Unavailable`] if the context has no cache.
pub async fn cached<A, T, L>(ask: A, load: impl Fn(A) -> L + Send + Sync + 'static) -> Answered<T>
where
    A: Ask,
    T: FromJson + Serialize,
    L: Future<Output = Result<T, Fault>> + Send + 'static,
{
    let cache: Cache = use_context().ok_or(Fault::Unavailable)?;
    cache.answer(ask, load).await
}

/// A question with the way to its answer.
#[derive(Clone)]
struct Loading {
    url: String,
    key: String,
    catalogue: &'static str,
    policy: CachePolicy,
    load: Arc<dyn Fn() -> Pending + Send + Sync>,
}

/// The JSON of an answer, on its way.
type Pending = Pin<Box<dyn Future<Output = Result<Bytes, Fault>> + Send>>;

impl fmt::Debug for Loading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Loading").field(&self.url).finish()
    }
}

impl Ask for Loading {
    type Image = ();

    fn url(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.url)
    }

    fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.key)
    }

    fn catalogue(&self) -> &'static str {
        self.catalogue
    }

    fn policy(&self) -> CachePolicy {
        self.policy
    }
}

/// Whatever the server functions load from.
struct Loads(Arc<Changes>);

/// What a load said instead of an answer.
#[derive(Debug, thiserror::Error)]
#[error("{0:?}")]
struct Failed(Fault);

impl Origin for Loads {
    type Ask = Loading;
    type Body = Representation;
    type Error = Failed;

    async fn load(
        &self,
        ask: &Loading,
        _: Beside<'_, Self>,
    ) -> Result<Loaded<Loading, Representation>, Failed> {
        // Taken before the load: whatever is announced from now on touches the answer. Without a
        // change log the node has no lease either, and the answer is for this asker alone.
        let stamp = self.0.head().await.ok().flatten();
        let body = (ask.load)().await.map_err(Failed)?;
        Ok(Loaded {
            stamp: stamp.unwrap_or(Stamp::NOWHERE),
            shows: Vec::new(),
            parts: Vec::new(),
            body: Representation::new(body, true, None),
        })
    }
}
