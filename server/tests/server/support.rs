//! A server on its own database.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, Response, StatusCode},
};
use cache::{Log, Tiers};
use clap::Parser;
use fred::{
    clients::Client,
    interfaces::ClientLike,
    types::{Builder, ClusterHash, CustomCommand},
};
use hearth::{
    answers::start_tiers,
    cli::Cli,
    http::{App, Front, service},
    store::{Amounts, Database, Store},
};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const TOKEN: &str = "a token of the tests";
pub(crate) const PASSWORD: &str = "a password of the tests";

const AMOUNTS: Amounts = Amounts {
    properties: 600,
    recipes: 60,
};

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    Sqlite,
    Postgres,
}

/// A seeded server with its complete HTTP service, without a socket.
pub(crate) struct Server {
    pub(crate) store: Arc<Store>,
    pub(crate) tiers: Arc<Tiers<Store>>,
    pub(crate) app: App,
    url: String,
    service: Front,
    /// By how many milliseconds answers appear older than they are.
    older: Arc<AtomicU64>,
    _folder: TempDir,
}

/// A response with its complete body.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }
}

/// Defines a test that runs on both databases.
#[macro_export]
macro_rules! on_both {
    ($(async fn $name:ident($server:ident: Server) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn run($server: $crate::support::Server) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                run($crate::support::Server::start($crate::support::On::Sqlite).await.unwrap()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                if let Some(server) = $crate::support::Server::start($crate::support::On::Postgres).await {
                    run(server).await;
                }
            }
        }
    )*};
}

impl Server {
    /// Starts on a new database. `None` if PostgreSQL is requested but not configured, which
    /// CI does not accept.
    pub(crate) async fn start(on: On) -> Option<Self> {
        Self::with(on, AMOUNTS).await
    }

    /// Starts on a new database of the given size.
    pub(crate) async fn with(on: On, amounts: Amounts) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let url = match on {
            On::Sqlite => format!("sqlite://{}", folder.path().join("hearth.db").display()),
            On::Postgres => new_postgres_database().await?,
        };
        Some(Self::seeded(url, folder, amounts).await)
    }

    /// Starts on a new database of PostgreSQL, through a pooler in transaction mode.
    pub(crate) async fn behind_a_pooler() -> Option<Self> {
        let url = new_pooled_database().await?;
        Some(Self::seeded(url, TempDir::new().unwrap(), AMOUNTS).await)
    }

    async fn seeded(url: String, folder: TempDir, amounts: Amounts) -> Self {
        let store = Store::open(&url).await.unwrap();
        store.seed(amounts, 1, &|_| {}).await.unwrap();
        let hash = hearth::credentials::hash_password(PASSWORD.to_owned())
            .await
            .unwrap();
        store
            .put_account("admin", &hash, hearth::store::Role::Admin, 0)
            .await
            .unwrap();
        Self::node(url, folder, &[]).await
    }

    /// The database's address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Another node on the same database.
    pub(crate) async fn another_node(&self) -> Self {
        self.configured(&[]).await
    }

    /// A node on a database that exists.
    pub(crate) async fn over(url: &str) -> Self {
        Self::node(url.to_owned(), TempDir::new().unwrap(), &[]).await
    }

    /// Another node on the same database, configured with the site's origin.
    pub(crate) async fn called(&self, origin: &str) -> Self {
        self.configured(&["--origin", origin]).await
    }

    /// Another node on the same database, with more options.
    pub(crate) async fn configured(&self, more: &[&str]) -> Self {
        Self::node(self.url.clone(), TempDir::new().unwrap(), more).await
    }

    async fn node(url: String, folder: TempDir, more: &[&str]) -> Self {
        let store = Arc::new(Store::open(&url).await.unwrap());
        let has_site = more.iter().any(|option| option.starts_with("--site-root"));
        let no_site = (!has_site).then_some("--site-root=/nonexistent");
        let options = ["--memory-mb=64", "--admin-token", TOKEN];
        let options = ["hearth"].into_iter().chain(no_site).chain(options);
        let options = options.chain(more.iter().copied());
        let config = Cli::parse_from(options).config;
        let older = Arc::new(AtomicU64::new(0));
        let passed = Arc::clone(&older);
        let log = Log::with_wall_clock(move || unix_millis() + passed.load(Ordering::SeqCst));
        let tiers = Arc::new(start_tiers(&store, &config, log).await.unwrap());
        // One for the whole process, as tests may be many.
        let metrics = hearth::metrics::record().expect("no other recorder is installed");
        let app = App::new(Arc::clone(&tiers), config, metrics).unwrap();
        let service = service(app.clone());
        Self {
            store,
            tiers,
            app,
            url,
            service,
            older,
            _folder: folder,
        }
    }

    /// Makes the cached answers older by `time`.
    pub(crate) fn grow_old(&self, time: Duration) {
        let millis = u64::try_from(time.as_millis()).unwrap();
        self.older.fetch_add(millis, Ordering::SeqCst);
    }

    pub(crate) fn on(&self) -> On {
        match self.store.database() {
            Database::Sqlite(..) => On::Sqlite,
            Database::Postgres(..) => On::Postgres,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Vec::new()).await
    }

    pub(crate) async fn patch(&self, path: &str, edit: Value) -> Answer {
        let headers = [("authorization", format!("Bearer {TOKEN}"))];
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.send(Method::PATCH, path, &headers, edit.to_string().into_bytes())
            .await
    }

    /// A request by the editor with the token, with a JSON body.
    pub(crate) async fn edit(
        &self,
        method: Method,
        path: &str,
        others: &[(&str, &str)],
        body: Value,
    ) -> Answer {
        let token = format!("Bearer {TOKEN}");
        let mut headers = vec![("authorization", token.as_str())];
        headers.extend(others);
        let body = body.to_string().into_bytes();
        self.send(method, path, &headers, body).await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let response = self.begin(method, path, headers, body).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// A response whose body has not been read yet.
    pub(crate) async fn begin(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).unwrap();
        self.service.clone().oneshot(request).await.unwrap()
    }

    /// Runs SQL that bypasses the server, as from `psql` or `sqlite3`.
    pub(crate) async fn sql(&self, sql: &str) {
        self.try_sql(sql).await.unwrap();
    }

    /// The same, for SQL that the database may refuse.
    pub(crate) async fn try_sql(&self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = AssertSqlSafe(sql);
        match self.store.database() {
            Database::Postgres(pool, ..) => sqlx::raw_sql(sql).execute(pool).await.map(drop),
            Database::Sqlite(pool, ..) => sqlx::raw_sql(sql).execute(pool).await.map(drop),
        }
    }

    /// One integer from the database.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        match self.store.database() {
            Database::Postgres(pool, ..) => sqlx::query_scalar(AssertSqlSafe(sql))
                .fetch_one(pool)
                .await
                .unwrap(),
            Database::Sqlite(pool, ..) => sqlx::query_scalar(AssertSqlSafe(sql))
                .fetch_one(pool)
                .await
                .unwrap(),
        }
    }

    /// Waits until the node has seen all commits, as an edit's acknowledgement does.
    pub(crate) async fn caught_up(&self) {
        let revision = self.number("SELECT revision FROM revision_counter").await;
        let reached = self
            .tiers
            .log()
            .reach(u64::try_from(revision).unwrap(), Duration::from_secs(5))
            .await;
        assert!(reached, "the node follows the log to revision {revision}");
    }
}

