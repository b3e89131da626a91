//! Of many cached filter pages, an edit turns only the touched ones into misses.

use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::on_both;

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
            for filter in &filters {
                server.get(&filter.path).await;
            }
            let before = server.get("/api/properties/7/").await.json();
            let after = server.patch("/api/properties/7/", edit).await.json();
            for filter in &filters {
                let answer = server.get(&filter.path).await;
                let missed = !answer.header("cache-status").starts_with("hearth-memory; hit");
                let touched = filter.holds_for(&before) || filter.holds_for(&after);
                assert_eq!(missed, touched, "{} {before} {after}", filter.path);
                total_misses += usize::from(missed);
            }
        }
        // Some but not all, or the test proves nothing.
        assert!((20..500).contains(&total_misses), "{total_misses} misses of 1,000");
    }
}
