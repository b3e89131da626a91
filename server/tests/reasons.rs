//! Each reason is caused by HTTP, and is then the same in the header, in the log, in the metrics, in
//! the inspector and in the tail.
//!
//! A process of its own, as the log and the metrics are those of a whole process. A real Redis is needed
//! for what only a real shared tier can have: without `HEARTH_TEST_REDIS_URL` those reasons are
//! skipped, except in CI, where that fails.
#![allow(missing_docs)]
// Tests may panic, and clippy does not recognize their helpers as test code.
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "the other tests use all of it")]
#[path = "server/support.rs"]
mod support;
#[path = "server/told.rs"]
mod told;

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};

use axum::{
    body::BodyDataStream,
    http::{Method, StatusCode},
};
use fred::{
    clients::Client,
    interfaces::{ClientLike, KeysInterface},
};
use futures::{StreamExt as _, future::join_all};
use serde_json::{Value, json};
use sqlx::Connection as _;
use tracing_subscriber::{filter::EnvFilter, fmt::MakeWriter};

use self::{
    support::{Answer, On, Server, TOKEN, redis},
    told::{Told, by_header, by_log, by_metrics},
};

/// The log's lines.
static LOG: LazyLock<Log> = LazyLock::new(Log::default);

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    /// The reasons that lines gave since the last call.
    fn take(&self) -> Vec<Told> {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap());
        by_log(&String::from_utf8(bytes).unwrap())
    }
}

/// Everything that says why, about one server.
struct Witnesses<'a> {
    server: &'a Server,
    tail: BodyDataStream,
}

/// The reason of each tier; `None` if it had the answer, or was not queried.
type Reasons = (Option<&'static str>, Option<&'static str>);

impl<'a> Witnesses<'a> {
    async fn of(server: &'a Server) -> Self {
        let authorization = format!("Bearer {TOKEN}");
        let headers = [("authorization", &*authorization)];
        let path = "/admin/tail/events";
        let tail = server.begin(Method::GET, path, &headers, Vec::new()).await;
        assert_eq!(tail.status(), StatusCode::OK);
        let tail = tail.into_body().into_data_stream();
        Self { server, tail }
    }

    /// Requests a path, and checks that everyone gives these reasons.
    async fn check(&mut self, path: &str, expect: Reasons) -> Answer {
        let (memory, shared) = expect;
        // The inspector knows before it happens, except that too many will be waiting.
        let before = self.inspect(path).await;
        assert_eq!(reason_of(&before, "memory"), memory, "{path}: {before:#}");
        if shared.is_some() && memory != Some("no-lease") {
            assert_eq!(reason_of(&before, "redis"), shared, "{path}: {before:#}");
        }
        self.check_after(path, expect).await
    }

    /// The same without a look by the inspector before it happens.
    async fn check_after(&mut self, path: &str, expect: Reasons) -> Answer {
        let (memory, shared) = expect;
        let mut expected = BTreeMap::new();
        expected.extend(memory.map(|reason| ("memory", reason)));
        expected.extend(shared.map(|reason| ("redis", reason)));
        let expected: Vec<Told> = expected
            .into_iter()
            .map(|(tier, reason)| (tier.to_owned(), reason.to_owned()))
            .collect();

        self.told().await;
        LOG.take();
        let counted = self.counts().await;
        let answer = self.server.get(path).await;

        assert_eq!(
            sorted(by_header(answer.header("cache-status"))),
            expected,
            "header of {path}"
        );
        assert_eq!(sorted(LOG.take()), expected, "log of {path}");
        let mut now = self.counts().await;
        now.retain(|key, count| {
            *count -= counted.get(key).unwrap_or(&0);
            *count > 0
        });
        let added: Vec<Told> = now.keys().cloned().collect();
        assert_eq!(added, expected, "metrics of {path}");
        assert!(
            now.values().all(|count| *count == 1),
            "metrics of {path}: {now:?}"
        );
        let told = self.told().await;
        let of_tail: Vec<Told> = told
            .iter()
            .filter_map(|line| {
                let reason = line["why"]["reason"].as_str()?.to_owned();
                Some((line["tier"].as_str()?.to_owned(), reason))
            })
            .collect();
        assert_eq!(sorted(of_tail), expected, "tail of {path}");
        let after = self.inspect(path).await;
        let last = &after["last_miss"];
        assert_eq!(
            last["why"]["reason"].as_str(),
            memory,
            "inspector of {path}: {after:#}"
        );
        assert_eq!(
            last["shared"]["reason"].as_str(),
            shared,
            "inspector of {path}: {after:#}"
        );
        answer
    }

