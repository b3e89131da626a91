//! The numbers of one home.
//!
//! They are drawn in order of dependence: place, type, rooms, area, year, price. Each is drawn
//! within what the previous ones allow, so a loft is not in a suburb, and a studio does not have
//! four bathrooms.

mod price;

use std::fmt::Write as _;

use super::cities::{self, District, PLACES, Place};
use super::draw::{Draw, Kind};
use super::prose::{self, Facts};
use super::shape::{self, Shape};
use super::{PropertyRow, World, names, world};

const STATUSES: &[(&str, usize)] = &[
    ("active", 86),
    ("pending", 7),
    ("sold", 5),
    ("withdrawn", 2),
];

/// The row of a seed with this index; `world` must be of the same seed.
pub fn property(world: &World, seed: u64, index: u64) -> PropertyRow {
    let mut draw = Draw::new(seed, Kind::Property, index);
    let position = cities::place_at(draw.below(cities::total_weight()));
    let place = &PLACES[position];
    let Place { city, district, .. } = place;

    let shape = Shape::draw(&mut draw, city, district.density);
    let price_cents = price::cents(&mut draw, city, district, &shape);
    let street = names::street(&mut draw, place.region);
    let (address, floor) = address(&mut draw, &street, &shape, district);

    let status = draw.weighted(STATUSES);
    // Nothing sells on the day it is listed.
    let created_at = draw.created_at(match status {
        "sold" => 21,
        "pending" => 4,
        _ => 0,
    });
    let view_count = draw.view_count(created_at);
    let latitude = near(&mut draw, district.latitude);
    let longitude = near(&mut draw, district.longitude);
    let agent = &world.agents[busy_agent(&mut draw, place)];

    let mut text = Draw::new(seed, Kind::PropertyText, index);
    let facts = Facts::draw(&mut text, place, &shape, &street, floor);
    PropertyRow {
        id: index as i64 + 1,
        title: prose::title(&mut text, &facts),
        description: prose::description(&mut text, &facts),
        property_type: shape.archetype.name(),
        status,
        price_cents,
        bedrooms: shape.bedrooms,
        half_baths: shape.half_baths,
        area: shape.area,
        year_built: shape.year,
        address,
        latitude,
        longitude,
        location_id: world.locations[position].id,
        agent_id: agent.id,
        created_at,
        view_count,
    }
}

/// The address, and the floor that its unit number shows (1 if it has no unit).
fn address(draw: &mut Draw, street: &str, shape: &Shape, district: &District) -> (String, i64) {
    let house = match draw.below(10) {
        0 => draw.between(4, 99),
        1..=4 => draw.between(100, 999),
        _ => draw.between(1_000, 4_999),
    };
    let mut address = String::with_capacity(48);
    // Writing to a string cannot fail.
    let _ = write!(address, "{house} {street}");
    if !shape.archetype.is_stacked() {
        return (address, 1);
    }
    let floor = shape::floor(draw, district.density);
    let door = draw.between(1, 12);
    let letter = char::from(b'A' + draw.below(6) as u8);
    let _ = match draw.below(3) {
        0 => write!(address, ", Unit {floor}{letter}"),
        1 => write!(address, ", Apt {floor}{door:02}"),
        _ => write!(address, " #{floor}{door:02}"),
    };
    (address, floor)
}

/// A coordinate within about 800 m, to a tenth of a meter: enough for a map, and short in JSON.
fn near(draw: &mut Draw, middle: f64) -> f64 {
    ((middle + draw.bell() * 0.007) * 1e6).round() / 1e6
}

/// An agent of the city: some have many homes, and some have few.
fn busy_agent(draw: &mut Draw, place: &Place) -> usize {
    let agents = world::agents_of(place.city_index);
    let one = draw.below(agents.len());
    agents.start + one.min(draw.below(agents.len()))
}
