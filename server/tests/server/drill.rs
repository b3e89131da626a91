//! Three things are set up badly, and the dashboard names each of them: a client that adds a parameter
//! with ever new values, a script that writes every row, a Redis that is full and evicts nothing.

use fred::{
    clients::Client,
    interfaces::{ClientLike, KeysInterface},
    types::{Builder, config::Config},
};
use sqlx::Connection as _;

use crate::{process::Process, support::needed};

/// The names of the advice that the dashboard gives, with its words.
fn advice(process: &Process) -> Vec<(String, String)> {
    let dashboard = process.json("/admin/dashboard");
    let advice = dashboard["advice"].as_array().unwrap();
    let of = |one: &serde_json::Value, field: &str| one[field].as_str().unwrap().to_owned();
    advice
        .iter()
        .map(|one| {
            let words = format!("{} {}", of(one, "title"), of(one, "text"));
            (of(one, "name"), words)
        })
        .collect()
}

/// The words of the advice of this name; none other is given.
fn only(process: &Process, name: &str) -> String {
    let advice = advice(process);
    let names: Vec<&str> = advice.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, [name], "{advice:?}");
    advice.into_iter().next().unwrap().1
}

#[test]
fn nothing_is_advised_where_nothing_is_wrong() {
    let process = Process::with("info", &[("HEARTH_MEMORY_MB", "64")]);
    for n in 0..300 {
        process.status_of(&format!("/api/properties/?page={}&utm_source=mail", n % 20));
        process.status_of("/properties?City=austin");
        if n % 30 == 0 {
            process.edit(1 + n, 500_000);
        }
    }
    assert_eq!(advice(&process), []);
}

#[test]
fn a_parameter_with_ever_new_values_is_named() {
    let process = Process::start("info");
    for n in 0..120 {
        process.status_of(&format!("/api/properties/?city=austin&cachebust={n}"));
    }
    let words = only(&process, "random-parameter");
    assert!(
        words.contains("`cachebust`") && words.contains("120"),
        "{words}"
    );
}

#[tokio::test]
async fn a_script_that_writes_every_row_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("hearth.db").display());
    let process = Process::with(
        "info",
        &[("DATABASE_URL", &url), ("HEARTH_MEMORY_MB", "64")],
    );
    let pages: Vec<String> = (1..=40)
        .map(|page| format!("/api/properties/?page={page}"))
        .collect();
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    for minute in 0..4 {
        for page in &pages {
            process.status_of(page);
        }
        let script = format!("UPDATE properties SET updated_at = updated_at + {minute} + 1");
        sqlx::raw_sql(sqlx::AssertSqlSafe(script))
            .execute(&mut connection)
            .await
            .unwrap();
        // Edits by SQL are seen within a lease, even if there are thousands.
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    }
    let words = only(&process, "wasteful-edits");
    assert!(words.contains("an unsigned connection"), "{words}");
    assert!(words.contains("properties"), "{words}");
}

#[tokio::test]
async fn a_redis_that_is_full_and_evicts_nothing_is_named() {
    let Some(url) = needed("HEARTH_TEST_SMALL_REDIS_URL") else {
        return;
    };
    let process = Process::with("info", &[("REDIS_URL", &url), ("HEARTH_MEMORY_MB", "64")]);
    assert!(only(&process, "redis-noeviction").contains("allkeys-lru"));
    let client: Client = Builder::from_config(Config::from_url(&url).unwrap())
        .build()
        .unwrap();
    client.init().await.unwrap();
    for n in 0..10_000 {
        let filled: Result<(), _> = client
            .set(format!("filler {n}"), vec![b'x'; 10_000], None, None, false)
            .await;
        if filled.is_err() {
            break;
        }
    }
    for page in 1..=30 {
        process.status_of(&format!("/api/properties/?page={page}"));
    }
    let words = only(&process, "redis-full");
    assert!(
        words.contains("`noeviction`") && words.contains("allkeys-lru"),
        "{words}"
    );
}