    async fn inspect(&self, path: &str) -> Value {
        let authorization = format!("Bearer {TOKEN}");
        let headers = [
            ("authorization", &*authorization),
            ("accept", "application/json"),
        ];
        let url = path.replace('&', "%26").replace('=', "%3D");
        let path = format!("/admin/cache?url={url}");
        let answer = self
            .server
            .send(Method::GET, &path, &headers, Vec::new())
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()["findings"][0].clone()
    }

    /// What the tail has told since the last call.
    async fn told(&mut self) -> Vec<Value> {
        let mut text = String::new();
        let pause = Duration::from_millis(150);
        while let Ok(Some(bytes)) = tokio::time::timeout(pause, self.tail.next()).await {
            text += std::str::from_utf8(&bytes.unwrap()).unwrap();
        }
        assert!(!text.contains("event: dropped"), "{text}");
        let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
        data.map(|data| serde_json::from_str(data).unwrap())
            .collect()
    }

    /// How often each tier gave each reason.
    async fn counts(&self) -> BTreeMap<Told, u64> {
        by_metrics(&self.server.get("/metrics").await.text())
    }
}

fn reason_of(finding: &Value, tier: &str) -> Option<&'static str> {
    let tiers = finding["tiers"].as_array().unwrap();
    let held = tiers.iter().find(|held| held["tier"] == tier).unwrap();
    let name = held["why"]["reason"].as_str()?;
    cache::Reason::NAMES
        .into_iter()
        .find(|known| *known == name)
}

fn sorted(mut reasons: Vec<Told>) -> Vec<Told> {
    reasons.sort();
    reasons
}

/// One test, as its parts share the process's log and metrics.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_reason_is_the_same_everywhere() {
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(EnvFilter::new("off,cache::memory=debug,cache::redis=debug"))
        .with_writer(LOG.clone())
        .init();
    let server = Server::start(On::Sqlite).await.unwrap();
    of_memory(&server).await;
    refused(&server).await;
    drop(server);
    if let Some((url, client)) = redis(9).await {
        of_redis(&url, &client).await;
    }
}

