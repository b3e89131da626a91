//! Titles.

use super::facts::{Condition, Facts, Outdoor};
use crate::draw::Draw;
use crate::shape::Archetype;

const LIGHT: &[&str] = &[
    "Sunlit",
    "Bright",
    "Light-filled",
    "Airy",
    "{Side}-facing",
    "Sunny",
];
const NEW: &[&str] = &[
    "New",
    "Recently built",
    "Modern",
    "Contemporary",
    "Crisp",
    "Efficient",
];
const RENOVATED: &[&str] = &[
    "Renovated",
    "Updated",
    "Reworked",
    "Refitted",
    "Newly finished",
    "Refreshed",
];
const MAINTAINED: &[&str] = &[
    "Well-kept",
    "Solid",
    "Tidy",
    "Cared-for",
    "Sound",
    "Unfussy",
];
const SMALL: &[&str] = &["Compact", "Small but complete", "Neat", "Well-planned"];
const LARGE: &[&str] = &["Spacious", "Roomy", "Generous"];

const ANY: &[&str] = &[
    "{beds} {type} in {district}",
    "{beds} {type} in {district}",
    "{type} in {district}, {city}",
    "{beds} {type} on {street}",
    "{beds} {type} just off {street}",
    "{type} with {outdoor} in {district}",
    "{beds} {type} with {outdoor}, {district_name}",
    "{type} with {floors} in {district}",
    "{decade} {type} in {district}",
    "{decade} {beds} {type} on {street}",
    "{beds} {type} near the shops of {district}",
    "{type} with {cabinets} in {district}",
    "{beds} {type} with {floors}, {district_name}",
];

const HIGH: &[&str] = &[
    "{story}-floor {type} in {district}",
    "{story}-floor {beds} {type}, {district_name}",
    "{story}-floor {type} with {outdoor} on {street}",
];

const PLAIN: &[&str] = &[
    "{Beds} {type} on {street}, {district_name}",
    "A {beds} {type} for {district_name} mornings",
    "{district_name}: {beds} {type} with {outdoor}",
    "{district_name}, {street}: {beds} {type}",
];

/// A title such as `Sunlit two-bedroom condo in Zilker`.
pub(crate) fn title(draw: &mut Draw, facts: &Facts) -> String {
    let mut out = String::with_capacity(80);
    if draw.chance(14) {
        facts.expand(draw.pick(PLAIN), &mut out);
        return out;
    }
    let adjectives = adjectives(draw, facts);
    facts.expand(draw.pick(adjectives), &mut out);
    out.push(' ');
    let high =
        facts.archetype.is_stacked() && facts.outdoor != Outdoor::Courtyard && draw.chance(18);
    facts.expand(draw.pick(if high { HIGH } else { ANY }), &mut out);
    out
}

fn adjectives(draw: &mut Draw, facts: &Facts) -> &'static [&'static str] {
    let (small, large) = match facts.archetype {
        Archetype::House => (130, 220),
        Archetype::Townhouse => (115, 170),
        Archetype::Cottage => (70, 105),
        _ => (60, 110),
    };
    match draw.below(10) {
        0..4 => LIGHT,
        4 | 5 if facts.area < small => SMALL,
        4 | 5 if facts.area > large => LARGE,
        _ => match facts.condition {
            Condition::New => NEW,
            Condition::Renovated => RENOVATED,
            Condition::Maintained => MAINTAINED,
        },
    }
}
