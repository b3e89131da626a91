//! HTTP: the JSON API, the pages, the admin's forms.
//!
//! Every reader's answer goes through the tiers as one of [`site`]'s asks, by a server function, so
//! a page and the API share one cached entry. Handlers contain no SQL, and build no cache headers:
//! those come from [`CachePolicy`](ask::CachePolicy).

mod access;
mod admin;
mod api;
mod arrival;
mod assets;
mod auth;
mod client;
mod dashboard;
mod desk;
mod edits;
mod events;
mod files;
mod form;
mod from_memory;
mod front;
mod graphiql;
mod graphql;
mod inspector;
mod json;
mod laboratory;
mod live;
mod login;
mod operations;
mod pages;
mod pictures;
mod policy;
mod portal;
mod refresh;
mod rendered;
mod sessions;
mod sitemap;
mod spellings;
mod tail;
mod traced;
mod unavailable;
mod warming;

use std::{
    collections::BTreeSet,
    error::Error,
    io,
    num::NonZeroU32,
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use app::Built;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use axum_extra::headers::{ContentLength, HeaderMapExt};
use cache::{Change, Settings};
use catalogue::Image;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use leptos_cached::{BODY_LIMIT, Downstream, Fault};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_sessions::{SessionManagerLayer, cookie::SameSite};
use tracing::warn;

use crate::{
    answers::{Tiers, after_panic, graphql::Graphql, pages::Pages},
    config::{Config, CutOff},
    site_files::{Releases, SiteFiles},
    store::tally,
};

use self::{
    arrival::Arrival,
    dashboard::{Beats, Readings},
    graphql::GraphqlApi,
    live::Live,
    login::Logins,
    spellings::Spellings,
};
pub use self::{
    front::{Answering, Front},
    portal::Portal,
};

/// How many pages are rendered at the same time.
const RENDERS: usize = 64;

/// How long a page may take.
const RENDER_TIMEOUT: Duration = Duration::from_secs(20);

/// How long any request may take until its response begins.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// How many pages that nobody shares are rendered at the same time: searches, those of editors, and the
/// one that says that there is none.
const OWN_RENDERS: usize = 16;

/// Which part of the pages' memory their fragments take.
const FRAGMENTS_SHARE: u64 = 8;

/// Which part of the pages' memory GraphQL responses take.
const RESPONSES_SHARE: u64 = 4;

/// How often, in one minute, a form is stored whose sender's session has ended.
const FORMS_OF_NOBODY: Quota = Quota::per_minute(NonZeroU32::new(60).unwrap());

/// How many answers that an edit touches are named, and how many pages.
const NAMED: usize = 20;

/// The state that handlers share. Cheap to clone, because every request clones it.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// The shared state.
pub struct Shared {
    /// The tiers.
    pub tiers: Arc<Tiers>,
    /// The readers' pages, rendered from the tiers' answers and cached themselves.
    pages: Arc<cache::Tiers<Pages>>,
    /// Places for pages that nobody shares.
    own_renders: Semaphore,
    /// The GraphQL API, whose responses are cached as pages are.
    graphql: GraphqlApi,
    /// The pages that readers have open.
    live: Arc<Live>,
    /// The spellings in which questions were asked.
    spellings: Spellings,
    /// What the metrics were in the last hour.
    readings: Readings,
    /// The nodes' signs of life.
    beats: Beats,
    /// Places for those who watch the dashboard.
    dashboard_watchers: Arc<Semaphore>,
    /// Places for the forms that hear of others' edits.
    forms: Arc<Semaphore>,
    /// The wrong passwords that were tried.
    logins: Logins,
    /// How often a form is stored whose sender's session has ended: anybody can send such.
    forms_of_nobody: DefaultDirectRateLimiter,
    /// Whether the node is about to stop.
    is_leaving: AtomicBool,
    /// The configuration.
    pub config: Config,
    /// What downstream caches are told.
    pub downstream: Downstream,
    /// The recorder of metrics.
    pub metrics: PrometheusHandle,
    /// The built site's files.
    site_files: SiteFiles,
    /// Those of other releases.
    releases: Releases,
}

impl App {
    /// The application's state.
    ///
    /// # Errors
    /// If the site's files cannot be read.
    pub fn new(tiers: Arc<Tiers>, config: Config, metrics: PrometheusHandle) -> io::Result<Self> {
        leptos_cached::start();
        let site_files = SiteFiles::open(config.site.root.as_deref())?;
        let built = Arc::new(Built::new(&site_files.hashes()));
        let memory_bytes = config.caching.memory_bytes() / 2;
        let origin = Pages::new(
            Arc::clone(&tiers),
            built,
            config.site.origin.clone(),
            memory_bytes / FRAGMENTS_SHARE,
        );
        let settings = Settings {
            memory_bytes: memory_bytes
                - memory_bytes / FRAGMENTS_SHARE
                - memory_bytes / RESPONSES_SHARE,
            serve_cut_off: config.caching.cut_off == CutOff::Serve,
            // The loads of a page's parts are limited by the tiers that load them.
            loads: RENDERS,
            // Longer than that of its parts, so that a page can say that one is missing.
            load_timeout: RENDER_TIMEOUT,
            // Pages learn from their parts whether the database is unreachable.
            silence: None,
            ..Settings::default()
        };
        let (log, journal) = (tiers.log(), tiers.journal());
        let pages = cache::Tiers::new(Arc::new(origin), Arc::clone(log), None, settings);
        let pages = Arc::new(pages.with_journal(journal));
        let settings = Settings {
            memory_bytes: memory_bytes / RESPONSES_SHARE,
            ..settings
        };
        let graphql = Graphql::new(Arc::clone(&tiers)).map_err(io::Error::other)?;
        let responses = cache::Tiers::new(Arc::new(graphql), Arc::clone(log), None, settings);
        let graphql = GraphqlApi::new(Arc::new(responses.with_journal(journal)));
        Ok(Self(Arc::new(Shared {
            tiers,
            live: Arc::new(Live::new(Arc::clone(&pages))),
            pages,
            own_renders: Semaphore::new(OWN_RENDERS),
            graphql,
            spellings: Spellings::default(),
            readings: Readings::new(metrics.clone()),
            beats: Beats::default(),
            dashboard_watchers: dashboard::watchers(),
            forms: form::places(),
            logins: Logins::default(),
            forms_of_nobody: RateLimiter::direct(FORMS_OF_NOBODY),
            is_leaving: AtomicBool::new(false),
            downstream: config.caching.downstream(),
            config,
            metrics,
            site_files,
            releases: Releases::default(),
        })))
    }
}

impl App {
    /// Lets nodes of other releases serve the scripts and styles of this one's pages. Without that
    /// the site works, but during a deploy a page may lack them.
    pub async fn release_files(&self) {
        let released = async {
            let files = self.site_files.released()?;
            Ok::<_, Box<dyn Error>>(self.tiers.origin().release(&files).await?)
        };
        if let Err(error) = released.await {
            warn!(%error, "cannot let other releases serve this one's scripts and styles");
        }
    }

    /// Takes the readings that the dashboard shows, for as long as the task runs.
    pub async fn keep_reading(self) {
        dashboard::keep_reading(self).await;
    }

    /// Warms as configured, for as long as the task runs: with what is in Redis now, and then on
    /// the schedule.
    pub async fn keep_warm(self) {
        if self.config.storage.redis_url.is_some() {
            warming::fill(self.clone()).await;
        }
        if let Some(every) = self.config.caching.warm_every {
            warming::keep_warm(self, every).await;
        }
    }

    /// How many cached answers and pages of this node some changes touch, and the addresses of the first
    /// of them.
    fn touched_by(&self, changes: &[Change<Image>]) -> (usize, Vec<String>) {
        let (answers, mut addresses) = self.tiers.touched_by(changes, NAMED);
        let (pages, more) = self.pages.touched_by(changes, NAMED);
        addresses.extend(more);
        (answers + pages, addresses)
    }

    /// Says from now on that the node is not ready, and asks clients to close their connections, so
    /// that they use other nodes before this one stops.
    pub fn leave(&self) {
        self.is_leaving.store(true, Ordering::Relaxed);
    }

    fn is_leaving(&self) -> bool {
        self.is_leaving.load(Ordering::Relaxed)
    }

    /// Ends the event streams, which would continue forever: a stopping server waits for its
    /// responses to end.
    pub fn end_streams(&self) {
        self.live.close();
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// The whole service, ready to be served, or to be called by a test.
pub fn service(app: App) -> Front {
    Front::new(app.clone(), routes(app))
}

/// The paths that have routes of their own, in order: a test walks over all of them.
pub fn paths(app: App) -> BTreeSet<String> {
    // The router has no other way to list them.
    let routes = format!("{:?}", routes(app));
    let quoted = routes.split('"').skip(1).step_by(2);
    let paths = quoted.filter(|text| text.starts_with('/') && !text.contains("__private__"));
    paths.map(ToOwned::to_owned).collect()
}

fn routes(app: App) -> Router {
    let store = Arc::clone(app.tiers.origin());
    let site = &app.config.site;
    let sessions = SessionManagerLayer::new(sessions::StoredSessions(store))
        .with_name(login::cookie_name(site, "hearth_session"))
        .with_same_site(SameSite::Lax)
        .with_http_only(true)
        .with_secure(site.has_tls())
        .with_expiry(auth::expiry());
    // Only routes that need the visitor pay for reading the session.
    let private = Router::new()
        .merge(login::routes())
        .merge(desk::routes())
        .merge(form::routes())
        .merge(admin::routes())
        .merge(inspector::routes())
        .merge(tail::routes())
        .merge(dashboard::routes())
        .merge(warming::routes())
        .merge(api::editing_routes())
        .merge(graphql::routes())
        .merge(graphiql::routes())
        .layer(sessions);
    let laboratory = match site.has_laboratory() {
        true => laboratory::routes(),
        false => Router::new(),
    };
    let routes = Router::new()
        .merge(private)
        .merge(live::routes())
        .merge(api::routes())
        .merge(operations::routes())
        .merge(sitemap::routes())
        .merge(pictures::routes())
        .merge(laboratory)
        .fallback(assets::page_or_file)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn(small_enough))
        .layer(from_fn(in_time))
        .layer(CatchPanicLayer::custom(after_panic))
        .with_state(app);
    // The filter of the log never changes, so nobody pays for this who does not read it.
    if tally::is_logged() {
        routes.layer(from_fn(log_statements))
    } else {
        routes
    }
}

/// Refuses a body that says that it is too large before any of it is read. One that does not say is
/// limited where it is read.
async fn small_enough(request: Request, next: Next) -> Response {
    let length = request.headers().typed_get::<ContentLength>();
    match length {
        Some(ContentLength(length)) if length > BODY_LIMIT as u64 => {
            Fault::TooLarge.into_response()
        }
        _ => next.run(request).await,
    }
}

/// Answers in time, or says that there is no answer. What an edit has begun goes on.
async fn in_time(request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let (request, arrival) = Arrival::watch(request);
    match tokio::time::timeout(REQUEST_TIMEOUT, next.run(request)).await {
        Ok(_) if arrival.has_stopped() => Fault::Slow.into_response(),
        Ok(response) => response,
        Err(_) if arrival.is_awaited() => Fault::Slow.into_response(),
        Err(_) => {
            warn!("a request took longer than {REQUEST_TIMEOUT:?}");
            unavailable::unavailable(&headers, Fault::Unavailable)
        }
    }
}

/// Logs how many statements a request took.
async fn log_statements(request: Request, next: Next) -> Response {
    let (path, started) = (request.uri().to_string(), Instant::now());
    let (response, ran) = tally::counting(next.run(request)).await;
    tally::log_request(&path, ran, started.elapsed());
    response
}
