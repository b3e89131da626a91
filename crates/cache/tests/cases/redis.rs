//! The shared tier in a real Redis, reached through a proxy that can be cut.
//!
//! `HEARTH_TEST_REDIS_URL` says where it is. Without it these tests are skipped, except in CI,
//! where they fail.

use std::{sync::Arc, time::Duration};

use ask::CachePolicy;
use bytes::Bytes;
use cache::{
    Change, Changes, Feed as _,
    shared::{Redis, Shared},
};
use fred::{
    clients::Client,
    interfaces::{ClientLike, KeysInterface},
    types::{Builder, config::Config},
};

use crate::support::{
    Came::{FromDatabase, FromMemory, FromShared, WhileRefreshed},
    Database, Node, Proxy, TestAsk, home,
};

const PATIENCE: Duration = Duration::from_secs(20);
const LIFETIME: Duration = Duration::from_secs(60);

/// Where Redis is; `None` if these tests are to be skipped.
fn url() -> Option<String> {
    let url = std::env::var("HEARTH_TEST_REDIS_URL").ok();
    if url.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "HEARTH_TEST_REDIS_URL must be set in CI"
        );
        println!("left out: HEARTH_TEST_REDIS_URL does not say where Redis is");
    }
    url
}

/// The server's host and port, and the URL that goes through the proxy instead.
async fn proxy(url: &str) -> (Proxy, String) {
    let authority = url.split("://").nth(1).unwrap_or(url);
    let server = authority
        .rsplit('@')
        .next()
        .unwrap_or(authority)
        .split('/')
        .next()
        .unwrap_or(authority);
    let proxy = Proxy::new(server).await;
    let proxied = url.replace(server, &proxy.address.to_string());
    (proxy, proxied)
}

/// A key that only this test uses, and only in this run.
fn key(test: &str) -> String {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap();
    format!(
        "hearth-test:{test}:{}:{}",
        std::process::id(),
        since.as_nanos()
    )
}

async fn connect(url: &str) -> Redis {
    let redis = Redis::connect(url).unwrap();
    redis.ready(PATIENCE).await.unwrap();
    redis
}

async fn plain_client(url: &str) -> Client {
    let client = Builder::from_config(Config::from_url(url).unwrap())
        .build()
        .unwrap();
    client.init().await.unwrap();
    client
}

/// Waits until Redis answers again.
async fn answers(redis: &Redis) {
    let answered = async {
        while redis.get("hearth-test:none").await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, answered)
        .await
        .expect("the connection comes back");
}

#[tokio::test]
async fn two_prefixes_are_two_caches() {
    let Some(url) = url() else { return };
    let client = plain_client(&url).await;
    let key = key("prefixes");
    let [one, other] = ["one:", "other:"].map(|prefix| {
        let redis = Redis::connect(&url).unwrap();
        redis.with_prefix(prefix)
    });
    for redis in [&one, &other] {
        redis.ready(PATIENCE).await.unwrap();
    }
    let value = Bytes::from_static(b"text");
    one.set(&key, value.clone(), LIFETIME, None).await.unwrap();
    assert_eq!(one.get(&key).await.unwrap(), Some(value));
    assert_eq!(other.get(&key).await.unwrap(), None);
    let named: i64 = client.exists(format!("one:{key}")).await.unwrap();
    assert_eq!(named, 1);
    // Nor do they wait for each other's loads.
    for redis in [&one, &other] {
        let lease = redis.take_load_lease(&key, "me", LIFETIME).await.unwrap();
        assert!(lease.taken);
        assert!(redis.has_load_lease(&key).await.unwrap());
        redis.release_load_lease(&key, "me").await.unwrap();
        assert!(!redis.has_load_lease(&key).await.unwrap());
        redis.remove(&key).await.unwrap();
    }
    assert_eq!(one.get(&key).await.unwrap(), None);
}

