//! Canonical addresses, ranked from the most to the least popular.

use std::collections::HashSet;

use rand::{Rng as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

/// What is requested, as the report groups it.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A page of a list, as JSON.
    List,
    /// How many rows a list has.
    Count,
    /// How many rows each further choice would leave.
    Facets,
    /// The most viewed rows.
    Trending,
    /// The homes most similar to one.
    Similar,
    /// One row, as JSON.
    Object,
    /// The prices that a home has had.
    History,
    /// HTML for readers: a list or a row.
    Page,
}

/// How many rows the nodes have: ids are drawn from 1 to these.
#[derive(Clone, Copy, Debug)]
pub struct Stock {
    /// Homes, whatever their status.
    pub homes: u64,
    /// Recipes.
    pub recipes: u64,
}

#[cfg(test)]
impl Stock {
    /// What a server's first start seeds.
    pub(super) const SEEDED: Self = Self {
        homes: 5_000,
        recipes: 300,
    };
}

/// One canonical address.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Address {
    /// What it answers with.
    pub kind: Kind,
    pub(super) path: String,
    /// By name, with sets sorted, and without defaults.
    pub(super) pairs: Vec<(&'static str, Vec<String>)>,
}

impl Address {
    fn new(kind: Kind, path: impl Into<String>) -> Self {
        Self {
            kind,
            path: path.into(),
            pairs: Vec::new(),
        }
    }

    /// Path and query in canonical form.
    pub fn url(&self) -> String {
        let pairs = self.pairs.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, values)| format!("{name}={}", values.join(",")))
            .collect();
        match &pairs[..] {
            [] => self.path.clone(),
            pairs => format!("{}?{}", self.path, pairs.join("&")),
        }
    }

    fn set(&mut self, name: &'static str, value: impl ToString) {
        self.pairs.push((name, vec![value.to_string()]));
    }

    /// One of these words, sometimes two.
    fn choose(&mut self, name: &'static str, of: &[&str], random: &mut ChaCha8Rng) {
        let amount = if random.random_ratio(1, 5) { 2 } else { 1 };
        let mut words: Vec<String> = of
            .choose_multiple(random, amount)
            .map(|word| (*word).to_owned())
            .collect();
        words.sort_unstable();
        self.pairs.push((name, words));
    }
}

/// The addresses that traffic is about, the most popular first.
#[derive(Debug)]
pub struct Addresses(Vec<Address>);

impl Addresses {
    /// Draws up to `count` different addresses; the same seed and stock give the same ones.
    ///
    /// A request with few filters is likelier to be drawn than one with many, so it tends to come earlier.
    pub fn new(seed: u64, count: usize, stock: Stock) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let entrances = ENTRANCES
            .iter()
            .map(|(kind, path)| Address::new(*kind, *path));
        let mut all: Vec<Address> = entrances.take(count).collect();
        let mut known: HashSet<Address> = all.iter().cloned().collect();
        // There may be fewer of them than requested, though never by much: prices and cities abound.
        for _ in 0..count.saturating_mul(100) {
            if all.len() >= count {
                break;
            }
            let address = draw(stock, &mut random);
            if known.insert(address.clone()) {
                all.push(address);
            }
        }
        Self(all)
    }

    /// All of them, by rank.
    pub fn all(&self) -> &[Address] {
        &self.0
    }
}

/// Where visits begin.
const ENTRANCES: [(Kind, &str); 6] = [
    (Kind::Page, "/properties"),
    (Kind::List, "/api/properties/"),
    (Kind::Page, "/"),
    (Kind::Facets, "/api/properties/facets/"),
    (Kind::Page, "/recipes"),
    (Kind::Trending, "/api/properties/trending/"),
];

const CITIES: [&str; 20] = [
    "albuquerque",
    "atlanta",
    "austin",
    "boston",
    "chicago",
    "dallas",
    "denver",
    "houston",
    "kansas-city",
    "los-angeles",
    "miami",
    "nashville",
    "new-orleans",
    "new-york",
    "phoenix",
    "portland",
    "salt-lake-city",
    "san-francisco",
    "san-jose",
    "seattle",
];

const STATES: [&str; 6] = [
    "california",
    "florida",
    "new-york",
    "oregon",
    "texas",
    "washington",
];

const TYPES: [&str; 6] = [
    "apartment",
    "condo",
    "cottage",
    "house",
    "loft",
    "townhouse",
];

const CUISINES: [&str; 8] = [
    "french", "greek", "indian", "italian", "japanese", "mexican", "spanish", "thai",
];

const DIETS: [&str; 5] = [
    "dairy-free",
    "gluten-free",
    "nut-free",
    "vegan",
    "vegetarian",
];

const INGREDIENTS: [&str; 6] = [
    "chicken",
    "garlic",
    "ginger",
    "lemon",
    "olive-oil",
    "tomatoes",
];

