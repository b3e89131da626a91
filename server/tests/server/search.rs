//! Text search: the same rows on both databases, in step with every edit, and never an error.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use catalogue::Catalogue;
use rand::{
    Rng, SeedableRng,
    seq::{IndexedRandom, SliceRandom},
};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::{
    declared::{Shown, any, listed, rows},
    on_both,
    support::{On, Server},
};

/// The ids of the rows that a search finds, on all pages.
async fn found(server: &Server, name: &str, q: &str) -> BTreeSet<i64> {
    let any = any(catalogue::by_name(name).unwrap());
    let rows = listed(server, format!("/api/{name}/?page_size=100&q={q}{any}")).await;
    rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

/// Searches by words of a row, which must then be found: in any order and case, the last one as the
/// beginning of a word.
fn searches(catalogue: &Catalogue, rows: &[Shown]) -> Vec<(String, i64)> {
    let mut random = ChaCha8Rng::seed_from_u64(29);
    let draw = |number: usize| {
        let row = rows.choose(&mut random).unwrap();
        let words: Vec<String> = row.words(catalogue).into_iter().collect();
        let count = random.random_range(1..=3);
        let mut words: Vec<&str> = words
            .choose_multiple(&mut random, count)
            .map(String::as_str)
            .collect();
        words.shuffle(&mut random);
        let last = words.pop().unwrap();
        let end = random.random_range(1..=last.chars().count());
        let last: String = last.chars().take(end).collect();
        let text = words
            .into_iter()
            .chain([&*last])
            .collect::<Vec<_>>()
            .join("%20");
        (
            if number.is_multiple_of(2) {
                text
            } else {
                text.to_uppercase().replace("%20", "+")
            },
            row.id,
        )
    };
    (0..24).map(draw).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_find_the_rows_that_have_the_words() {
    let sqlite = Server::start(On::Sqlite).await.unwrap();
    let Some(postgres) = Server::start(On::Postgres).await else {
        return;
    };
    for catalogue in catalogue::all() {
        let name = catalogue.name();
        let rows = rows(&sqlite, catalogue).await;
        let mut total = 0;
        for (q, id) in searches(catalogue, &rows) {
            let ids = found(&sqlite, name, &q).await;
            assert_eq!(ids, found(&postgres, name, &q).await, "{name} {q}");
            assert!(ids.contains(&id), "{name} {id} is not found by {q}");
            total += ids.len();
        }
        assert!(total > 100, "{name}: {total} found");
        for q in ["nothingofthekind", "the%20nothingofthekind"] {
            assert!(found(&sqlite, name, q).await.is_empty(), "{name} {q}");
            assert!(found(&postgres, name, q).await.is_empty(), "{name} {q}");
        }
    }
}

on_both! {
    async fn every_word_must_match_and_the_last_may_be_a_prefix(server: Server) {
        let edit = json!({"title": "Zebrawood Quixotic Hall", "description": "By the crwth."});
        server.patch("/api/properties/7/", edit).await;
        for (q, finds) in [
            ("zebrawood", true), ("ZEBRAWOOD%20quix", true), ("quixotic%20zebra", true), ("zebra%20quixotic", false),
            ("zebrawood%20crwth", true), ("zebrawood%20absentword", false), ("%22zebrawood%22%20-%20(quixotic)", true),
        ] {
            assert_eq!(found(&server, "properties", q).await.contains(&7), finds, "{q}");
        }
    }

    async fn accents_and_width_make_no_difference(server: Server) {
        let edit = json!({"title": "Ｃａｓａ in Łódź", "description": "Près du Crème-Brûlée; ½ bath; 京都 ガレージ."});
        server.patch("/api/properties/7/", edit).await;
        for q in ["casa", "CASA", "lodz", "Łódź", "pres%20creme", "brulee", "cre%CC%80me", "京都", "%EF%BD%B6%EF%BE%9E%EF%BE%9Aージ"] {
            assert!(found(&server, "properties", q).await.contains(&7), "{q}");
        }
        server.sql("UPDATE recipes SET title = 'Éclair au Thé', description = 'Œufs' WHERE id = 5").await;
        for q in ["eclair", "ÉCLAIR%20the", "oeufs"] {
            assert!(found(&server, "recipes", q).await.contains(&5), "{q}");
        }
    }

    async fn titles_sort_by_their_letters(server: Server) {
        for (id, title) in [(1, "Zabaglione"), (2, "Éclair"), (3, "eclaire"), (4, "Ecla"), (5, "Ølebrød"), (6, "À la carte")] {
            server.sql(&format!("UPDATE recipes SET title = '{title}', cuisine = 'sorted' WHERE id = {id}")).await;
        }
        let list = server.get("/api/recipes/?sort=title&cuisine=sorted").await.json();
        let titles: Vec<&str> = list["results"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["À la carte", "Ecla", "Éclair", "eclaire", "Ølebrød", "Zabaglione"]);
    }

    async fn a_row_of_any_catalogue_is_found_by_its_present_name(server: Server) {
        for catalogue in catalogue::all() {
            let (name, named) = (catalogue.name(), catalogue.named[0]);
            for word in ["zebrawood", "quixotic"] {
                let edited = server.patch(&format!("/api/{name}/7/"), json!({named: format!("A {word} one")})).await;
                assert_eq!(edited.status, StatusCode::OK, "{}", edited.text());
                assert_eq!(found(&server, name, word).await, BTreeSet::from([7]), "{name}");
            }
            assert!(found(&server, name, "zebrawood").await.is_empty(), "{name}");
            server.sql(&format!("UPDATE {name} SET {named} = 'crwth' WHERE id = 7")).await;
            assert_eq!(found(&server, name, "crwth").await, BTreeSet::from([7]), "{name}");
            assert!(found(&server, name, "quixotic").await.is_empty(), "{name}");
        }
    }

    async fn the_index_follows_edits_from_any_source(server: Server) {
        server.patch("/api/properties/7/", json!({"title": "Firstword house"})).await;
        server.patch("/api/properties/7/", json!({"title": "Secondword house"})).await;
        assert!(found(&server, "properties", "firstword").await.is_empty());
        assert_eq!(found(&server, "properties", "secondword").await, BTreeSet::from([7]));
        // A home that moves is found at its new place, even if other columns change with it.
        server.sql("UPDATE locations SET city = 'Thirdword' WHERE id = (SELECT location_id FROM properties WHERE id = 7)").await;
        assert!(found(&server, "properties", "thirdword").await.contains(&7));
        server.sql("UPDATE properties SET title = 'Fourthword', location_id = (SELECT id FROM locations WHERE city = 'Boston' LIMIT 1) WHERE id = 7").await;
        assert!(!found(&server, "properties", "thirdword").await.contains(&7));
        assert_eq!(found(&server, "properties", "fourthword%20boston").await, BTreeSet::from([7]));
        server.sql("DELETE FROM properties WHERE id = 7").await;
        assert!(found(&server, "properties", "fourthword").await.is_empty());
        if server.on() == On::Sqlite {
            server.sql("REPLACE INTO recipes (id, title, description, cuisine, difficulty, prep_time, servings, steps, created_at, updated_at) \
                VALUES (7, 'Fifthword', 'x', 'thai', 'easy', 5, 1, 'x', 0, 0)").await;
            assert_eq!(found(&server, "recipes", "fifthword").await, BTreeSet::from([7]));
            // FTS5 compares its index with the texts that it stores.
            server.sql("INSERT INTO properties_words (properties_words) VALUES ('integrity-check')").await;
            let same = "SELECT count(*) FROM recipes AS row JOIN recipes_words AS word ON word.rowid = row.id \
                AND lower(word.title) = row.title_key";
            assert_eq!(server.number(same).await, server.number("SELECT count(*) FROM recipes").await);
        }
    }

    async fn an_edit_of_indexed_text_is_logged_once(server: Server) {
        server.patch("/api/properties/7/", json!({"title": "A logged title"})).await;
        assert_eq!(server.number("SELECT count(*) FROM change_log WHERE id = 7").await, 1);
        assert_eq!(server.number("SELECT version FROM properties WHERE id = 7").await, 2);
        server.sql("UPDATE properties SET view_count = view_count + 1 WHERE id = 7").await;
        assert_eq!(server.number("SELECT count(*) FROM change_log WHERE id = 7").await, 1);
        assert_eq!(server.number("SELECT version FROM properties WHERE id = 7").await, 2);
    }

    async fn recipes_are_found_by_their_tags(server: Server) {
        let tagged = server.number("SELECT count(*) FROM recipes WHERE tag_keys LIKE '%,weeknight,%'").await;
        let listed = server.get("/api/recipes/?q=weeknight").await.json();
        assert!(tagged > 5 && listed["count"] == tagged, "{tagged}: {listed}");
        server.patch("/api/recipes/7/", json!({"tags": ["For Grandmother"]})).await;
        assert_eq!(found(&server, "recipes", "grandmother").await, BTreeSet::from([7]));
        assert_eq!(server.get("/api/recipes/?tag=for_grandmother").await.json()["count"], 1);
        server.sql("UPDATE recipes SET tag_keys = ',' WHERE id = 7").await;
        assert!(found(&server, "recipes", "grandmother").await.is_empty());
    }

    async fn no_search_text_is_an_error(server: Server) {
        let long = "x".repeat(3_000);
        let many = "a%20".repeat(5_000);
        for q in [
            "%22", "%22%22", "'", "''--", "*", "a*", "*a", "AND", "OR%20NOT", "NEAR(a%20b)", "title:x", "-x", "%5E", "(", ")(", "%26", "%7C", "!", "%3A*",
            "a%3Ab", "a%26%26b", "%5C", "%5C'", "%25", "_", "%00", "a%00b", "%F0%9F%8F%A0", "%CC%81", "e%CC%81", "%E0%A4%95%E0%A4%BF", "%C2%BD", "%E2%80%8B",
            "%D9%A3", "%EF%BC%A1", "1e5", "1.5", "-5", "http://a.b/c", "a@b.c", "3-bedroom", "%7B%7D%5B%5D", "%3C-%3E", "%FF", &long, &many,
        ] {
            let paths = catalogue::schemas().into_iter().flat_map(|schema| {
                let name = schema.catalogue;
                [format!("/api/{name}/?q={q}"), format!("/api/{name}/facets/?q={q}"), format!("/{name}?q={q}")]
            });
            for path in paths {
                let status = server.get(&path).await.status;
                let shown = path.get(..60).unwrap_or(&path);
                assert!(matches!(status, StatusCode::OK | StatusCode::NOT_FOUND), "{status} {shown}");
            }
        }
    }

    async fn a_search_preserves_the_requested_order(server: Server) {
        let listed = server.get("/api/properties/?q=the&sort=price&page_size=50").await.json();
        let price = |row: &Value| row["price"].as_str().unwrap().parse::<f64>().unwrap();
        let prices: Vec<f64> = listed["results"].as_array().unwrap().iter().map(price).collect();
        assert!(prices.len() > 10 && prices.is_sorted(), "{prices:?}");
    }
}
