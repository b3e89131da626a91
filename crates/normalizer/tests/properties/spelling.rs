//! Many ways to spell one meaning.

use unicode_normalization::UnicodeNormalization;

use crate::dice::Dice;
use crate::meaning::Meaning;

/// Spells a meaning at random; every spelling must have the same canonical form.
pub fn spell(meaning: &Meaning, dice: &mut Dice) -> String {
    let mut pairs = Vec::new();
    for (name, values) in meaning.pairs() {
        let is_default = matches!(
            (name, &*values.concat()),
            ("status", "active")
                | ("bathrooms" | "bedrooms" | "min_price", "0")
                | ("sort", "-created_at")
                | ("page", "1")
                | ("page_size", "20")
        );
        if is_default && dice.one_in(2) {
            continue;
        }
        match name {
            "city" | "property_type" | "status" => spell_set(name, values, dice, &mut pairs),
            _ => {
                for _ in 0..1 + usize::from(dice.one_in(4)) {
                    let value = spell_value(name, &values[0], dice);
                    pairs.push(format!("{}={value}", spell_name(name, dice)));
                }
            }
        }
    }
    const NOISE: &[&str] = &[
        "",
        "city",
        "city=",
        "q=null",
        "beds=",
        "utm_source=x",
        "_=17",
        "view=list",
        "foo=bar",
        "csrftoken=a%26b",
        "=",
        "sort=undefined",
        "status[]=,",
    ];
    for _ in 0..dice.below(4) {
        pairs.push(dice.pick(NOISE).to_owned());
    }
    dice.shuffle(&mut pairs);
    pairs.join("&")
}

/// Repeated keys, commas, or both; elements more than once.
fn spell_set(name: &str, mut values: Vec<String>, dice: &mut Dice, pairs: &mut Vec<String>) {
    if name == "status" && values == ["any"] && dice.one_in(2) {
        values.push("sold".to_owned());
    }
    if let Some(first) = values.first().filter(|_| dice.one_in(3)) {
        values.push(first.clone());
    }
    dice.shuffle(&mut values);
    let mut values = values.as_slice();
    while !values.is_empty() {
        let (some, rest) = values.split_at(1 + dice.below(values.len()));
        values = rest;
        let some: Vec<String> = some
            .iter()
            .map(|value| spell_value(name, value, dice))
            .collect();
        let comma = dice.pick(&[",", "%2C", "%2c", ",+", ",,", ",null,"]);
        pairs.push(format!("{}={}", spell_name(name, dice), some.join(comma)));
    }
}

fn spell_name(name: &str, dice: &mut Dice) -> String {
    let name = match name {
        "property_type" => dice.pick(&[name, "type"]),
        "bedrooms" => dice.pick(&[name, "beds"]),
        "bathrooms" => dice.pick(&[name, "baths"]),
        "min_price" => dice.pick(&[name, "price_min"]),
        "max_price" => dice.pick(&[name, "price_max"]),
        "page_size" => dice.pick(&[name, "limit"]),
        "q" => dice.pick(&[name, "search"]),
        name => name,
    };
    let brackets = dice.pick(&["", "", "[]", "%5B%5D"]);
    encoded(&cased(name, dice), dice) + brackets
}

fn spell_value(name: &str, value: &str, dice: &mut Dice) -> String {
    let space = dice.pick(&["", "", "+", "%20"]);
    let value = match name {
        "city" => {
            let dash = dice.pick(&["-", " ", "_", " - ", "--"]);
            cased(&value.replace('-', dash), dice)
        }
        "property_type" | "status" | "sort" => cased(value, dice),
        "q" => value.to_owned(),
        "min_price" | "max_price" if dice.one_in(2) => {
            let amount = match dice.below(3) {
                0 => format!("{value}.00"),
                1 => format!("0.00{value}k"),
                _ => format!("0.00000{value} M"),
            };
            format!("{}{amount}", dice.pick(&["$", "$ ", "+$", ""]))
        }
        _ => {
            let fraction = match (value.contains('.'), dice.below(3)) {
                (true, 0) => "00",
                (false, 0) => ".0",
                (false, 1) => ".",
                _ => "",
            };
            format!("{}{value}{fraction}", dice.pick(&["", "", "+", "0", "+00"]))
        }
    };
    let value: String = if dice.one_in(2) {
        value.nfd().collect()
    } else {
        value
    };
    format!("{space}{}{space}", encoded(&value, dice))
}

/// Some letters in upper case, where that loses nothing.
fn cased(text: &str, dice: &mut Dice) -> String {
    let cased = text.chars().map(|letter| {
        let upper: String = letter.to_uppercase().collect();
        let is_lossless = upper
            .chars()
            .flat_map(char::to_lowercase)
            .nfkc()
            .eq([letter]);
        if is_lossless && dice.one_in(3) {
            upper
        } else {
            letter.to_string()
        }
    });
    cased.collect()
}

/// Percent escapes where they are needed, and sometimes where they are not.
fn encoded(text: &str, dice: &mut Dice) -> String {
    let mut encoded = String::new();
    for character in text.chars() {
        let must = matches!(character, '&' | '=' | '%' | '+' | '#' | '[' | ']');
        if character == ' ' && dice.one_in(2) {
            encoded.push('+');
        } else if must || dice.one_in(4) {
            for byte in character.to_string().bytes() {
                let escape = format!("%{byte:02x}");
                encoded += &if dice.one_in(2) {
                    escape.to_uppercase()
                } else {
                    escape
                };
            }
        } else {
            encoded.push(character);
        }
    }
    encoded
}
