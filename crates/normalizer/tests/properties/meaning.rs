//! What a request means, apart from how it is spelled.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// One meaning; two requests mean the same if and only if these are equal.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    pub city: BTreeSet<&'static str>,
    pub property_type: BTreeSet<&'static str>,
    /// `active` alone is the default.
    pub status: BTreeSet<&'static str>,
    /// In halves.
    pub bathrooms: u32,
    pub bedrooms: u32,
    pub min_price: u32,
    pub max_price: Option<u32>,
    pub sort: &'static str,
    pub q: Option<&'static str>,
    pub page: u32,
    pub page_size: u32,
}

/// Tokens that are easily mistaken for one another or for syntax.
const CITIES: &[&str] = &[
    "austin",
    "san-josef",
    "san-jose",
    "sanjose",
    "a&b",
    "a=b",
    "a%26b",
    "a+b",
    "a/b",
    "a#b",
    "й",
    "и",
    "が",
    "σίσυφοσ",
    "nullarbor",
    "1",
    "01",
    "北京",
];
const TYPES: &[&str] = &["apartment", "condo", "house"];
const STATUSES: &[&str] = &["active", "pending", "sold"];
const SORTS: &[&str] = &["-created_at", "created_at", "price", "-price"];
const TEXTS: &[&str] = &[
    "pool",
    "Pool",
    "big garden",
    "a&b=c",
    "50%",
    "1+1",
    "a,b",
    "b,a",
];

pub fn any_meaning() -> impl Strategy<Value = Meaning> {
    let sets = (
        subsequence(CITIES, 0..4),
        subsequence(TYPES, 0..=3),
        prop_oneof![
            subsequence(STATUSES, 1..=3),
            Just(vec!["any"]),
            Just(vec!["active"])
        ],
    );
    let numbers = (0..4_u32, 0..3_u32, 0..3_u32, prop::option::of(2..5_u32));
    let rest = (
        select(SORTS),
        prop::option::weighted(0.3, select(TEXTS)),
        1..4_u32,
        select(&[1, 20, 21, 100_u32][..]),
    );
    (sets, numbers, rest).prop_map(|(sets, numbers, rest)| Meaning {
        city: sets.0.into_iter().collect(),
        property_type: sets.1.into_iter().collect(),
        status: sets.2.into_iter().collect(),
        bathrooms: numbers.0,
        bedrooms: numbers.1,
        min_price: numbers.2,
        max_price: numbers.3,
        sort: rest.0,
        q: rest.1,
        page: rest.2,
        page_size: rest.3,
    })
}

/// Two meanings: equal, different in one place, or unrelated.
pub fn any_two() -> impl Strategy<Value = (Meaning, Meaning)> {
    (any_meaning(), any_meaning(), 0..13_u8).prop_map(|(one, other, difference)| {
        let mut near = one.clone();
        match difference {
            0 => near.city = other.city,
            1 => near.property_type = other.property_type,
            2 => near.status = other.status,
            3 => near.bathrooms = other.bathrooms,
            4 => near.bedrooms = other.bedrooms,
            5 => near.min_price = other.min_price,
            6 => near.max_price = other.max_price,
            7 => near.sort = other.sort,
            8 => near.q = other.q,
            9 => near.page = other.page,
            10 => near.page_size = other.page_size,
            11 => near = other,
            _ => {}
        }
        (one, near)
    })
}

impl Meaning {
    /// Names and values, each set as a list, defaults included.
    pub fn pairs(&self) -> Vec<(&'static str, Vec<String>)> {
        let words = |set: &BTreeSet<&str>| set.iter().map(|word| (*word).to_owned()).collect();
        let one = |value: &dyn ToString| vec![value.to_string()];
        let mut pairs = vec![
            ("city", words(&self.city)),
            ("property_type", words(&self.property_type)),
            ("status", words(&self.status)),
            ("bathrooms", one(&(f64::from(self.bathrooms) / 2.0))),
            ("bedrooms", one(&self.bedrooms)),
            ("min_price", one(&self.min_price)),
            ("sort", one(&self.sort)),
            ("page", one(&self.page)),
            ("page_size", one(&self.page_size)),
        ];
        pairs.extend(self.max_price.map(|price| ("max_price", one(&price))));
        pairs.extend(self.q.map(|text| ("q", one(&text))));
        pairs
    }

    /// One plain spelling.
    pub fn plainly(&self) -> String {
        let encode =
            |text: &String| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
        let pairs = self.pairs().into_iter().map(|(name, values)| {
            let values: Vec<String> = values.iter().map(encode).collect();
            format!("{name}={}", values.join(","))
        });
        pairs.collect::<Vec<_>>().join("&")
    }
}
