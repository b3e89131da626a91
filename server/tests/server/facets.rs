//! Facets: compared with brute force, touched by edits that change them, and counted from an index.

use std::collections::{BTreeMap, HashMap};

use catalogue::normalizer::token;
use hearth::store::Amounts;
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::{
    declared::{any, filters, is_of_terms, listed, rows},
    on_both,
    support::{On, Server},
};

const TYPES: [&str; 6] = [
    "apartment",
    "condo",
    "cottage",
    "house",
    "loft",
    "townhouse",
];
const STATUSES: [&str; 4] = ["active", "pending", "sold", "withdrawn"];

/// Random filters on homes. Implements the contract independently, to compare with.
#[derive(Default)]
struct Filters {
    cities: Vec<String>,
    states: Vec<String>,
    kinds: Vec<&'static str>,
    /// Empty means any.
    statuses: Vec<&'static str>,
    min: Option<i64>,
    max: Option<i64>,
    bedrooms: i64,
    bathrooms: i64,
}

fn some<T: Clone>(random: &mut ChaCha8Rng, of: &[T], chance: f64) -> Vec<T> {
    let mut chosen = Vec::new();
    if random.random_bool(chance) {
        let count = random.random_range(1..=2);
        chosen = of.choose_multiple(random, count).cloned().collect();
    }
    chosen
}

impl Filters {
    fn draw(random: &mut ChaCha8Rng, homes: &[Value]) -> Self {
        let place = |home: &Value, what: &str| home["location"][what].as_str().unwrap().to_owned();
        let homes: Vec<&Value> = homes.choose_multiple(random, 3).collect();
        let cities: Vec<String> = homes.iter().map(|home| place(home, "city")).collect();
        let states: Vec<String> = homes.iter().map(|home| place(home, "state")).collect();
        let min = random
            .random_bool(0.4)
            .then(|| random.random_range(2..9) * 50_000);
        let max = random
            .random_bool(0.4)
            .then(|| random.random_range(9..30) * 50_000);
        Self {
            cities: some(random, &cities, 0.3),
            states: some(random, &states, 0.2),
            kinds: some(random, &TYPES, 0.4),
            statuses: some(random, &STATUSES, 0.6),
            min,
            max,
            bedrooms: random.random_range(0..4),
            bathrooms: random.random_range(0..3),
        }
    }

    fn raw(&self) -> String {
        let status = match self.statuses.as_slice() {
            [] => "any".to_owned(),
            some => some.join(","),
        };
        let mut raw = format!(
            "status={status}&bedrooms={}&bathrooms={}",
            self.bedrooms, self.bathrooms
        );
        let escaped = |all: &[String]| all.join(",").replace(' ', "%20");
        for (name, value) in [
            ("city", escaped(&self.cities)),
            ("state", escaped(&self.states)),
            ("property_type", self.kinds.join(",")),
            (
                "min_price",
                self.min.map(|n| n.to_string()).unwrap_or_default(),
            ),
            (
                "max_price",
                self.max.map(|n| n.to_string()).unwrap_or_default(),
            ),
        ] {
            raw += &format!("&{name}={value}");
        }
        raw
    }

