//! Names of people, offices and streets.

mod people;
mod streets;

use std::fmt::Write as _;

use super::cities::Region;
use super::draw::Draw;
use people::{FIRST, LAST, OFFICE, OFFICE_KIND};
use streets::{MIDWEST, NORTHEAST, SOUTH, STREETS, WEST};

const SUFFIX: &[(&str, usize)] = &[
    ("Street", 46),
    ("Avenue", 26),
    ("Road", 7),
    ("Drive", 7),
    ("Lane", 4),
    ("Place", 4),
    ("Court", 2),
    ("Terrace", 2),
    ("Boulevard", 2),
];

/// A first and a last name.
pub(super) fn person(draw: &mut Draw) -> (&'static str, &'static str) {
    (draw.pick(FIRST), draw.pick(LAST))
}

/// The name of the office with this index (from 0). The first 140 names are all different.
pub(super) fn office(index: usize) -> String {
    // 20 and 7 have no common divisor, so the pairs repeat only after 140.
    let kind = OFFICE_KIND[index % OFFICE_KIND.len()];
    format!("{} {kind}", OFFICE[index % OFFICE.len()])
}

/// A phone number in the block that is reserved for fiction.
pub(super) fn phone(area_code: &str, line: usize) -> String {
    format!("({area_code}) 555-01{:02}", line % 100)
}

/// `East 5th Street`, `Live Oak Avenue`.
pub(super) fn street(draw: &mut Draw, region: Region) -> String {
    let mut name = String::with_capacity(28);
    if draw.chance(14) {
        name.push_str(draw.weighted(&[("East ", 3), ("West ", 3), ("North ", 2), ("South ", 2)]));
    }
    if draw.chance(13) {
        let number = draw.between(2, 48);
        let ending = match (number % 10, number) {
            (_, 11..=13) => "th",
            (1, _) => "st",
            (2, _) => "nd",
            (3, _) => "rd",
            _ => "th",
        };
        let suffix = draw.weighted(&[("Street", 3), ("Avenue", 2)]);
        // Writing to a string cannot fail.
        let _ = write!(name, "{number}{ending} {suffix}");
        return name;
    }
    let local = match region {
        Region::South => SOUTH,
        Region::Northeast => NORTHEAST,
        Region::Midwest => MIDWEST,
        Region::West => WEST,
    };
    let from = if draw.chance(35) { local } else { STREETS };
    let stem = draw.pick(from);
    name.push_str(stem);
    name.push(' ');
    let suffix = draw.weighted(SUFFIX);
    // "Court Court" is not a street.
    name.push_str(if suffix == stem { "Street" } else { suffix });
    name
}
