//! Of many cached filter pages, an edit turns only the touched ones into misses: those that it changes,
//! and those that show the row.

use ask::Ask;
use cache::{Beside, Origin};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use site::{AnyAsk, Similar};

use crate::{
    declared::{every_home, filters, rows},
    on_both,
};

/// A random filter, as a query and as conditions on a row.
struct Filter {
    path: String,
    min: i64,
    max: i64,
    bedrooms: i64,
    kind: Option<&'static str>,
    status: &'static str,
}

impl Filter {
    fn draw(random: &mut ChaCha8Rng) -> Self {
        let min = random.random_range(0..20) * 50_000;
        let max = min + random.random_range(1..10) * 50_000;
        let bedrooms = random.random_range(0..4);
        let kind = [None, Some("house"), Some("loft"), Some("condo")]
            .choose(random)
            .copied()
            .flatten();
        let status = ["active", "pending", "any"]
            .choose(random)
            .copied()
            .unwrap_or("any");
        let mut path = format!(
            "/api/properties/?min_price={min}&max_price={max}&bedrooms={bedrooms}&status={status}"
        );
        if let Some(kind) = kind {
            path += &format!("&property_type={kind}");
        }
        Self {
            path,
            min,
            max,
            bedrooms,
            kind,
            status,
        }
    }

    /// An independent implementation of the contract: brute force to compare with.
    fn holds_for(&self, home: &Value) -> bool {
        let price: f64 = home["price"].as_str().unwrap().parse().unwrap();
        let between = (self.min as f64..=self.max as f64).contains(&price);
        let status = home["status"].as_str().unwrap();
        between
            && home["bedrooms"].as_i64().unwrap() >= self.bedrooms
            && self.kind.is_none_or(|kind| home["property_type"] == kind)
            && (self.status == "any" || self.status == status)
    }
}

