//! How PostgreSQL reads lists from large tables.

use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use catalogue::{Catalogue, normalizer::normalize};

use crate::{
    declared::{one_filter, rows},
    support::{On, Server},
};

/// From so many rows on, reading all of them is slow.
const MANY: i64 = 20_000;

/// Fills a catalogue's table with copies of its rows.
async fn fill(server: &Server, catalogue: &Catalogue) {
    let table = catalogue.name();
    let rows = server
        .number(&format!("SELECT count(*) FROM {table}"))
        .await;
    let copy = format!(
        "DO $$
         DECLARE written text := (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
           WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname <> 'id');
         BEGIN
           SET LOCAL hearth.bulk = on;
           EXECUTE format('INSERT INTO {table} (%s) SELECT %s FROM {table}, generate_series(1, {})', written, written);
         END $$",
        MANY / rows
    );
    server.sql(&copy).await;
}

/// Requests that readers typically make: each order, near its beginning and far from it; each filter
/// in each order; a search.
async fn common(server: &Server, catalogue: &'static Catalogue) -> Vec<String> {
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let mut requests = Vec::new();
    for sort in catalogue.sorts {
        for page in [1, 50, 200] {
            requests.push(format!("sort={}&page={page}", sort.choice));
        }
    }
    let rows = rows(server, catalogue).await;
    for filter in catalogue.filters {
        for sort in catalogue.sorts {
            let set = one_filter(catalogue, filter, &rows, &mut random);
            requests.extend(set.map(|set| format!("sort={}&{set}", sort.choice)));
        }
    }
    for _ in 0..3 {
        let words: Vec<String> = rows
            .choose(&mut random)
            .unwrap()
            .words(catalogue)
            .into_iter()
            .collect();
        let words: Vec<&str> = words
            .choose_multiple(&mut random, 2)
            .map(String::as_str)
            .collect();
        let end = random.random_range(1..=words[1].chars().count());
        let beginning: String = words[1].chars().take(end).collect();
        requests.push(format!("q={}%20{beginning}", words[0]));
    }
    requests
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_common_request_scans_a_large_table() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    for catalogue in catalogue::all() {
        let table = catalogue.name();
        let common = common(&server, catalogue).await;
        fill(&server, catalogue).await;
        server.sql(&format!("ANALYZE {table}")).await;
        for raw in common {
            let query = normalize(catalogue.schema, &raw).unwrap();
            let plan = server.store.plan(catalogue, &query).await.unwrap();
            let scan = format!("Seq Scan on {table}");
            let scans = plan.iter().any(|line| line.contains(&scan));
            assert!(!scans, "{table} {raw:?}:\n{}", plan.join("\n"));
        }
    }
}
