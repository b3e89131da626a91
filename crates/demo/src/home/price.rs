//! The price of a home.

use crate::cities::{City, District};
use crate::draw::Draw;
use crate::shape::{Archetype, Shape};

/// The asking price: the area times the price of a square meter there, for this type and age.
pub(super) fn cents(draw: &mut Draw, city: &City, district: &District, shape: &Shape) -> i64 {
    let archetype = match shape.archetype {
        Archetype::Apartment => 0.92,
        Archetype::Condo => 1.03,
        Archetype::Cottage => 1.04,
        Archetype::House => 0.99,
        Archetype::Loft => 1.08,
        Archetype::Townhouse => 0.98,
    };
    let age = match shape.year {
        ..1900 => 1.06,
        1900..1940 => 1.00,
        1940..1980 => 0.91,
        1980..2000 => 0.93,
        2000..2014 => 1.02,
        _ => 1.12,
    };
    // A square meter of a small home costs more: kitchen and bathroom are the expensive rooms, and
    // every home has them.
    let size = (1.16 - shape.area as f64 * 0.0012).max(0.84);
    // Each additional bathroom is worth a little.
    let baths = 1.0 + (shape.half_baths - 2) as f64 * 0.008;
    let noise = 1.0 + draw.bell() * 0.2;
    let dollars = shape.area as f64
        * city.rate
        * (district.level / 100.0)
        * archetype
        * age
        * size
        * baths
        * noise;
    rounded(draw, dollars.round() as i64) * 100
}

/// Rounds as sellers do: to 500 or 1,000, and expensive homes to 5,000.
fn rounded(draw: &mut Draw, dollars: i64) -> i64 {
    let step = match dollars {
        ..450_000 => 500,
        450_000..1_500_000 => 1_000,
        _ => 5_000,
    };
    let rounded = (dollars / step).max(1) * step;
    // Sellers prefer 399,000 to 402,000.
    let above = rounded % 100_000;
    if rounded > 200_000 && above < 8_000 && draw.chance(60) {
        return rounded - above - 1_000;
    }
    rounded
}