on_both! {
    async fn case_19_only_the_touched_ones_of_two_hundred_filter_pages_become_misses(server: Server) {
        let mut random = ChaCha8Rng::seed_from_u64(19);
        let filters: Vec<Filter> = (0..200).map(|_| Filter::draw(&mut random)).collect();
        let mut total_misses = 0;
        for edit in [
            json!({"price": "333000"}),
            json!({"price": "612000.50"}),
            json!({"bedrooms": 1}),
            json!({"status": "pending"}),
            json!({"status": "active", "price": "480000", "bedrooms": 4}),
        ] {
            let mut showing = Vec::new();
            for filter in &filters {
                let list = server.get(&filter.path).await.json();
                let mut shown = list["results"].as_array().unwrap().iter();
                showing.push(shown.any(|home| home["id"] == 7));
            }
            let before = server.get("/api/properties/7/").await.json();
            let after = server.patch("/api/properties/7/", edit).await.json();
            for (filter, shows) in filters.iter().zip(showing) {
                let answer = server.get(&filter.path).await;
                let missed = !answer.header("cache-status").starts_with("hearth-memory; hit");
                // Newest first: no edit here moves the home within a list.
                let touched = shows || filter.holds_for(&before) != filter.holds_for(&after);
                assert_eq!(missed, touched, "{} {before} {after}", filter.path);
                total_misses += usize::from(missed);
            }
        }
        // Some but not all, or the test proves nothing.
        assert!((20..500).contains(&total_misses), "{total_misses} misses of 1,000");
    }

    async fn an_edit_touches_a_list_if_it_shows_the_home_or_moves_it(server: Server) {
        // Home 7 is the oldest, so it is on the last page of the newest first.
        server.sql("UPDATE properties SET created_at = 0, status = 'active', price_cents = 40000000, bedrooms = 2
            WHERE id = 7").await;
        server.caught_up().await;
        let [newest, oldest, cheapest] = ["", "?sort=created_at", "?sort=price"].map(|it| format!("/api/properties/{it}"));
        let count = "/api/properties/count/?min_price=300000".to_owned();
        let facets = "/api/properties/facets/".to_owned();
        let all = [&newest, &oldest, &cheapest, &count, &facets];
        let touched = async |edit: &str| {
            for path in all {
                server.get(path).await;
            }
            server.sql(&format!("UPDATE properties SET {edit} WHERE id = 7")).await;
            server.caught_up().await;
            let mut touched = Vec::new();
            for path in all {
                let answer = server.get(path).await;
                if !answer.header("cache-status").starts_with("hearth-memory; hit") {
                    assert!(answer.header("cache-status").contains("detail=touched"), "{path}");
                    touched.push(path);
                }
            }
            touched
        };
        assert_eq!(touched("description = 'Another view'").await, [&oldest]);
        assert_eq!(touched("price_cents = 40000001").await, [&oldest, &cheapest, &facets]);
        assert_eq!(touched("bedrooms = 3").await, [&oldest, &facets]);
        assert_eq!(touched("price_cents = 29999999").await, [&oldest, &cheapest, &count, &facets]);
        assert_eq!(touched("status = 'sold'").await, [&newest, &oldest, &cheapest, &facets]);
        // Where it is counted now, among homes by their status, the price does not matter.
        assert!(touched("price_cents = 31000000").await.is_empty());
        assert_eq!(touched("status = 'active'").await, [&newest, &oldest, &cheapest, &count, &facets]);
        assert_eq!(touched("created_at = 1").await, [&newest, &oldest]);
    }

    async fn after_any_edit_every_cached_answer_is_what_the_database_says(server: Server) {
        let mut random = ChaCha8Rng::seed_from_u64(18);
        let mut asks = Vec::new();
        let mut tables = Vec::new();
        for catalogue in catalogue::all() {
            let (name, rows) = (catalogue.name(), rows(&server, catalogue).await);
            for _ in 0..30 {
                let (filters, _) = filters(catalogue, &rows, &mut random);
                let sort = catalogue.sorts.choose(&mut random).unwrap().choice;
                let (size, page) = (random.random_range(1..=20), random.random_range(1..=3));
                let query = format!("sort={sort}&page_size={size}&page={page}&{filters}");
                for kind in ["", "count/", "facets/"] {
                    asks.push(AnyAsk::parse(&format!("/api/{name}/{kind}"), &query).unwrap());
                }
            }
            asks.extend(AnyAsk::examples(catalogue.schema));
            tables.push((catalogue, rows.len()));
        }
        for home in every_home(&server).await.iter().take(20) {
            asks.extend(Similar::to(home).map(AnyAsk::from));
        }
        let (mut valid, mut touched) = (0, 0);
        for number in 0..48 {
            let id = random.random_range(1..=600);
            // What editors of any catalogue do: another name, a value that another row has, a row that is gone.
            let (catalogue, count) = *tables.choose(&mut random).unwrap();
            let (table, row) = (catalogue.name(), random.random_range(1..=count));
            let columns = catalogue.filters.iter().map(|filter| filter.column);
            let is_written = |column: &&str| catalogue.column(column).is_some_and(|column| column.sum_of.is_empty());
            let columns: Vec<&str> = columns.filter(is_written).collect();
            let column = columns.choose(&mut random).unwrap();
            let edit = match number % 12 {
                0 => format!("UPDATE properties SET price_cents = {} WHERE id = {id}", random.random_range(100..900) * 100_000),
                1 => format!("UPDATE properties SET description = 'Edit {number}' WHERE id = {id}"),
                2 => format!("UPDATE properties SET status = CASE status WHEN 'active' THEN 'sold' ELSE 'active' END WHERE id = {id}"),
                3 => format!("UPDATE properties SET bedrooms = {} WHERE id = {id}", random.random_range(0..6)),
                4 => format!("UPDATE properties SET created_at = {} WHERE id = {id}", random.random_range(0..1_000) * 1_000_000_000_i64),
                5 => format!("UPDATE locations SET city = upper(city) WHERE id = (SELECT location_id FROM properties WHERE id = {id})"),
                6 => format!("UPDATE agents SET phone = 'Phone {number}' WHERE id = (SELECT agent_id FROM properties WHERE id = {id})"),
                7 => format!("UPDATE properties SET location_id = 1 + location_id % 20 WHERE id = {id}"),
                8 => format!("UPDATE {table} SET {} = 'Row {number}' WHERE id = {row}", catalogue.named[0]),
                9 | 10 => format!("UPDATE {table} SET {column} = (SELECT {column} FROM {table} WHERE id = {}) WHERE id = {row}",
                    random.random_range(1..=count)),
                _ => format!("DELETE FROM properties WHERE id = {id}"),
            };
            for ask in &asks {
                server.tiers.answer(ask).await.ok().unwrap();
            }
            server.sql(&edit).await;
            server.caught_up().await;
            for ask in &asks {
                let fresh = server.store.load(ask, Beside::nothing()).await.unwrap();
                match server.tiers.cached(ask) {
                    Some(cached) => {
                        let texts = [cached.entry.body.content(), fresh.body.content()];
                        assert_eq!(texts[0], texts[1], "{} after {edit}", ask.url());
                        valid += 1;
                    }
                    None => touched += 1,
                }
            }
        }
        // Both, or the test proves nothing.
        assert!(valid > 1_000 && touched > 400, "{valid} answers stayed valid, {touched} did not");
    }
}
