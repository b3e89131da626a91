//! SQL and Rust agree on the rows that a filter matches, and on their order.

use catalogue::{
    Encoding, Image, Listing, Predicate, Row, Value,
    normalizer::{normalize, token},
    properties::{PROPERTIES, Property, STATUSES, TYPES},
    recipes::{COURSES, DIFFICULTIES, RECIPES, Recipe},
};
use rand::{Rng, SeedableRng, seq::IndexedRandom};

use crate::{on_both, support::Server};

const ROUNDS: usize = 150;

/// The columns of a recipe that predicates test, from what the API shows.
fn image_of_recipe(recipe: &serde_json::Value) -> Image {
    let cells = RECIPES.columns.iter().map(|column| {
        let mut shown = RECIPES.fields.iter().filter(|field| field.table.is_none());
        let Some(field) = shown.find(|field| field.column == column.name) else {
            return Value::Null;
        };
        match (field.encoding, field.of(recipe)) {
            (Encoding::Terms, terms) => {
                let terms = terms.as_array().unwrap().iter();
                let all = terms.fold(String::from(","), |all, term| {
                    all + term.as_str().unwrap() + ","
                });
                Value::Text(all)
            }
            (Encoding::Integer, number) => Value::Integer(number.as_i64().unwrap()),
            (Encoding::Text, text) => Value::Text(text.as_str().unwrap().to_owned()),
            _ => Value::Null,
        }
    });
    Image::new(cells.collect())
}

pub(crate) async fn everything(server: &Server) -> Vec<Property> {
    let mut all = Vec::new();
    let mut next = Some("/api/properties/?page_size=100&status=any".to_owned());
    while let Some(path) = next {
        let page: Listing<Property> =
            serde_json::from_slice(&server.get(&path).await.body).unwrap();
        all.extend(page.results);
        next = page.next;
    }
    all
}

fn image(home: &Property) -> Image {
    let cents: i64 = home.price.replace('.', "").parse().unwrap();
    Image::new(vec![
        Value::Text(token(&home.location.city)),
        Value::Text(token(&home.location.state)),
        Value::Text(home.property_type.clone()),
        Value::Text(home.status.clone()),
        Value::Integer(cents),
        Value::Integer(home.bedrooms),
        Value::Integer((home.bathrooms * 4.0) as i64),
    ])
}

pub(crate) fn random_query(rng: &mut impl Rng, homes: &[Property]) -> String {
    let mut parts = vec!["page_size=100".to_owned()];
    let some = |rng: &mut _| -> Property { IndexedRandom::choose(homes, rng).unwrap().clone() };
    if rng.random_bool(0.5) {
        parts.push(
            format!(
                "city={},{}",
                some(rng).location.city,
                some(rng).location.city
            )
            .replace(' ', "+"),
        );
    }
    if rng.random_bool(0.2) {
        parts.push(format!("state={}", some(rng).location.state).replace(' ', "%20"));
    }
    if rng.random_bool(0.5) {
        parts.push(format!("type={}", TYPES.choose(rng).unwrap()));
    }
    if rng.random_bool(0.3) {
        parts.push(format!("status={}", STATUSES.choose(rng).unwrap()));
    }
    // Disagreements would show where a bound equals a row's value.
    if rng.random_bool(0.4) {
        parts.push(format!("min_price={}", some(rng).price));
    } else if rng.random_bool(0.4) {
        parts.push(format!("max_price={}", some(rng).price));
    }
    if rng.random_bool(0.4) {
        parts.push(format!("beds={}", rng.random_range(0..6)));
    }
    if rng.random_bool(0.4) {
        parts.push(format!(
            "baths={}",
            f64::from(rng.random_range(0..30)) / 8.0
        ));
    }
    parts.join("&")
}

on_both! {
    async fn lists_hold_exactly_the_rows_of_their_predicate(server: Server) {
        let homes = everything(&server).await;
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(7);
        let mut matched = 0;
        for _ in 0..ROUNDS {
            let raw = random_query(&mut rng, &homes);
            let query = normalize(&catalogue::properties::SCHEMA, &raw).unwrap();
            let predicate = Predicate::new(&PROPERTIES, &query);
            let mut expect: Vec<&Property> = homes.iter().filter(|home| predicate.holds_for(&image(home))).collect();
            expect.sort_by(|a, b| (&b.created_at, b.id).cmp(&(&a.created_at, a.id)));
            let answer = server.get(&format!("/api/properties/?{raw}")).await;
            let page: Listing<Property> = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(page.count as usize, expect.len(), "{raw}");
            let expect: Vec<i64> = expect.iter().take(100).map(|home| home.id).collect();
            let got: Vec<i64> = page.results.iter().map(|home| home.id).collect();
            assert_eq!(got, expect, "{raw}");
            matched += got.len();
        }
        assert!(matched > ROUNDS, "the queries match too few rows");
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

    async fn the_same_recipes_match_in_sql_and_in_rust(server: Server) {
        let mut recipes: Vec<serde_json::Value> = Vec::new();
        let mut next = Some("/api/recipes/?page_size=100".to_owned());
        while let Some(path) = next {
            let page = server.get(&path).await.json();
            recipes.extend(page["results"].as_array().unwrap().iter().cloned());
            next = page["next"].as_str().map(str::to_owned);
        }
        let _: Vec<Recipe> = recipes.iter().map(|row| serde_json::from_value(row.clone()).unwrap()).collect();
        let terms = |name: &str| -> Vec<String> {
            let all = recipes.iter().flat_map(|row| row[name].as_array().unwrap());
            all.map(|term| term.as_str().unwrap().to_owned()).collect()
        };
        let (ingredients, diets, tags) = (terms("ingredients"), terms("diets"), terms("tags"));
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(18);
        let (mut found, mut excluding) = (0, 0);
        for _ in 0..ROUNDS {
            let mut raw = Vec::new();
            let some = |rng: &mut rand_chacha::ChaCha8Rng, from: &[String]| {
                let count = rng.random_range(1..4);
                (0..count).map(|_| from.choose(rng).unwrap().clone()).collect::<Vec<_>>().join(",")
            };
            for (name, from, chance) in [("without", &ingredients, 0.7), ("ingredients", &ingredients, 0.2), ("diet", &diets, 0.3), ("tag", &tags, 0.3)] {
                if rng.random_bool(chance) {
                    raw.push(format!("{name}={}", some(&mut rng, from)));
                }
            }
            if rng.random_bool(0.3) {
                raw.push(format!("course={}", COURSES.choose(&mut rng).unwrap()));
            }
            if rng.random_bool(0.3) {
                raw.push(format!("difficulty={}", DIFFICULTIES.choose(&mut rng).unwrap()));
            }
            if rng.random_bool(0.4) {
                raw.push(format!("max_total_time={}", rng.random_range(10..120)));
            }
            if rng.random_bool(0.2) {
                raw.push(format!("max_prep_time={}", rng.random_range(5..60)));
            }
            let raw = raw.join("&");
            let query = normalize(Recipe::SCHEMA, &raw).unwrap();
            let predicate = Predicate::new(&RECIPES, &query);
            let expect = recipes.iter().filter(|row| predicate.holds_for(&image_of_recipe(row))).count();
            let got = server.get(&format!("/api/recipes/?{raw}")).await.json();
            assert_eq!(got["count"], expect, "{raw}");
            found += expect;
            excluding += usize::from(query.is_set("without") && expect > 0);
        }
        assert!(found > 300 && excluding > 20, "{found} rows, {excluding} with something left out");
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
