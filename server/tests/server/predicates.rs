//! SQL and Rust agree on the rows that a filter matches, and on their order.

use std::collections::HashMap;

use catalogue::{
    Listing, Predicate, Test,
    normalizer::{normalize, token},
};
use rand::{SeedableRng, seq::IndexedRandom};
use serde_json::Value;

use crate::{
    declared::{Shown, filters, order, rows},
    on_both,
};

const ROUNDS: usize = 120;

on_both! {
    async fn lists_hold_exactly_the_rows_of_their_predicate(server: Server) {
        for catalogue in catalogue::all() {
            let name = catalogue.name();
            let rows = rows(&server, catalogue).await;
            let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(7);
            // How many queries with each filter found something.
            let mut found: HashMap<&str, usize> = HashMap::new();
            for _ in 0..ROUNDS {
                let (raw, query) = filters(catalogue, &rows, &mut random);
                let sort = catalogue.sorts.choose(&mut random).unwrap();
                let raw = format!("page_size=100&sort={}&{raw}", sort.choice);
                let predicate = Predicate::new(catalogue, &query);
                let mut expect: Vec<&Shown> = rows.iter().filter(|row| predicate.holds_for(&row.image)).collect();
                expect.sort_by(|one, other| order(catalogue, sort, one, other));
                let answer = server.get(&format!("/api/{name}/?{raw}")).await;
                let page: Listing<Value> = serde_json::from_slice(&answer.body).unwrap();
                assert_eq!(page.count as usize, expect.len(), "{name} {raw}");
                let expect: Vec<i64> = expect.iter().take(100).map(|row| row.id).collect();
                let got: Vec<i64> = page.results.iter().map(|row| row["id"].as_i64().unwrap()).collect();
                assert_eq!(got, expect, "{name} {raw}");
                for filter in catalogue.filters.iter().filter(|it| !got.is_empty() && query.is_set(it.parameter)) {
                    *found.entry(filter.parameter).or_default() += 1;
                }
            }
            for filter in catalogue.filters {
                let times = found.get(filter.parameter).copied().unwrap_or_default();
                assert!(times >= 5, "{name}: {times} queries with {} found something", filter.parameter);
            }
        }
    }

    async fn an_option_of_a_facet_counts_the_rows_that_choosing_it_leaves(server: Server) {
        for catalogue in catalogue::all() {
            let name = catalogue.name();
            let rows = rows(&server, catalogue).await;
            let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(5);
            let mut counted = 0;
            for _ in 0..ROUNDS / 4 {
                let (raw, query) = filters(catalogue, &rows, &mut random);
                let matching = |raw: &str| {
                    let query = normalize(catalogue.schema, raw).unwrap();
                    let predicate = Predicate::new(catalogue, &query);
                    rows.iter().filter(|row| predicate.holds_for(&row.image)).count() as u64
                };
                let answer = server.get(&format!("/api/{name}/facets/?{raw}")).await.json();
                assert_eq!(answer["count"], matching(query.as_str()), "{name} {raw}");
                for facet in catalogue.facets {
                    let filter = catalogue.filters_of(facet).next().unwrap();
                    let offered = answer["facets"].as_array().unwrap().iter().find(|it| it["name"] == facet.name).unwrap();
                    for option in offered["options"].as_array().into_iter().flatten() {
                        let value = option["value"].as_str().unwrap();
                        // Of several terms all must hold; another value, or another bound, replaces the one that is set.
                        let chosen: Vec<&str> = match filter.test {
                            Test::AllOf => query.set(filter.parameter).chain([value]).collect(),
                            _ => vec![value],
                        };
                        let others = query.pairs().filter(|(name, _)| *name != filter.parameter);
                        let pairs = others.map(|(name, value)| format!("{name}={value}"));
                        let pairs: Vec<String> = pairs.chain([format!("{}={}", filter.parameter, chosen.join(","))]).collect();
                        // A bound beyond the other end of the range leaves nothing.
                        let expect = normalize(catalogue.schema, &pairs.join("&")).map_or(0, |query| matching(query.as_str()));
                        assert_eq!(option["count"], expect, "{name} {raw}: {} {value}", facet.name);
                        counted += expect;
                    }
                }
            }
            assert!(counted > 500, "{name}: {counted} rows were counted");
        }
    }

    async fn keys_made_by_sql_equal_the_normalizers(server: Server) {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(3);
        let names = ["St. Louis", "Winston-Salem", "  Two   Words ", "under_score", "Cañon City", "ÅNGSTRÖM", "Ｗｉｄｅ",
            "SAN JOSÉ", "San Jose\u{301}", "Łódź", "Tromsø", "STRAẞE", "İstanbul", "ΟΔΟΣ", "Йошкар-Ола", "か\u{3099}",
            "\u{1112}\u{1161}\u{11AB}", "q\u{307}\u{323}\u{5B0}\u{301}", "Coeur d’Alene", "a, b", "\u{2003}x\u{2028}"];
        let names = names.map(str::to_owned).into_iter().chain((0..400).map(|_| random_name(&mut rng)));
        for name in names {
            let quoted = name.replace('\'', "''");
            server.sql(&format!("UPDATE locations SET city = '{quoted}' WHERE id = 1")).await;
            let expect = token(&name);
            let keyed = expect.replace('\'', "''");
            let keyed = format!("SELECT count(*) FROM locations WHERE id = 1 AND city_key = '{keyed}'");
            assert_eq!(server.number(&keyed).await, 1, "{name:?} ({}) is {expect:?}", name.escape_unicode());
            assert_eq!(token(&expect), expect, "{name:?}");
        }
    }

    async fn states_are_found_by_their_codes(server: Server) {
        server.sql("UPDATE locations SET state = 'CA' WHERE state = 'California' AND id % 2 = 0").await;
        let count = async |address: &str| server.get(address).await.json()["count"].as_u64();
        let all = count("/api/properties/?state=California").await;
        assert!(all > Some(0));
        assert_eq!(count("/api/properties/?state=ca").await, all);
        let homes = server.number("SELECT count(*) FROM properties JOIN locations ON locations.id = location_id
            WHERE status = 'active' AND state IN ('CA', 'California')").await;
        assert_eq!(all, u64::try_from(homes).ok());
    }

    async fn places_are_called_as_their_rows_spell_them(server: Server) {
        server.sql("UPDATE locations SET city = 'Winston-Salem' WHERE id = 1").await;
        server.sql("UPDATE locations SET city = 'Coeur d''Alene' WHERE id = 2").await;
        server.sql("UPDATE properties SET location_id = 1, status = 'active' WHERE id < 4").await;
        server.sql("UPDATE properties SET location_id = 2, status = 'active' WHERE id BETWEEN 4 AND 6").await;
        for (address, heading) in [
            ("/properties?city=winston_salem", "Homes in Winston-Salem"),
            ("/properties?city=COEUR+D%E2%80%99ALENE", "Homes in Coeur d&#x27;Alene"),
            ("/properties?city=san+jose", "Homes in San José"),
            ("/properties?state=ca&max_price=450k&beds=2", "Homes in California with 2 or more bedrooms up to $450,000"),
        ] {
            let page = server.get(address).await.text();
            let heading = format!("<h1>{heading}</h1>");
            let found = page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next());
            assert!(page.contains(&heading) || page.contains(&heading.replace("&#x27;", "'")), "{address}: {found:?}");
        }
        // A new spelling is an edit of the homes there.
        server.sql("UPDATE locations SET city = 'WINSTON-SALEM' WHERE id = 1").await;
        server.caught_up().await;
        let facets = server.get("/api/properties/facets/?city=winston-salem").await.text();
        assert!(facets.contains("\"label\":\"WINSTON-SALEM\""), "{facets}");
    }

    async fn studios_and_exact_numbers_of_rooms_can_be_had(server: Server) {
        server.sql("UPDATE properties SET bedrooms = 0, quarter_baths = 7, status = 'active' WHERE id IN (7, 8)").await;
        let list = server.get("/api/properties/?max_beds=0&page_size=100").await.json();
        let homes = list["results"].as_array().unwrap();
        assert!(homes.len() >= 2 && homes.iter().all(|home| home["bedrooms"] == 0), "{list}");
        let exact = server.get("/api/properties/?bathrooms=1.75&max_bathrooms=1.75&max_bedrooms=0").await.json();
        assert_eq!(exact["count"], 2);
        assert_eq!(exact["results"][0]["bathrooms"], 1.75);
        assert_eq!(server.get("/api/properties/?beds=2&max_bedrooms=1").await.status, 400);
        let two = server.get("/api/properties/?beds=2&max_bedrooms=2").await.json();
        let facets = server.get("/api/properties/facets/?beds=2&max_bedrooms=2").await.json();
        assert_eq!(facets["count"], two["count"]);
        let options = facets["facets"][1]["options"].as_array().unwrap();
        let at = |value: &str| options.iter().find(|it| it["value"] == value).unwrap()["count"].as_u64().unwrap();
        assert_eq!(Some(at("2")), two["count"].as_u64());
        assert_eq!(at("3"), 0);
        assert!(at("0") > at("2"));
    }

    async fn keys_of_recipes_are_tokens_whoever_writes_them(server: Server) {
        server.sql("UPDATE recipes SET cuisine = 'Crème Brûlée', diet_keys = ',Très Léger,,VEGAN,', ingredient_keys = 'Œuf,\"Sel\"'
            WHERE id = 1").await;
        let recipe = server.get("/api/recipes/1/").await.json();
        assert_eq!(recipe["cuisine"], "creme-brulee");
        assert_eq!(recipe["diets"], serde_json::json!(["tres-leger", "vegan"]));
        assert_eq!(recipe["ingredients"], serde_json::json!(["oeuf", "\"sel\""]));
        let found = server.get("/api/recipes/?cuisine=Cr%C3%A8me+Br%C3%BBl%C3%A9e&diet=tr%C3%A8s+l%C3%A9ger&ingredients=%C5%93uf").await.json();
        assert_eq!(found["count"], 1);
    }
}

/// A name of letters and marks from all over Unicode.
fn random_name(rng: &mut impl rand::Rng) -> String {
    // Without those that are newer than PostgreSQL's Unicode.
    const BLOCKS: [(u32, u32); 15] = [
        (0x20, 0x7E),
        (0xA0, 0x24F),
        (0x250, 0x36F),
        (0x300, 0x36F),
        (0x300, 0x345),
        (0x370, 0x556),
        (0x600, 0x10FF),
        (0x1100, 0x11FF),
        (0x1E00, 0x1FFF),
        (0x2000, 0x209C),
        (0x20A0, 0x2BFF),
        (0x3000, 0x33FF),
        (0xAC00, 0xD7A3),
        (0xF900, 0xFFEF),
        (0x1D400, 0x1D7FF),
    ];
    let length = rng.random_range(1..12);
    let mut name = String::new();
    while name.chars().count() < length {
        let (from, to) = BLOCKS[rng.random_range(0..BLOCKS.len())];
        let letter = char::from_u32(rng.random_range(from..=to)).filter(|c| *c != '\u{FDD0}');
        name.extend(letter);
    }
    name
}
