//! Copies: a database of the other kind answers alike, byte for byte.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use hearth::store::{Amounts, LEFT_OUT, Store};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use crate::{
    declared::{every_home, filters, rows},
    on_both,
    support::{On, Server, new_postgres_database},
};

const QUESTIONS: usize = 200;

const AMOUNTS: Amounts = Amounts {
    properties: 400,
    recipes: 80,
};

/// Addresses of every kind, at random: of each catalogue as many.
async fn questions(server: &Server) -> Vec<String> {
    let homes = every_home(server).await;
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let mut questions = Vec::new();
    for catalogue in catalogue::all() {
        let (name, rows) = (catalogue.name(), rows(server, catalogue).await);
        for _ in 0..QUESTIONS / catalogue::all().len() {
            let (filters, _) = filters(catalogue, &rows, &mut rng);
            let row = rows.choose(&mut rng).unwrap();
            let sort = catalogue.sorts.choose(&mut rng).unwrap().choice;
            let words: Vec<String> = row.words(catalogue).into_iter().collect();
            let word = words.choose(&mut rng).unwrap();
            let size = rng.random_range(1..100);
            questions.push(match rng.random_range(0..9) {
                0 => format!("/api/{name}/?{filters}"),
                1 => format!("/api/{name}/?{filters}&page_size={size}&page=2&sort={sort}"),
                2 => format!("/api/{name}/facets/?{filters}"),
                3 => format!("/api/{name}/count/?{filters}"),
                4 => format!("/api/{name}/{}/", row.id),
                5 => format!("/api/{name}/?q={word}&page_size={size}"),
                6 => format!("/{name}?{filters}&sort={sort}"),
                // What homes alone have.
                7 => format!(
                    "/api/properties/{}/history/",
                    homes.choose(&mut rng).unwrap().id
                ),
                _ => site::Similar::to(homes.choose(&mut rng).unwrap())
                    .map_or("/api/properties/trending/".to_owned(), |similar| {
                        ask::Ask::url(&site::AnyAsk::from(similar)).into_owned()
                    }),
            });
        }
    }
    questions
}

/// Whether both answer everything alike. Returns how many answers were found.
async fn compare(one: &Server, other: &Server) -> usize {
    let mut found = 0;
    for question in questions(one).await {
        let (expected, answer) = (one.get(&question).await, other.get(&question).await);
        assert_eq!(answer.status, expected.status, "{question}");
        assert_eq!(answer.text(), expected.text(), "{question}");
        assert_eq!(answer.header("etag"), expected.header("etag"), "{question}");
        found += usize::from(answer.status == StatusCode::OK);
    }
    found
}

