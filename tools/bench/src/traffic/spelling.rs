//! Other ways to write an address that mean the same, as people, forms and other sites write them.

use rand::{Rng as _, seq::IndexedRandom as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;

use super::address::Address;
use crate::number::grouped;

/// Other names of parameters.
const ALIASES: [(&str, &str); 6] = [
    ("property_type", "type"),
    ("min_price", "price_min"),
    ("max_price", "price_max"),
    ("bedrooms", "beds"),
    ("bathrooms", "baths"),
    ("page_size", "limit"),
];

/// Values that apply anyway. Where there is no such parameter, it is ignored.
const DEFAULTS: [(&str, &str); 6] = [
    ("status", "active"),
    ("min_price", "0"),
    ("bedrooms", "0"),
    ("sort", "-created_at"),
    ("page", "1"),
    ("page_size", "20"),
];

/// What changes nothing: traces of campaigns, fields of a form left empty, inventions.
const NOISE: [&str; 9] = [
    "utm_source=newsletter",
    "utm_campaign=spring",
    "gclid=EAIaIQob",
    "ref=mail",
    "_=1718000000",
    "q=",
    "city=",
    "max_price=",
    "colour=red",
];

const CODES: [(&str, &str); 4] = [
    ("california", "CA"),
    ("florida", "FL"),
    ("new-york", "NY"),
    ("texas", "tx"),
];

/// Writes an address in one of its spellings. A quarter of them are canonical, as links of the site itself are.
pub(super) fn spell(address: &Address, random: &mut ChaCha8Rng) -> String {
    if random.random_ratio(1, 4) {
        return address.url();
    }
    let mut pairs = Vec::new();
    for (name, values) in &address.pairs {
        spell_pair(name, values, random, &mut pairs);
    }
    for (name, value) in DEFAULTS {
        let is_given = address.pairs.iter().any(|(given, _)| *given == name);
        if !is_given && random.random_ratio(1, 8) {
            spell_pair(name, &[value.to_owned()], random, &mut pairs);
        }
    }
    let noise = random.random_range(0..=2);
    pairs.extend(
        NOISE
            .choose_multiple(random, noise)
            .map(ToString::to_string),
    );
    pairs.shuffle(random);

    let mut url = address.path.clone();
    // Pages have no trailing slash.
    if url.starts_with("/api/") && random.random_ratio(1, 4) {
        url.pop();
    }
    if !pairs.is_empty() {
        url.push('?');
        url.push_str(&pairs.join("&"));
    }
    url
}

/// Writes a parameter: a set in one part or in several, and perhaps an element twice.
fn spell_pair(name: &str, values: &[String], random: &mut ChaCha8Rng, pairs: &mut Vec<String>) {
    let mut values: Vec<String> = values
        .iter()
        .map(|value| spell_value(name, value, random))
        .collect();
    if let Some(first) = values.first().cloned()
        && random.random_ratio(1, 8)
    {
        values.push(first);
    }
    values.shuffle(random);
    // Money may contain commas itself, and only sets are split at them.
    let joins = is_set(name) && random.random();
    let parts = if joins {
        vec![values.join(",")]
    } else {
        values
    };
    for part in parts {
        let name = spell_name(name, random);
        pairs.push(format!("{name}={}", encoded(&part, random)));
    }
}

fn spell_name(name: &str, random: &mut ChaCha8Rng) -> String {
    let alias = ALIASES.iter().find(|(canonical, _)| *canonical == name);
    let name = match alias {
        Some((_, alias)) if random.random() => alias,
        _ => name,
    };
    let name = match random.random_range(0..6) {
        0 => name.to_uppercase(),
        1 => capitalized(name),
        _ => name.to_owned(),
    };
    let brackets = ["", "", "", "", "[]", "%5B%5D"];
    name + brackets.choose(random).unwrap_or(&"")
}

fn spell_value(name: &str, value: &str, random: &mut ChaCha8Rng) -> String {
    match name {
        "price" | "min_price" | "max_price" => spell_money(value, random),
        "sort" => cased(value, random),
        _ if is_set(name) => spell_token(name, value, random),
        _ => match random.random_range(0..6) {
            0 => format!("{value}.0"),
            1 => format!("0{value}"),
            2 => format!(" {value}"),
            _ => value.to_owned(),
        },
    }
}

fn spell_money(dollars: &str, random: &mut ChaCha8Rng) -> String {
    let amount: u64 = dollars.parse().unwrap_or_default();
    let written = match random.random_range(0..5) {
        0 if amount.is_multiple_of(1_000) => format!("{}k", amount / 1_000),
        1 => grouped(amount as f64),
        2 => format!("{dollars}.00"),
        3 if amount.is_multiple_of(1_000) => format!("{} K", amount / 1_000),
        _ => dollars.to_owned(),
    };
    let sign = if random.random_ratio(1, 3) { "$" } else { "" };
    format!("{sign}{written}")
}

fn spell_token(name: &str, token: &str, random: &mut ChaCha8Rng) -> String {
    let code = CODES.iter().find(|(state, _)| *state == token);
    if let Some((_, code)) = code.filter(|_| name == "state" && random.random()) {
        return (*code).to_owned();
    }
    let mut text = token.to_owned();
    // Choices are words from a list, in which only the case is free.
    if !matches!(name, "property_type" | "status" | "difficulty") {
        let dash = ["-", " ", " ", "_"];
        text = text.replace('-', dash.choose(random).unwrap_or(&"-"));
        if random.random() {
            text = text.replace("jose", "josé");
        }
    }
    cased(&text, random)
}

fn cased(text: &str, random: &mut ChaCha8Rng) -> String {
    match random.random_range(0..4) {
        0 => text.to_uppercase(),
        1 => capitalized(text),
        _ => text.to_owned(),
    }
}

/// With the first letter of each word in upper case.
fn capitalized(text: &str) -> String {
    let mut starts = true;
    text.chars()
        .map(|letter| {
            let capital = if starts {
                letter.to_ascii_uppercase()
            } else {
                letter
            };
            starts = !letter.is_alphanumeric();
            capital
        })
        .collect()
}

/// Percent escapes where they are needed, and sometimes where they are not.
fn encoded(text: &str, random: &mut ChaCha8Rng) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' if random.random() => encoded.push('+'),
            b'$' | b',' if random.random() => encoded.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

fn is_set(name: &str) -> bool {
    matches!(
        name,
        "city"
            | "state"
            | "property_type"
            | "status"
            | "cuisine"
            | "diet"
            | "difficulty"
            | "ingredients"
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use ask::Ask as _;
    use rand::SeedableRng as _;
    use site::{AnyAsk, Route};

    use super::*;
    use crate::traffic::{Addresses, Stock};

    /// By the site's own normalizer, which the spellings know nothing of.
    #[test]
    fn every_spelling_means_its_address() {
        let stock = Stock {
            homes: 5_000,
            recipes: 300,
        };
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let mut spellings = HashSet::new();
        let mut written = 0;
        for address in Addresses::new(1, 2_000, stock).all() {
            for _ in 0..20 {
                let url = spell(address, &mut random);
                let (path, query) = url.split_once('?').unwrap_or((&url, ""));
                let canonical = if path.starts_with("/api/") {
                    let ask = AnyAsk::parse(path, query);
                    let ask = ask.unwrap_or_else(|error| panic!("{url}: {error}"));
                    Some(ask.url().into_owned())
                } else {
                    let page = Route::parse(path, query);
                    page.unwrap_or_else(|error| panic!("{url}: {error}"))
                        .canonical()
                };
                assert_eq!(canonical, Some(address.url()), "{url}");
                written += 1;
                spellings.insert(url);
            }
        }
        assert!(spellings.len() > written / 2, "{}", spellings.len());
    }

    #[test]
    fn spellings_can_be_sent() {
        let check = |text: &str| {
            let mut random = ChaCha8Rng::seed_from_u64(3);
            for _ in 0..50 {
                let encoded = encoded(text, &mut random);
                assert!(
                    encoded.bytes().all(|byte| byte.is_ascii_graphic()),
                    "{encoded}"
                );
            }
        };
        check("San José");
        check("$450,000 & more#");
    }
}
