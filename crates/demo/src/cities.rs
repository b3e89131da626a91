//! The cities and their districts: a table, the same for every seed.

mod midwest;
mod northeast;
mod south;
mod west;

use std::sync::LazyLock;

/// A city, with the values that determine how many homes are for sale there and at what price.
pub(super) struct City {
    pub(super) name: &'static str,
    pub(super) state: &'static str,
    pub(super) area_code: &'static str,
    /// How many homes it has, relative to the other cities.
    pub(super) weight: usize,
    /// The price of a square meter in an average district, in dollars.
    pub(super) rate: f64,
    /// The year before which no home was built.
    pub(super) since: i64,
    pub(super) districts: &'static [District],
}

/// A district, which becomes a location.
pub(super) struct District {
    pub(super) name: &'static str,
    pub(super) postal_code: &'static str,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    /// Its price level, in percent of the city's.
    pub(super) level: f64,
    pub(super) density: Density,
}

/// How densely a district is built; determines which types of home it has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Density {
    /// Towers, warehouses and few houses.
    Core,
    /// Streets of row houses, bungalows and small blocks.
    Inner,
    /// Lots, lawns and garages.
    Outer,
}

/// A part of the country; determines street names, floors and heating.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Region {
    South,
    Northeast,
    Midwest,
    West,
}

/// A district with its city and region. Its position in [`PLACES`] is the location's id minus one.
pub(super) struct Place {
    pub(super) city: &'static City,
    /// The position of the city among all cities.
    pub(super) city_index: usize,
    pub(super) district: &'static District,
    pub(super) region: Region,
    /// The sum of the weights up to and including this one.
    pub(super) weight_until: usize,
}

const REGIONS: [(Region, &[City]); 4] = [
    (Region::South, south::CITIES),
    (Region::Northeast, northeast::CITIES),
    (Region::Midwest, midwest::CITIES),
    (Region::West, west::CITIES),
];

/// All districts, in the order of their location ids.
pub(super) static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let mut places = Vec::new();
    let mut weight_until = 0;
    let cities = REGIONS
        .iter()
        .flat_map(|(region, cities)| cities.iter().map(|city| (*region, city)));
    for (city_index, (region, city)) in cities.enumerate() {
        for district in city.districts {
            // Scaled, so that a city's weight does not depend on how many districts it has here.
            weight_until += city.weight * 1_000 / city.districts.len();
            places.push(Place {
                city,
                city_index,
                district,
                region,
                weight_until,
            });
        }
    }
    places
});

/// All cities, in the order that [`Place::city_index`] counts.
pub(super) fn all() -> impl Iterator<Item = &'static City> {
    REGIONS.iter().flat_map(|(_, cities)| cities.iter())
}

/// The position of the place that a number below [`total_weight`] selects.
pub(super) fn place_at(roll: usize) -> usize {
    PLACES.partition_point(|place| place.weight_until <= roll)
}

/// The end of the range of numbers that [`place_at`] takes.
pub(super) fn total_weight() -> usize {
    PLACES.last().map_or(0, |place| place.weight_until)
}

/// A line of the tables; a function, because calls are much shorter than struct literals.
const fn d(
    name: &'static str,
    postal_code: &'static str,
    latitude: f64,
    longitude: f64,
    level: u16,
    density: Density,
) -> District {
    let level = level as f64;
    District {
        name,
        postal_code,
        latitude,
        longitude,
        level,
        density,
    }
}