fn draw(stock: Stock, random: &mut ChaCha8Rng) -> Address {
    let is_home = random.random_ratio(4, 5);
    let (catalogue, rows) = match is_home {
        true => ("properties", stock.homes),
        false => ("recipes", stock.recipes),
    };
    let id = random.random_range(1..=rows.max(1));
    let mut address = match random.random_range(0..100) {
        0..40 => Address::new(Kind::List, format!("/api/{catalogue}/")),
        40..60 => Address::new(Kind::Page, format!("/{catalogue}")),
        60..66 => Address::new(Kind::Count, format!("/api/{catalogue}/count/")),
        66..71 => Address::new(Kind::Facets, format!("/api/{catalogue}/facets/")),
        71..75 => return similar(id, random),
        75..87 => return Address::new(Kind::Object, format!("/api/{catalogue}/{id}/")),
        87..97 => return Address::new(Kind::Page, format!("/{catalogue}/{id}")),
        97..99 => return Address::new(Kind::History, format!("/api/{catalogue}/{id}/history/")),
        _ => return Address::new(Kind::Trending, format!("/api/{catalogue}/trending/")),
    };
    if is_home {
        filter_homes(&mut address, random);
    } else {
        filter_recipes(&mut address, random);
    }
    if matches!(address.kind, Kind::List | Kind::Page) {
        // Lists of more filters, and of recipes with any, are often too short for a second page.
        if address.pairs.len() <= usize::from(is_home) && random.random_ratio(1, 2) {
            address.set("page", random.random_range(2..=4));
        }
        if random.random_ratio(1, 4) {
            let sorts: &[&str] = if is_home {
                &["price", "-price", "-view_count", "created_at"]
            } else {
                &["prep_time", "title"]
            };
            address.set("sort", sorts.choose(random).unwrap_or(&sorts[0]));
        }
    }
    address.pairs.sort_unstable();
    address
}

fn filter_homes(address: &mut Address, random: &mut ChaCha8Rng) {
    if random.random_ratio(11, 20) {
        address.choose("city", &CITIES, random);
    } else if random.random_ratio(1, 5) {
        address.choose("state", &STATES, random);
    }
    if random.random_ratio(2, 5) {
        address.choose("property_type", &TYPES, random);
    }
    if random.random_ratio(1, 3) {
        address.set("max_price", price(8, 60, random));
    }
    if random.random_ratio(1, 6) {
        address.set("min_price", price(2, 7, random));
    }
    if random.random_ratio(1, 3) {
        address.set("bedrooms", random.random_range(1..=5));
    }
    if random.random_ratio(1, 10) {
        address.set("bathrooms", random.random_range(1..=3));
    }
    if random.random_ratio(1, 12) {
        address.set("status", if random.random() { "sold" } else { "any" });
    }
}

fn filter_recipes(address: &mut Address, random: &mut ChaCha8Rng) {
    if random.random_ratio(1, 2) {
        address.choose("cuisine", &CUISINES, random);
    }
    if random.random_ratio(1, 3) {
        address.choose("diet", &DIETS, random);
    }
    if random.random_ratio(1, 5) {
        address.choose("difficulty", &["easy", "hard", "medium"], random);
    }
    if random.random_ratio(1, 8) {
        address.choose("ingredients", &INGREDIENTS, random);
    }
    if random.random_ratio(1, 3) {
        address.set("max_prep_time", 15 * random.random_range(1..=6));
    }
}

fn similar(to: u64, random: &mut ChaCha8Rng) -> Address {
    let mut address = Address::new(Kind::Similar, "/api/properties/similar/");
    let mut one = |of: &[&str]| {
        of.choose(random)
            .map_or_else(String::new, ToString::to_string)
    };
    let (city, kind) = (one(&CITIES), one(&TYPES));
    address.set("city", city);
    address.set("price", price(8, 60, random));
    address.set("property_type", kind);
    address.set("to", to);
    address
}

/// A price in dollars, in the steps that people search by.
fn price(least: u64, most: u64, random: &mut ChaCha8Rng) -> u64 {
    25_000 * random.random_range(least..=most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use site::Route;

    #[test]
    fn addresses_are_canonical_and_differ() {
        let addresses = Addresses::new(1, 2_000, Stock::SEEDED);
        assert_eq!(addresses.all().len(), 2_000);
        let mut urls = HashSet::new();
        for address in addresses.all() {
            let url = address.url();
            let (path, query) = url.split_once('?').unwrap_or((&url, ""));
            let canonical = Route::parse(path, query).unwrap().canonical();
            assert_eq!(canonical.as_deref(), Some(&*url));
            assert!(urls.insert(url.clone()), "{url} twice");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_addresses() {
        let urls = |seed| -> Vec<String> {
            let addresses = Addresses::new(seed, 100, Stock::SEEDED);
            addresses.all().iter().map(Address::url).collect()
        };
        assert_eq!(urls(7), urls(7));
        assert_ne!(urls(7), urls(8));
    }
}