    /// The names of the facets that a home fails.
    fn failed(&self, home: &Value) -> Vec<&'static str> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let price = price(home);
        let within = |all: &[String], what: &str| {
            all.is_empty() || all.contains(&text(&home["location"][what]))
        };
        let one_of = |all: &[&str], what: &str| {
            all.is_empty() || all.contains(&home[what].as_str().unwrap())
        };
        let facets = [
            (
                "price",
                self.min.is_none_or(|min| price >= min as f64)
                    && self.max.is_none_or(|max| price <= max as f64),
            ),
            (
                "bedrooms",
                home["bedrooms"].as_i64().unwrap() >= self.bedrooms,
            ),
            (
                "bathrooms",
                home["bathrooms"].as_f64().unwrap() >= self.bathrooms as f64,
            ),
            ("property_type", one_of(&self.kinds, "property_type")),
            ("city", within(&self.cities, "city")),
            ("state", within(&self.states, "state")),
            ("status", one_of(&self.statuses, "status")),
        ];
        let failed = facets.into_iter().filter(|(_, holds)| !holds);
        failed.map(|(name, _)| name).collect()
    }

    /// For which value of a facet a home is counted; `None` if it is not.
    fn counts<'a>(&self, facet: &str, home: &'a Value) -> Option<&'a Value> {
        let is_counted = self.failed(home).iter().all(|failed| *failed == facet);
        let value = match facet {
            "city" | "state" => &home["location"][facet],
            _ => &home[facet],
        };
        is_counted.then_some(value)
    }

    /// The homes that meet all filters except, possibly, the facet's own.
    fn under_others<'a>(&self, facet: &str, homes: &'a [Value]) -> Vec<&'a Value> {
        let met = homes
            .iter()
            .filter(|home| self.failed(home).iter().all(|failed| *failed == facet));
        met.collect()
    }
}

fn price(home: &Value) -> f64 {
    home["price"].as_str().unwrap().parse().unwrap()
}

fn key(name: &str) -> String {
    token(name)
}

async fn every_row(server: &Server, name: &str) -> Vec<Value> {
    let any = any(catalogue::by_name(name).unwrap());
    listed(server, format!("/api/{name}/?page_size=100{any}")).await
}

async fn facets(server: &Server, catalogue: &str, raw: &str) -> Value {
    let path = format!("/api/{catalogue}/facets/?{raw}");
    server.get(&path).await.json()
}

/// A facet of the answer, and its options as pairs of value and count.
fn options(answer: &Value, name: &str) -> (Value, Vec<(String, u64)>) {
    let all = answer["facets"].as_array().unwrap();
    let facet = all.iter().find(|facet| facet["name"] == name).unwrap();
    let options = facet["options"].as_array().cloned().unwrap_or_default();
    let pair = |option: &Value| {
        let value = option["value"].as_str().unwrap().to_owned();
        (value, option["count"].as_u64().unwrap())
    };
    (facet.clone(), options.iter().map(pair).collect())
}

fn count<'a>(homes: &[&'a Value], holds: impl Fn(&'a Value) -> bool) -> u64 {
    homes.iter().filter(|home| holds(home)).count() as u64
}

const FACETS: [&str; 7] = [
    "price",
    "bedrooms",
    "bathrooms",
    "property_type",
    "city",
    "state",
    "status",
];

