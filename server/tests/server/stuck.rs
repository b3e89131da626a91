//! Statements of a node that serves which never end: the database ends them.

use std::time::Duration;

use hearth::store::{Purpose, Store};
use tokio::time::{Instant, timeout};

use crate::{
    hostile::LONG,
    on_both,
    support::{On, Server},
};

const SLEEP: &str = "SELECT pg_sleep(60)";
const ENDLESS: &str =
    "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT max(n) FROM n";

async fn limited(server: &Server) -> Store {
    Store::open(server.url()).await.unwrap().limited()
}

on_both! {
    async fn a_statement_that_is_stuck_is_cancelled(server: Server) {
        let store = limited(&server).await;
        let (stuck, why) = match server.on() {
            On::Postgres => (SLEEP, "statement timeout"),
            On::Sqlite => (
                ENDLESS,
                "interrupted",
            ),
        };
        // The second time on the same connection, which is of use again.
        for _ in 0..2 {
            let from = Instant::now();
            let mut transaction = store.database().begin(Purpose::Read).await.unwrap();
            let outcome = transaction.target().run_generated(stuck.to_owned()).await;
            let error = outcome.unwrap_err();
            assert!(error.to_string().contains(why), "{error}");
            assert!(from.elapsed() < LONG, "{:?}", from.elapsed());
        }
        if server.on() == On::Postgres {
            assert_nobody_runs(&server, stuck).await;
        }
    }
}

#[tokio::test]
async fn on_sqlite_a_statement_ends_when_nobody_waits_for_it() {
    let server = Server::start(On::Sqlite).await.unwrap();
    let store = limited(&server).await;
    // More than there are connections: none may still be at work.
    for _ in 0..20 {
        let mut transaction = store.database().begin(Purpose::Read).await.unwrap();
        let mut target = transaction.target();
        let begun = target.run_generated(ENDLESS.to_owned());
        timeout(Duration::from_millis(20), begun).await.unwrap_err();
    }
}

/// The backend says that it has ended a statement before it notes that it has.
async fn assert_nobody_runs(server: &Server, sql: &str) {
    // Others run it beside this test, in databases of their own.
    let running = format!(
        "SELECT count(*) FROM pg_stat_activity WHERE query = '{sql}' AND state = 'active' \
         AND datname = current_database()"
    );
    let from = Instant::now();
    while server.number(&running).await > 0 {
        assert!(from.elapsed() < LONG, "it still runs");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_statement_behind_a_pooler_is_limited_too() {
    let Some(server) = Server::behind_a_pooler().await else {
        return;
    };
    let store = limited(&server).await;
    for purpose in [Purpose::Read, Purpose::Write] {
        let mut transaction = store.database().begin(purpose).await.unwrap();
        let outcome = transaction.target().run_generated(SLEEP.to_owned()).await;
        let error = outcome.unwrap_err();
        assert!(error.to_string().contains("statement timeout"), "{error}");
    }
}