#[tokio::test]
async fn a_stored_value_is_returned_and_has_a_lifetime() {
    let Some(url) = url() else { return };
    let (redis, client) = (connect(&url).await, plain_client(&url).await);
    let key = key("roundtrip");
    assert_eq!(redis.get(&key).await.unwrap(), None);
    let values: [&[u8]; 4] = [b"", b"text", b"\0\r\n$3\xff", &[7; 300_000]];
    for value in values {
        redis
            .set(&key, Bytes::copy_from_slice(value), LIFETIME, None)
            .await
            .unwrap();
        assert_eq!(redis.get(&key).await.unwrap().as_deref(), Some(value));
        let seconds: i64 = client.ttl(&key).await.unwrap();
        assert!((50..=60).contains(&seconds), "a lifetime of {seconds} s");
    }
    // Less than a second would be rounded down to zero, which Redis refuses.
    redis
        .set(&key, Bytes::new(), Duration::from_millis(10), None)
        .await
        .unwrap();
    let seconds: i64 = client.ttl(&key).await.unwrap();
    assert!((0..=1).contains(&seconds), "a lifetime of {seconds} s");
}

#[tokio::test]
async fn case_08_a_load_lease_has_one_holder_and_expires() {
    let Some(url) = url() else { return };
    let (one, two) = (connect(&url).await, connect(&url).await);
    let key = key("lease");
    let length = Duration::from_millis(300);
    assert!(!one.has_load_lease(&key).await.unwrap());
    assert!(
        one.take_load_lease(&key, "one", length)
            .await
            .unwrap()
            .taken
    );
    assert!(
        !two.take_load_lease(&key, "two", length)
            .await
            .unwrap()
            .taken
    );
    two.release_load_lease(&key, "two").await.unwrap();
    assert!(two.has_load_lease(&key).await.unwrap(), "not its owner");
    one.release_load_lease(&key, "one").await.unwrap();
    assert!(
        two.take_load_lease(&key, "two", length)
            .await
            .unwrap()
            .taken
    );
    // Its holder dies: the load lease expires.
    tokio::time::sleep(length * 2).await;
    assert!(
        one.take_load_lease(&key, "one", length)
            .await
            .unwrap()
            .taken
    );
    two.release_load_lease(&key, "two").await.unwrap();
    assert!(
        one.has_load_lease(&key).await.unwrap(),
        "no longer its owner"
    );
    assert_eq!(
        one.get(&key).await.unwrap(),
        None,
        "beside the answer, not in its place"
    );
    // Storing the answer releases the load lease; the next holder finds the answer.
    let answer = Bytes::from_static(b"answer");
    one.set(&key, answer.clone(), LIFETIME, Some("one"))
        .await
        .unwrap();
    let leased = two.take_load_lease(&key, "two", length).await.unwrap();
    assert!(leased.taken);
    assert_eq!(leased.found, Some(answer));
}

#[tokio::test]
async fn nodes_share_answers_through_redis() {
    let Some(url) = url() else { return };
    let database = Database::with_homes([(1, 10)]);
    let ask = home(1).under_key(&key("nodes"));
    let one = Node::start(&database, &connect(&url).await.into()).await;
    let two = Node::start(&database, &connect(&url).await.into()).await;
    one.check(&ask, FromDatabase).await;
    two.check(&ask, FromShared).await;
    database.put(1, 11);
    one.catch_up().await;
    two.catch_up().await;
    two.check(&ask, FromDatabase).await;
    one.check(&ask, FromShared).await;
}

/// In real time: an answer that one node has refreshed is then found in Redis by the other.
#[tokio::test]
async fn past_its_interval_an_answer_is_refreshed_once_for_all_nodes() {
    let Some(url) = url() else { return };
    let interval = Duration::from_secs(2);
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let (every, on_change) = (CachePolicy::every(interval), CachePolicy::on_change());
    let ask = home(1).under_key(&key("interval")).cached(every);
    let stable = home(2).under_key(&key("stable")).cached(on_change);
    let one = Node::in_real_time(&database, &connect(&url).await.into()).await;
    let two = Node::in_real_time(&database, &connect(&url).await.into()).await;
    for ask in [&ask, &stable] {
        one.check(ask, FromDatabase).await;
        two.check(ask, FromShared).await;
        two.check(ask, FromMemory).await;
    }
    assert_eq!(database.loads(), 2);
    tokio::time::sleep(interval).await;
    one.check(&ask, WhileRefreshed).await;
    let refreshed = tokio::time::timeout(PATIENCE, async {
        while database.loads() == 2 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        // The load is over before the answer is stored.
        tokio::time::sleep(Duration::from_millis(200)).await;
    });
    refreshed.await.expect("the answer is refreshed");
    one.check(&ask, FromMemory).await;
    two.check(&ask, WhileRefreshed).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    two.check(&ask, FromMemory).await;
    for node in [&one, &two] {
        node.check(&stable, FromMemory).await;
    }
    assert_eq!(database.loads(), 3, "one refresh, for both nodes");
}