/// Things that people do: odd letters, other prices, rows that are gone.
async fn live_a_little(server: &Server) {
    for (path, edit) in [
        (
            "/api/properties/7/",
            json!({"title": "Château über dem Straßenbahnhof", "price": "123456.78"}),
        ),
        ("/api/properties/7/", json!({"price": "120000.00"})),
        ("/api/properties/8/", json!({"status": "sold"})),
        (
            "/api/recipes/3/",
            json!({"title": "Crème brûlée", "ingredients": ["crème", "Eigelb ½"]}),
        ),
    ] {
        let answer = server.patch(path, edit).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    server.sql("DELETE FROM properties WHERE id = 400").await;
    server
        .sql("UPDATE locations SET city = 'San José' WHERE id = 2")
        .await;
    server
        .sql("UPDATE properties SET latitude = 0.1 + 0.2, view_count = 99 WHERE id = 9")
        .await;
    server.caught_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_moved_to_postgres_answers_alike() {
    let Some(url) = new_postgres_database().await else {
        return;
    };
    let sqlite = Server::with(On::Sqlite, AMOUNTS).await.unwrap();
    live_a_little(&sqlite).await;
    let target = Store::open(&url).await.unwrap();
    let copied = sqlite.store.copy_to(&target, &|_| {}).await.unwrap();
    assert!(copied.contents.rows() > 500);
    let postgres = Server::over(&url).await;
    assert!(compare(&sqlite, &postgres).await > QUESTIONS * 3 / 4);
    assert_eq!(
        sqlite.store.stamp().await.unwrap(),
        target.stamp().await.unwrap()
    );

    // And back, after edits there, which its triggers log.
    let before = target.stamp().await.unwrap();
    let edit = postgres
        .patch("/api/properties/11/", json!({"price": "99.00"}))
        .await;
    assert_eq!(edit.status, StatusCode::OK);
    postgres
        .sql("UPDATE recipes SET cuisine = 'Thaï' WHERE id = 5")
        .await;
    postgres.caught_up().await;
    assert_eq!(target.stamp().await.unwrap().revision, before.revision + 2);
    let always = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'A'";
    assert_eq!(postgres.number(always).await, 0);
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("back.db").display());
    let back = Store::open(&url).await.unwrap();
    target.copy_to(&back, &|_| {}).await.unwrap();
    let again = Server::over(&url).await;
    assert!(compare(&postgres, &again).await > QUESTIONS * 3 / 4);
}

on_both! {
    async fn a_copy_lives_on(server: Server) {
        live_a_little(&server).await;
        server.sql("DELETE FROM properties WHERE id = (SELECT max(id) FROM properties)").await;
        server.caught_up().await;
        let highest = server.number("SELECT max(id) FROM properties").await;
        let folder = tempfile::tempdir().unwrap();
        let url = match server.on() {
            On::Sqlite => format!("sqlite://{}", folder.path().join("copy.db").display()),
            On::Postgres => new_postgres_database().await.unwrap(),
        };
        let target = Store::open(&url).await.unwrap();
        assert_eq!(target.occupied().await.unwrap(), None);
        let copied = server.store.copy_to(&target, &|_| {}).await.unwrap();
        assert_eq!(copied.contents, target.contents(&|_| {}).await.unwrap());
        assert!(target.occupied().await.unwrap().unwrap().contains("rows of properties"));
        let copy = Server::over(&url).await;
        // Its triggers log edits, and an id that was removed is not issued again.
        let revision = copy.number("SELECT revision FROM revision_counter").await;
        copy.sql(
            "INSERT INTO properties (title, description, property_type, price_cents, bedrooms, quarter_baths, area, \
             year_built, address, latitude, longitude, location_id, agent_id, created_at, updated_at) \
             SELECT title, description, property_type, price_cents, bedrooms, quarter_baths, area, year_built, address, \
             latitude, longitude, location_id, agent_id, created_at, updated_at FROM properties WHERE id = 7",
        ).await;
        assert_eq!(copy.number("SELECT revision FROM revision_counter").await, revision + 1);
        assert!(copy.number("SELECT max(id) FROM properties").await > highest + 1);
        copy.caught_up().await;
        let logged = "SELECT count(*) FROM change_log WHERE before IS NULL AND id = (SELECT max(id) FROM properties)";
        assert_eq!(copy.number(logged).await, 1);
    }

    async fn every_table_is_copied_or_left_out_on_purpose(server: Server) {
        let contents = server.store.contents(&|_| {}).await.unwrap();
        let known: BTreeSet<&str> = contents.tables.keys().map(String::as_str)
            .chain(LEFT_OUT.iter().map(|(name, _)| *name)).collect();
        let names = match server.store.database() {
            hearth::store::Database::Postgres(pool, ..) => sqlx::query_scalar::<_, String>(
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'").fetch_all(pool).await.unwrap(),
            hearth::store::Database::Sqlite(pool, ..) => sqlx::query_scalar(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
                 AND name NOT GLOB '*_words_*'").fetch_all(pool).await.unwrap(),
        };
        assert!(names.len() > 12, "{names:?}");
        let unknown: Vec<&String> = names.iter().filter(|name| !known.contains(&***name)).collect();
        assert!(unknown.is_empty(), "{unknown:?} must be among TABLES or LEFT_OUT of store/contents/tables.rs");
    }
}
