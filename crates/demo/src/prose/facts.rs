//! The facts that the text about a home may state.

mod details;
mod words;

use super::{inside, outside, place};
use crate::cities::{Density, Place};
use crate::draw::Draw;
use crate::shape::{Archetype, Shape};
use details::{CABINETS, COUNTERS, RANGES, SIDES};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    New,
    Renovated,
    Maintained,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outdoor {
    Yard,
    Patio,
    Balcony,
    /// Shared with the building, as is the roof.
    Courtyard,
    Roof,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Parking {
    Garage,
    Driveway,
    Space,
    Street,
}

/// The row's numbers, and details that no column holds.
pub(crate) struct Facts<'a> {
    pub(super) archetype: Archetype,
    pub(super) bedrooms: i64,
    pub(super) half_baths: i64,
    pub(super) area: i64,
    pub(super) year: i64,
    pub(super) condition: Condition,
    pub(super) outdoor: Outdoor,
    pub(super) parking: Parking,
    pub(super) shared_laundry: bool,
    pub(super) has_stairs: bool,
    /// The year of the renovation; meaningful if there was one.
    renovated: i64,
    /// The story that it is on.
    floor: i64,
    density: Density,
    city: &'a str,
    state: &'a str,
    district: &'a str,
    street: &'a str,
    side: &'static str,
    floors: &'static str,
    counters: &'static str,
    cabinets: &'static str,
    range: &'static str,
    heat: &'static str,
    minutes: i64,
}

impl<'a> Facts<'a> {
    pub(crate) fn draw(
        draw: &mut Draw,
        place: &'a Place,
        shape: &Shape,
        street: &'a str,
        floor: i64,
    ) -> Self {
        let Shape {
            archetype,
            bedrooms,
            half_baths,
            area,
            year,
        } = *shape;
        let condition = match year {
            2014.. => Condition::New,
            ..2004 if draw.chance(50) => Condition::Renovated,
            _ => Condition::Maintained,
        };
        Self {
            archetype,
            bedrooms,
            half_baths,
            area,
            year,
            condition,
            outdoor: details::outdoor(draw, archetype, floor),
            parking: details::parking(draw, archetype, place.district.density, year),
            shared_laundry: archetype == Archetype::Apartment && draw.chance(40),
            has_stairs: match archetype {
                Archetype::Townhouse => true,
                Archetype::House => area >= 190 || draw.chance(45),
                _ => false,
            },
            renovated: draw.between((year + 12).max(2013), 2023),
            floor,
            density: place.district.density,
            city: place.city.name,
            state: place.city.state,
            district: place.district.name,
            street,
            side: draw.pick(SIDES),
            floors: details::floors(draw, archetype, place.region, year),
            counters: draw.pick(COUNTERS),
            cabinets: draw.pick(CABINETS),
            range: draw.pick(RANGES),
            heat: details::heat(draw, archetype, place.region, year),
            minutes: draw.between(4, 12),
        }
    }

    pub(super) fn layout(&self) -> &'static [&'static str] {
        match self.archetype {
            Archetype::Loft => inside::LOFT,
            _ if self.has_stairs => inside::STAIRS,
            _ => inside::LEVEL,
        }
    }

    pub(super) fn building(&self) -> &'static [&'static str] {
        match self.archetype {
            Archetype::Townhouse => outside::ROW,
            _ if self.archetype.is_detached() => outside::LOT,
            _ if self.floor > 3 => outside::HIGH,
            _ => outside::LOW,
        }
    }

    pub(super) fn place(&self) -> &'static [&'static str] {
        match self.density {
            Density::Core => place::CORE,
            Density::Inner => place::INNER,
            Density::Outer => place::OUTER,
        }
    }

    pub(super) fn transit(&self) -> &'static [&'static str] {
        match self.density {
            Density::Outer => place::ROADS,
            _ => place::TRANSIT,
        }
    }
}