/// What memory says; the shared tier is the one in the process.
async fn of_memory(server: &Server) {
    let mut witnesses = Witnesses::of(server).await;
    let path = "/api/properties/7/";
    witnesses.check(path, (Some("cold"), Some("cold"))).await;
    witnesses
        .check("/api/properties/?q=garden", (Some("bypass"), None))
        .await;

    let edited = server.patch(path, json!({ "price": "123456.00" })).await;
    assert_eq!(edited.status, StatusCode::OK);
    let touched = witnesses
        .check(path, (Some("touched"), Some("touched")))
        .await;
    let revision = touched.header("hearth-revision");
    assert!(
        touched
            .header("cache-status")
            .contains(&format!("rev={revision}"))
    );
    // Who it was, and what was changed, is for those who may see it.
    let finding = witnesses.inspect(path).await;
    let edit = &finding["last_miss"]["why"]["edit"];
    assert_eq!(edit["fields"], json!(["price"]));
    assert_eq!(
        (&edit["who"], &edit["id"]),
        (&json!("admin token"), &json!(7))
    );

    let ranking = "/api/properties/trending/";
    witnesses.check(ranking, (Some("cold"), Some("cold"))).await;
    server.grow_old(Duration::from_secs(301));
    witnesses
        .check(ranking, (Some("expired"), Some("expired")))
        .await;

    let form = format!("url={path}&action=drop").into_bytes();
    let authorization = format!("Bearer {TOKEN}");
    let headers = [
        ("authorization", &*authorization),
        ("accept", "application/json"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let dropped = server
        .send(Method::POST, "/admin/cache", &headers, form)
        .await;
    assert_eq!(dropped.status, StatusCode::OK, "{}", dropped.text());
    witnesses
        .check(path, (Some("evicted"), Some("evicted")))
        .await;

    // A writer that takes long keeps the node from confirming that it is alive, but it can read.
    let lease = Duration::from_secs(4);
    server.caught_up().await;
    let hearth::store::Database::Sqlite(_, options, _) = server.store.database() else {
        panic!("not SQLite");
    };
    let mut writer = sqlx::SqliteConnection::connect_with(options).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE")
        .execute(&mut writer)
        .await
        .unwrap();
    tokio::time::sleep(lease).await;
    witnesses
        .check(path, (Some("no-lease"), Some("no-lease")))
        .await;
    sqlx::raw_sql("ROLLBACK")
        .execute(&mut writer)
        .await
        .unwrap();
    server.caught_up().await;
}

/// One caller more than may wait is turned away.
async fn refused(server: &Server) {
    const WAITERS: usize = 10_000;
    let hearth::store::Database::Sqlite(pool, ..) = server.store.database() else {
        panic!("not SQLite");
    };
    while !server.tiers.log().has_lease() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let path = "/api/properties/8/";
    // Loads wait for these.
    let mut held = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        held.push(pool.acquire().await.unwrap());
    }
    let waiting = join_all((0..WAITERS).map(|_| server.get(path)));
    let asking = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let mut witnesses = Witnesses::of(server).await;
        witnesses.check_after(path, (Some("refused"), None)).await
    };
    tokio::select! {
        _ = waiting => panic!("nothing made them wait"),
        refused = asking => assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE),
    }
}

/// What only a tier that nodes share can say.
async fn of_redis(url: &str, client: &Client) {
    let of_redis = ["--redis-url", url];
    let first = Server::start(On::Sqlite).await.unwrap();
    let first = first.configured(&of_redis).await;
    let paths: Vec<String> = (1..=3).map(|id| format!("/api/properties/{id}/")).collect();
    first.get(&paths[0]).await;
    // Ahead of the other node by a few revisions.
    for price in 1..=4 {
        let edit = json!({ "price": format!("{price}00000.00") });
        assert_eq!(first.patch(&paths[1], edit).await.status, StatusCode::OK);
    }
    first.get(&paths[1]).await;
    drop(first);

    // A node of another database on the same Redis, as after a restored backup.
    let second = Server::start(On::Sqlite).await.unwrap();
    let second = second.configured(&of_redis).await;
    let mut witnesses = Witnesses::of(&second).await;
    witnesses
        .check(&paths[0], (Some("cold"), Some("log-behind")))
        .await;
    witnesses
        .check(&paths[1], (Some("cold"), Some("ahead")))
        .await;

    let key = |id: u32| format!("hearth:properties:v2:@object:{id}");
    let copied: bytes::Bytes = client.get(key(1)).await.unwrap();
    let set = async |id, value: bytes::Bytes| {
        client
            .set::<(), _, _>(key(id), value, None, None, false)
            .await
            .unwrap();
    };
    set(3, copied).await;
    witnesses
        .check(&paths[2], (Some("cold"), Some("collision")))
        .await;
    set(4, bytes::Bytes::from_static(b"of another version")).await;
    witnesses
        .check("/api/properties/4/", (Some("cold"), Some("schema")))
        .await;

    let pause = ["PAUSE", "2000", "ALL"].map(str::to_owned).to_vec();
    let command =
        fred::types::CustomCommand::new_static("CLIENT", fred::types::ClusterHash::FirstKey, false);
    client.custom::<(), _>(command, pause).await.unwrap();
    witnesses
        .check("/api/properties/5/", (Some("cold"), Some("shared-away")))
        .await;
}