fn unix_millis() -> u64 {
    u64::try_from(UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap()
}

/// Where a server is that tests need. `None` without one, which CI does not accept.
pub(crate) fn needed(variable: &str) -> Option<String> {
    let url = std::env::var(variable).ok().filter(|url| !url.is_empty());
    if url.is_none() {
        let is_ci = std::env::var_os("CI").is_some();
        assert!(!is_ci, "{variable} must be set in CI");
        eprintln!("skipped: {variable} is not set (cargo xtask test sets it)");
    }
    url
}

/// A new database's URL, through a pooler in transaction mode. `None` without one.
async fn new_pooled_database() -> Option<String> {
    let direct = new_postgres_database().await?;
    let pooler = needed("HEARTH_TEST_POOLER_URL")?;
    let (server, _) = pooler.rsplit_once('/').unwrap();
    let (_, name) = direct.rsplit_once('/').unwrap();
    Some(format!("{server}/{name}"))
}

/// An emptied database of a real Redis: its URL, and a client of it. `None` without one.
pub(crate) async fn redis(database: u8) -> Option<(String, Client)> {
    let url = needed("HEARTH_TEST_REDIS_URL")?;
    let (scheme, rest) = url.split_once("://").unwrap();
    let server = rest.split('/').next().unwrap();
    let url = format!("{scheme}://{server}/{database}");
    let config = fred::types::config::Config::from_url(&url).unwrap();
    let client = Builder::from_config(config).build().unwrap();
    client.init().await.unwrap();
    let flush = CustomCommand::new_static("FLUSHDB", ClusterHash::FirstKey, false);
    client
        .custom::<(), String>(flush, Vec::new())
        .await
        .unwrap();
    Some((url, client))
}

/// A new database's URL. `None` without a server.
pub(crate) async fn new_postgres_database() -> Option<String> {
    let admin = needed("HEARTH_TEST_POSTGRES_URL")?;
    let name = format!(
        "test_{}",
        hearth::credentials::random_secret().to_lowercase()
    );
    let mut connection = PgConnection::connect(&admin).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await
        .unwrap();
    let (server, _) = admin.rsplit_once('/').unwrap();
    Some(format!("{server}/{name}"))
}
