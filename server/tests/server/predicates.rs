//! SQL and Rust agree on the rows that a filter matches, and on their order.

use catalogue::{
    Image, Listing, Predicate, Value,
    normalizer::{normalize, token},
    properties::{PROPERTIES, Property, STATUSES, TYPES},
};
use rand::{Rng, SeedableRng, seq::IndexedRandom};

use crate::{on_both, support::Server};

const ROUNDS: usize = 150;

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
        Value::Integer((home.bathrooms * 2.0) as i64),
    ])
}

fn random_query(rng: &mut impl Rng, homes: &[Property]) -> String {
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
        let names = ["St. Louis", "Winston-Salem", "  Two   Words ", "under_score", "Cañon City", "ÅNGSTRÖM", "Ｗｉｄｅ"];
        for name in names {
            // SQLite folds ASCII only; there the server writes other keys itself.
            if server.on() == crate::support::On::Sqlite && !name.is_ascii() {
                continue;
            }
            server.sql(&format!("UPDATE locations SET city = '{name}' WHERE id = 1")).await;
            let keyed = format!("SELECT count(*) FROM locations WHERE id = 1 AND city_key = '{}'", token(name));
            assert_eq!(server.number(&keyed).await, 1, "{name}");
        }
    }
}
