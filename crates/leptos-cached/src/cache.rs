//! Tiers for an app that does not have its own.

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

/// Memory, and Redis if configured, in front of the sources that an app's server functions load
/// from. Cheap to clone.
///
/// A server function calls [`answer`](Self::answer), or [`cached`], which takes the cache from the
/// context. After a change of the source data, call [`invalidate`](Self::invalidate); with Redis,
/// it reaches all nodes. A change that is not announced shows when the interval of the answer's
/// policy ends.
#[derive(Clone)]
pub struct Cache {
    tiers: Arc<Tiers<Loads>>,
    changes: Arc<Changes>,
    prefix: Arc<str>,
}

/// The settings of a [`Cache`].
#[derive(Debug, Clone)]
pub struct Options {
    /// `redis://[:password@]host:port/db`; `None` for memory alone.
    pub redis: Option<String>,
    /// The prefix of all keys of this app, so that several apps can share one Redis.
    pub prefix: String,
    /// How much memory answers may take, in bytes.
    pub memory_bytes: u64,
    /// The revalidation interval of answers whose policy does not name one.
    pub revalidate: Duration,
}

impl Options {
    /// The defaults, with Redis at the address in the environment variable `REDIS_URL`, if that is
    /// set and not empty.
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

/// How long [`Cache::start`] waits for Redis and for the change log before it continues without
/// them.
const START_PATIENCE: Duration = Duration::from_secs(2);

/// How long an invalidation waits for this node to see it.
const SEEN: Duration = Duration::from_secs(2);

/// How often a node looks for changes that other nodes have announced.
const PACE: Pace = Pace(Duration::from_millis(250));

impl Cache {
    /// Starts the tiers, and a task that follows their change log.
    ///
    /// # Errors
    /// If the address of Redis cannot be parsed. An unreachable Redis is not an error: the node
    /// loads every answer until Redis can be reached.
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

    /// Answers an ask: from the tiers, or by calling `load`, whose value later callers get for as
    /// long as it is valid. Concurrent callers with the same ask share one load.
    ///
    /// # Errors
    /// The fault that `load` returned; [`Fault::Busy`] if too many callers are waiting;
    /// [`Fault::Unavailable`] for any other failure.
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
        let loading = Loading {
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
        match self.tiers.answer(&loading).await {
            Ok(answer) => Ok(Cached::new(answer.into())),
            Err(::cache::Failure::Origin(failed)) => Err(failed.0.clone()),
            Err(::cache::Failure::Busy) => Err(Fault::Busy),
            Err(_) => Err(Fault::Unavailable),
        }
    }

    /// Announces that the source data of a catalogue has changed. When this returns, this node no
    /// longer serves answers from before the change; other nodes follow within a quarter of a
    /// second or, if they lose Redis, after two seconds without it.
    ///
    /// # Errors
    /// If Redis cannot be reached; then no node has been told.
    pub async fn invalidate(&self, catalogue: &'static str) -> Result<(), Unavailable> {
        let revision = self.changes.announce(catalogue).await?;
        let log = self.tiers.log();
        log.wake();
        log.reach(revision, SEEN).await;
        Ok(())
    }

    /// A function that provides this cache as context, so that pages can call server functions
    /// while they are rendered. Pass it to `render_app_async_with_context`,
    /// `leptos_routes_with_context` and the like.
    pub fn context(&self) -> impl Fn() + Clone + Send + Sync + 'static {
        let cache = self.clone();
        move || provide_context(cache.clone())
    }

    /// The route of a server function, at the path of its ask, with and without a trailing slash.
    /// (The path that Leptos' macro generates for it is not used.)
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

/// Answers an ask through the [`Cache`] in the context, which [`Cache::context`] puts there for
/// pages and [`Cache::route`] for requests to a function's own URL.
///
/// `load` runs in a separate task, without any context, and again when the answer is refreshed.
/// Take what it needs, such as a connection pool, from the context first and move it in:
/// `let pool: Pool = expect_context(); cached(ask, move |ask| load(pool.clone(), ask)).await`.
///
/// **Every answer is shared by all users.** Nothing that a load reads may depend on the caller.
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

/// An ask with the function that loads its answer.
#[derive(Clone)]
struct Loading {
    url: String,
    key: String,
    catalogue: &'static str,
    policy: CachePolicy,
    load: Arc<dyn Fn() -> Pending + Send + Sync>,
}

/// A future that resolves to the JSON of an answer.
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

/// The origin that runs the loads of the server functions.
struct Loads(Arc<Changes>);

/// The fault that a load returned.
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
        // Taken before the load, so that any change announced from now on touches the answer.
        // Without a change log the node has no lease either, and the answer is for this caller
        // alone.
        let stamp = self.0.head().await.ok().flatten();
        let body = (ask.load)().await.map_err(Failed)?;
        Ok(Loaded {
            stamp: stamp.unwrap_or(Stamp::NOWHERE),
            shows: Vec::new(),
            parts: Vec::new(),
            queries: 0,
            body: Representation::new(body, true, None),
        })
    }
}