#[tokio::test]
async fn a_value_of_another_type_does_no_harm() {
    let Some(url) = url() else { return };
    let client = plain_client(&url).await;
    let database = Database::with_homes([(1, 10)]);
    let ask = home(1).under_key(&key("type"));
    let _: () = client
        .set(&*ask::Ask::key(&ask), "not an entry", None, None, false)
        .await
        .unwrap();
    let node = Node::start(&database, &connect(&url).await.into()).await;
    node.check(&ask, FromDatabase).await;
    Node::start(&database, &connect(&url).await.into())
        .await
        .check(&ask, FromShared)
        .await;
}

#[tokio::test]
async fn redis_is_down_at_the_start_and_comes_up_later() {
    let Some(url) = url() else { return };
    let (mut proxy, proxied) = proxy(&url).await;
    let redis = Arc::new(Redis::connect(&proxied).unwrap());
    // The first attempt fails well within this time.
    assert!(redis.ready(Duration::from_millis(300)).await.is_err());
    let unavailable = redis.get("hearth-test:none").await.unwrap_err().to_string();
    assert!(
        unavailable.contains("not connected"),
        "a command waits for a connection: {unavailable}"
    );
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &redis).await;
    let ask = home(1).under_key(&key("start"));
    node.check(&ask, FromDatabase).await;
    node.check(&ask, FromMemory).await;
    proxy.open().await;
    answers(&redis).await;
    check_shared(&database, &redis, "later").await;
}

#[tokio::test]
async fn redis_is_lost_while_in_use_and_comes_back() {
    let Some(url) = url() else { return };
    let (mut proxy, proxied) = proxy(&url).await;
    proxy.open().await;
    let redis = Arc::new(connect(&proxied).await);
    let database = Database::with_homes([(1, 10), (2, 20)]);
    check_shared(&database, &redis, "before").await;
    proxy.cut().await;
    let node = Node::start(&database, &redis).await;
    for ask in [home(1), home(2)].map(|ask| ask.under_key(&key("lost"))) {
        node.check(&ask, FromDatabase).await;
        node.check(&ask, FromMemory).await;
    }
    proxy.open().await;
    answers(&redis).await;
    check_shared(&database, &redis, "after").await;
}

#[tokio::test]
async fn redis_falls_silent_and_costs_little() {
    let Some(url) = url() else { return };
    let (mut proxy, proxied) = proxy(&url).await;
    proxy.open().await;
    let redis = Arc::new(connect(&proxied).await);
    let database = Database::with_homes([(1, 10)]);
    check_shared(&database, &redis, "before").await;
    proxy.fall_silent();
    let node = Node::start(&database, &redis).await;
    let ask: TestAsk = home(1).under_key(&key("silent"));
    let answered =
        tokio::time::timeout(Duration::from_secs(2), node.check(&ask, FromDatabase)).await;
    answered.expect("a command that takes long counts as failed");
}

/// One node loads and shares; another one finds it.
async fn check_shared(database: &Arc<Database>, redis: &Arc<Redis>, when: &str) {
    let ask = home(1).under_key(&key(when));
    Node::start(database, redis)
        .await
        .check(&ask, FromDatabase)
        .await;
    Node::start(database, redis)
        .await
        .check(&ask, FromShared)
        .await;
}

/// Two nodes follow one log of announcements; if Redis loses the log, a new one is begun.
#[tokio::test]
async fn changes_are_announced_through_redis() {
    let Some(url) = url() else { return };
    let prefix = key("changes");
    let one = Changes::in_redis(connect(&url).await, &prefix);
    let two = Changes::in_redis(connect(&url).await, &prefix);
    let first = one.head().await.unwrap().unwrap();
    assert_eq!(two.head().await.unwrap(), Some(first));
    let revision = two.announce("quotes").await.unwrap();
    let all = one.revisions_from(first, 10).await.unwrap();
    assert_eq!(all.last().unwrap().stamp.revision, revision);
    let everything = Change::everything("quotes");
    assert_eq!(all.last().unwrap().changes, [everything]);
    let client = plain_client(&url).await;
    let list = format!("{{{prefix}:changes}}");
    let _: i64 = client.del(&list).await.unwrap();
    let last = one.head().await.unwrap().unwrap();
    assert!(last.revision > revision, "a new log continues to count");
    assert!(one.revisions_from(first, 10).await.unwrap().is_empty());
}