on_both! {
    async fn facets_of_homes_equal_brute_force(server: Server) {
        let homes = every_row(&server, "properties").await;
        assert_eq!(homes.len(), 600);
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let (mut seen, mut with_a_scale) = (0, 0);
        for _ in 0..60 {
            let filters = Filters::draw(&mut random, &homes);
            let raw = filters.raw();
            let answer = facets(&server, "properties", &raw).await;
            let all = count(&homes.iter().collect::<Vec<_>>(), |home| filters.failed(home).is_empty());
            assert_eq!(answer["count"], all, "{raw}");
            for name in ["property_type", "status"] {
                let homes = filters.under_others(name, &homes);
                let (facet, options) = options(&answer, name);
                assert_eq!(facet["total"], homes.len() as u64, "{raw} {name}");
                for (value, counted) in options {
                    assert_eq!(counted, count(&homes, |home| home[name] == *value), "{raw} {name}={value}");
                    seen += counted;
                }
            }
            for name in ["bedrooms", "bathrooms"] {
                let homes = filters.under_others(name, &homes);
                for (value, counted) in options(&answer, name).1 {
                    let least: f64 = value.parse().unwrap();
                    let expect = count(&homes, |home| home[name].as_f64().unwrap() >= least);
                    assert_eq!(counted, expect, "{raw} {name}={value}");
                }
            }
            for (name, most, chosen) in [("city", 10, &filters.cities), ("state", 6, &filters.states)] {
                let homes = filters.under_others(name, &homes);
                let mut all: HashMap<String, u64> = HashMap::new();
                for home in &homes {
                    *all.entry(key(home["location"][name].as_str().unwrap())).or_default() += 1;
                }
                let options = options(&answer, name).1;
                for (value, counted) in &options {
                    assert_eq!(all.get(value).copied().unwrap_or_default(), *counted, "{raw} {name}={value}");
                }
                for chosen in chosen {
                    assert!(options.iter().any(|(value, _)| *value == key(chosen)), "{raw} {chosen}");
                }
                let mut ranked: Vec<u64> = all.values().copied().collect();
                ranked.sort_unstable_by(|one, other| other.cmp(one));
                let first: Vec<u64> = options.iter().take(most).map(|(_, counted)| *counted).collect();
                assert_eq!(first[..most.min(ranked.len())], ranked[..most.min(ranked.len())], "{raw} {name}");
            }
            let homes = filters.under_others("price", &homes);
            let (facet, _) = options(&answer, "price");
            assert_eq!(facet["total"], homes.len() as u64, "{raw}");
            let Some(marks) = facet["scale"]["marks"].as_array() else {
                assert!(homes.is_empty(), "{raw}");
                continue;
            };
            let counts = facet["scale"]["counts"].as_array().unwrap();
            assert_eq!(marks.len(), counts.len() + 1);
            for (pair, counted) in marks.windows(2).zip(counts) {
                let (low, high) = (pair[0].as_f64().unwrap(), pair[1].as_f64().unwrap());
                assert!(low < high);
                let expect = count(&homes, |home| (low..high).contains(&price(home)));
                assert_eq!(*counted, expect, "{raw} {low}..{high}");
            }
            let most = counts.iter().filter_map(Value::as_u64).max().unwrap();
            assert!(counts.len() <= 24 && most <= homes.len() as u64 / 24 * 2 + 6, "{raw}: uneven bars: {counts:?}");
            with_a_scale += 1;
        }
        assert!(seen > 1_000 && with_a_scale > 40, "the queries found {seen} homes, {with_a_scale} scales");
    }

    async fn facets_of_recipes_equal_brute_force(server: Server) {
        let recipes = every_row(&server, "recipes").await;
        let has = |recipe: &Value, what: &str, term: &str| {
            recipe[what].as_array().unwrap().iter().any(|held| held == term)
        };
        let none: &[&str] = &[];
        let mut seen = 0;
        for (cuisine, diet, minutes, course, without) in [
            (None, None, 100_000, None, none),
            (Some("thai"), None, 30, None, none),
            (None, Some("vegan"), 100_000, Some("main"), &["garlic"]),
            (Some("greek"), Some("vegetarian"), 25, None, &["tomatoes", "lemon"]),
            (None, None, 20, None, &["onion", "nothing-that-is"]),
            (None, Some("keto"), 100_000, Some("salad"), &["shrimp"]),
        ] {
            let raw = format!(
                "cuisine={}&diet={}&max_prep_time={minutes}&max_total_time={}&course={}&without={}",
                cuisine.unwrap_or_default(), diet.unwrap_or_default(), (minutes * 3).min(100_000), course.unwrap_or_default(), without.join(",")
            );
            let answer = facets(&server, "recipes", &raw).await;
            let minutes_of = |recipe: &Value, which: &str| recipe[which].as_i64().unwrap();
            let met = |recipe: &Value, but: &str| {
                (but == "cuisine" || cuisine.is_none_or(|cuisine| recipe["cuisine"] == cuisine))
                    && diet.is_none_or(|diet| has(recipe, "diets", diet))
                    && (but == "max_prep_time" || minutes_of(recipe, "prep_time") <= minutes)
                    && (but == "max_total_time" || minutes_of(recipe, "total_time") <= minutes * 3)
                    && (but == "course" || course.is_none_or(|course| recipe["course"] == course))
                    && !without.iter().any(|term| has(recipe, "ingredients", term))
            };
            let counted = |but: &str, holds: &dyn Fn(&Value) -> bool| {
                recipes.iter().filter(|recipe| met(recipe, but) && holds(recipe)).count() as u64
            };
            assert_eq!(answer["count"], counted("", &|_| true), "{raw}");
            seen += answer["count"].as_u64().unwrap();
            let list = server.get(&format!("/api/recipes/?{raw}")).await.json();
            assert_eq!(list["count"], answer["count"], "{raw}");
            for (value, count) in options(&answer, "course").1 {
                assert_eq!(count, counted("course", &|recipe| recipe["course"] == *value), "{raw} {value}");
            }
            for (value, count) in options(&answer, "max_total_time").1 {
                let most: i64 = value.parse().unwrap();
                assert_eq!(count, counted("max_total_time", &|recipe| minutes_of(recipe, "total_time") <= most), "{raw}");
            }
            for (value, count) in options(&answer, "cuisine").1 {
                assert_eq!(count, counted("cuisine", &|recipe| recipe["cuisine"] == *value), "{raw} {value}");
            }
            for (value, count) in options(&answer, "max_prep_time").1 {
                let most: i64 = value.parse().unwrap();
                assert_eq!(count, counted("max_prep_time", &|recipe| recipe["prep_time"].as_i64().unwrap() <= most), "{raw}");
            }
            // A diet or an ingredient is added to those already chosen.
            for (name, field) in [("diet", "diets"), ("ingredients", "ingredients"), ("tag", "tags")] {
                let options = options(&answer, name).1;
                assert!(!options.is_empty() || answer["count"] == 0, "{raw} {name}");
                for (value, count) in options {
                    assert_eq!(count, counted("", &|recipe| has(recipe, field, &value)), "{raw} {name}={value}");
                }
            }
        }
        assert!(seen > 60, "the queries found {seen} recipes");
    }

    async fn what_must_not_be_in_it_is_a_filter_like_others(server: Server) {
        let list = server.get("/api/recipes/?without=garlic,onion&page_size=100").await.json();
        let rows = list["results"].as_array().unwrap();
        let has = |row: &Value, term: &str| row["ingredients"].as_array().unwrap().iter().any(|held| held == term);
        assert!(rows.len() > 5 && rows.iter().all(|row| !has(row, "garlic") && !has(row, "onion")), "{list}");
        // What is wanted and not wanted is nowhere; that is no error.
        let none = server.get("/api/recipes/?ingredients=garlic&without=garlic").await;
        assert_eq!((none.status.as_u16(), none.json()["count"].as_u64()), (200, Some(0)));
        // The page works by links and a form: a chip that removes it, a checked box that holds it.
        let page = server.get("/recipes?without=garlic,onion&max_total_time=45").await.text();
        for part in [
            "<h1>Recipes without garlic or onion, in up to 45 minutes</h1>", "Remove Without garlic", "href=\"/recipes?max_total_time=45&amp;without=onion\"",
            "Up to 45 min", "name=\"without\" value=\"garlic\" checked", "id=\"filter-without\"",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        // An edit that puts garlic in takes the recipe out of the list, and out of no other one.
        let id = rows[0]["id"].as_i64().unwrap();
        let count = async |raw: &str| server.get(&format!("/api/recipes/?{raw}")).await.json()["count"].as_u64().unwrap();
        let (without, with) = (count("without=garlic").await, count("ingredients=garlic").await);
        let mut ingredients = rows[0]["ingredients"].as_array().unwrap().clone();
        ingredients.push(json!("garlic"));
        server.patch(&format!("/api/recipes/{id}/"), json!({"ingredients": ingredients})).await;
        assert_eq!((count("without=garlic").await, count("ingredients=garlic").await), (without - 1, with + 1));
    }

    async fn spellings_orders_and_pages_share_one_answer(server: Server) {
        server.get("/api/properties/facets/?city=austin&type=condo").await;
        let again = server.get("/api/properties/facets?type=condo&city=Austin&sort=price&page=3&page_size=50").await;
        assert_eq!(
            again.header("cache-status"),
            "hearth-memory; hit; key=\"hearth:properties:v2:@facets:city=austin&property_type=condo\""
        );
        assert_eq!(again.header("link"), "</api/properties/facets/?city=austin&property_type=condo>; rel=\"canonical\"");
        let searched = server.get("/api/properties/facets/?q=garden").await;
        assert_eq!((searched.header("cache-status"), searched.header("cache-control")), ("hearth-memory; fwd=bypass; detail=bypass", "no-store"));
        let listed = server.get("/api/properties/?q=garden").await.json();
        assert!(listed["count"].as_u64().unwrap() > 0);
        assert_eq!(searched.json()["count"], listed["count"]);
    }

    async fn exactly_the_touched_ones_of_a_hundred_facets_become_misses(server: Server) {
        let homes = every_row(&server, "properties").await;
        let mut random = ChaCha8Rng::seed_from_u64(19);
        let drawn = (0..120).map(|_| Filters::draw(&mut random, &homes));
        // Without duplicates, which would be requested twice.
        let distinct: BTreeMap<String, Filters> = drawn.map(|filters| (filters.raw(), filters)).collect();
        let requested: Vec<Filters> = distinct.into_values().take(100).collect();
        let (mut misses, mut changed) = (0, 0);
        for edit in [
            json!({"price": "333000"}),
            json!({"bedrooms": 1, "bathrooms": 1}),
            json!({"status": "pending"}),
            json!({"status": "active", "price": "780000", "bedrooms": 4}),
            json!({"property_type": "loft"}),
            json!({"title": "Another title"}),
        ] {
            let mut before = Vec::new();
            for filters in &requested {
                before.push(facets(&server, "properties", &filters.raw()).await);
            }
            let old = server.get("/api/properties/7/").await.json();
            let new = server.patch("/api/properties/7/", edit).await.json();
            for (filters, before) in requested.iter().zip(before) {
                let answer = server.get(&format!("/api/properties/facets/?{}", filters.raw())).await;
                let missed = !answer.header("cache-status").starts_with("hearth-memory; hit");
                let touched = FACETS.iter().any(|facet| filters.counts(facet, &old) != filters.counts(facet, &new));
                assert_eq!(missed, touched, "{} {old} {new}", filters.raw());
                let differs = answer.json() != before;
                assert!(missed || !differs);
                misses += usize::from(missed);
                changed += usize::from(differs);
            }
        }
        assert!((30..500).contains(&misses) && changed > 20, "{misses} misses of 600, {changed} changed");
    }
}

/// Except those of terms, which no index has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn facets_are_counted_from_an_index() {
    let amounts = Amounts {
        properties: 5_000,
        recipes: 5_000,
    };
    for on in [On::Sqlite, On::Postgres] {
        let Some(server) = Server::with(on, amounts).await else {
            continue;
        };
        for catalogue in catalogue::all() {
            let table = catalogue.name();
            let rows = rows(&server, catalogue).await;
            let mut random = ChaCha8Rng::seed_from_u64(3);
            let mut counted = 0;
            for _ in 0..60 {
                let (raw, query) = filters(catalogue, &rows, &mut random);
                for (pass, plan) in server.store.facet_plans(catalogue, &query).await.unwrap() {
                    let conditions = pass.predicate.conditions().iter();
                    let tested = conditions.map(|it| catalogue.columns[it.column()].name);
                    let shown = pass.facets.iter().map(|facet| facet.column);
                    if tested
                        .chain(shown)
                        .any(|column| is_of_terms(catalogue, column))
                    {
                        continue;
                    }
                    counted += 1;
                    // PostgreSQL reads a table that has few pages.
                    let reads_rows = |line: &String| match on {
                        On::Postgres => table == "properties" && line.contains("Seq Scan"),
                        // The homes of one agent are few.
                        On::Sqlite if query.is_set("agent") => {
                            line.contains(table) && !line.contains("INDEX properties_agent")
                        }
                        On::Sqlite => line.contains(table) && !line.contains("COVERING INDEX"),
                    };
                    assert!(
                        !plan.iter().any(reads_rows),
                        "{on:?} {table} {raw:?}:\n{}",
                        plan.join("\n")
                    );
                }
            }
            assert!(counted > 10, "{table}: {counted} passes");
        }
    }
}
