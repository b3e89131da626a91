//! Facts as words.

use std::fmt::Write as _;

use super::{Facts, Outdoor};
use crate::shape::Archetype;

impl Facts<'_> {
    /// Copies a template, replacing the names of facts in braces. A capitalized name gives a
    /// capitalized text: `{Baths}` begins a sentence.
    pub(crate) fn expand(&self, template: &str, out: &mut String) {
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let start = out.len();
            let capital = name.starts_with(|first: char| first.is_ascii_uppercase());
            if capital {
                self.push(&name.to_ascii_lowercase(), out);
                if let Some(first) = out.get_mut(start..start + 1) {
                    first.make_ascii_uppercase();
                }
            } else {
                self.push(name, out);
            }
            rest = after;
        }
        out.push_str(rest);
    }

    fn push(&self, name: &str, out: &mut String) {
        // Writing to a string cannot fail.
        let _ = match name {
            "type" => out.write_str(self.archetype.name()),
            "a_type" => {
                let article = if self.archetype == Archetype::Apartment {
                    "an "
                } else {
                    "a "
                };
                out.write_str(article)
                    .and_then(|()| out.write_str(self.archetype.name()))
            }
            "beds" if self.bedrooms == 0 => out.write_str("studio"),
            "beds" => write!(out, "{}-bedroom", number(self.bedrooms)),
            "bedrooms" if self.bedrooms == 1 => out.write_str("one bedroom"),
            "bedrooms" => write!(out, "{} bedrooms", number(self.bedrooms)),
            "baths" => baths(self.half_baths, out),
            "bath" if self.half_baths < 4 => out.write_str("bathroom"),
            "bath" => out.write_str("main bathroom"),
            "area" => write!(out, "{}", self.area),
            "feet" => thousands((self.area as f64 * 1.076_391).round() as i64 * 10, out),
            "year" => write!(out, "{}", self.year),
            "decade" => write!(out, "{}s", self.year / 10 * 10),
            "renovated" => write!(out, "{}", self.renovated),
            "story" => out.write_str(ordinal(self.floor)),
            "city" => out.write_str(self.city),
            "state" => out.write_str(self.state),
            "district" => {
                let article = if takes_article(self.district) {
                    "the "
                } else {
                    ""
                };
                out.write_str(article)
                    .and_then(|()| out.write_str(self.district))
            }
            "district_name" => out.write_str(self.district),
            "street" => out.write_str(self.street),
            "side" => out.write_str(self.side),
            "floors" => out.write_str(self.floors),
            "counters" => out.write_str(self.counters),
            "cabinets" => out.write_str(self.cabinets),
            "range" => out.write_str(self.range),
            "a_range" => {
                let article = if self.range.starts_with(['i', 'e']) {
                    "an"
                } else {
                    "a"
                };
                write!(out, "{article} {}", self.range)
            }
            "heat" => out.write_str(self.heat),
            "minutes" => out.write_str(number(self.minutes)),
            "seats" => out.write_str(match self.area {
                ..65 => "four",
                65..130 => "six",
                _ => "eight",
            }),
            "outdoor" => out.write_str(match self.outdoor {
                Outdoor::Yard => "a yard",
                Outdoor::Patio => "a patio",
                Outdoor::Balcony => "a balcony",
                Outdoor::Courtyard => "a shared courtyard",
                Outdoor::Roof => "a shared roof deck",
            }),
            _ => {
                debug_assert!(false, "unknown fact in a template: {name}");
                Ok(())
            }
        };
    }
}

/// One lives in Zilker, but in *the* Pearl District.
fn takes_article(district: &str) -> bool {
    const ENDINGS: [&str; 15] = [
        " District",
        " Quarter",
        " Ward",
        " Loop",
        " End",
        " Side",
        "Eastside",
        "Port",
        "Seaport",
        "Marigny",
        "Bywater",
        "Crossroads",
        "Granary",
        "Outer Sunset",
        "East Village",
    ];
    ENDINGS.iter().any(|ending| district.ends_with(ending))
}

fn baths(half_baths: i64, out: &mut String) -> std::fmt::Result {
    let whole = number(half_baths / 2);
    match half_baths {
        2 => out.write_str("one bathroom"),
        _ if half_baths % 2 == 0 => write!(out, "{whole} bathrooms"),
        _ => write!(out, "{whole} and a half bathrooms"),
    }
}

fn number(number: i64) -> &'static str {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS[number.clamp(0, 12) as usize]
}

fn ordinal(number: i64) -> &'static str {
    const WORDS: [&str; 16] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
    ];
    WORDS[(number.clamp(1, 16) - 1) as usize]
}

/// `1,210`.
fn thousands(number: i64, out: &mut String) -> std::fmt::Result {
    match number {
        ..1_000 => write!(out, "{number}"),
        _ => write!(out, "{},{:03}", number / 1_000, number % 1_000),
    }
}
