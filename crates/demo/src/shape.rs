//! Type, rooms, area and year.

use crate::cities::{City, Density};
use crate::draw::Draw;

/// The type of a home.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Archetype {
    Apartment,
    Condo,
    Cottage,
    House,
    Loft,
    Townhouse,
}

impl Archetype {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Apartment => "apartment",
            Self::Condo => "condo",
            Self::Cottage => "cottage",
            Self::House => "house",
            Self::Loft => "loft",
            Self::Townhouse => "townhouse",
        }
    }

    /// Whether it has neighbors above or below.
    pub(crate) fn is_stacked(self) -> bool {
        matches!(self, Self::Apartment | Self::Condo | Self::Loft)
    }

    /// Whether it has no neighbors wall to wall.
    pub(crate) fn is_detached(self) -> bool {
        matches!(self, Self::Cottage | Self::House)
    }
}

/// The facts of a home from which the others follow.
pub(crate) struct Shape {
    pub(crate) archetype: Archetype,
    pub(crate) bedrooms: i64,
    pub(crate) half_baths: i64,
    /// Square meters.
    pub(crate) area: i64,
    pub(crate) year: i64,
}

impl Shape {
    pub(super) fn draw(draw: &mut Draw, city: &City, density: Density) -> Self {
        let archetype = archetype(draw, density);
        let bedrooms = bedrooms(draw, archetype);
        let (base, per_bedroom) = match archetype {
            Archetype::Apartment => (38, 24),
            Archetype::Condo => (42, 27),
            Archetype::Cottage => (32, 27),
            Archetype::House => (42, 39),
            Archetype::Loft => (60, 29),
            Archetype::Townhouse => (52, 32),
        };
        let usual = (base + per_bedroom * bedrooms) as f64;
        let area = (usual * (1.02 + draw.bell() * 0.24)).round() as i64;
        let half_baths = half_baths(draw, archetype, bedrooms);
        let year = year(draw, archetype, density).max(city.since + draw.between(0, 14));
        Self {
            archetype,
            bedrooms,
            half_baths,
            area,
            year,
        }
    }
}

/// The floor of a home in an apartment building.
pub(super) fn floor(draw: &mut Draw, density: Density) -> i64 {
    let top = match density {
        Density::Core => draw.between(4, 16),
        Density::Inner => draw.between(2, 5),
        Density::Outer => draw.between(2, 3),
    };
    draw.between(1, top)
}

fn archetype(draw: &mut Draw, density: Density) -> Archetype {
    use Archetype::{Apartment, Condo, Cottage, House, Loft, Townhouse};
    draw.weighted(match density {
        Density::Core => &[
            (Apartment, 26),
            (Condo, 38),
            (Loft, 20),
            (Townhouse, 12),
            (House, 4),
        ],
        Density::Inner => &[
            (Apartment, 16),
            (Condo, 24),
            (Loft, 6),
            (Townhouse, 17),
            (House, 27),
            (Cottage, 10),
        ],
        Density::Outer => &[
            (Apartment, 9),
            (Condo, 12),
            (Townhouse, 16),
            (House, 51),
            (Cottage, 12),
        ],
    })
}

fn bedrooms(draw: &mut Draw, archetype: Archetype) -> i64 {
    draw.weighted(match archetype {
        Archetype::Apartment => &[(1, 42), (2, 41), (3, 14), (4, 3)],
        Archetype::Condo => &[(1, 31), (2, 47), (3, 20), (4, 2)],
        Archetype::Cottage => &[(1, 30), (2, 52), (3, 18)],
        Archetype::House => &[(2, 12), (3, 45), (4, 31), (5, 10), (6, 2)],
        Archetype::Loft => &[(0, 26), (1, 50), (2, 24)],
        Archetype::Townhouse => &[(2, 30), (3, 52), (4, 18)],
    })
}

fn half_baths(draw: &mut Draw, archetype: Archetype, bedrooms: i64) -> i64 {
    let detached_small = archetype == Archetype::Cottage;
    draw.weighted(match bedrooms {
        0 => &[(2, 1)],
        1 => &[(2, 84), (3, 16)],
        2 if detached_small => &[(2, 60), (3, 20), (4, 20)],
        2 => &[(2, 34), (3, 20), (4, 40), (5, 6)],
        3 if detached_small => &[(2, 20), (3, 30), (4, 50)],
        3 => &[(2, 8), (3, 16), (4, 42), (5, 28), (6, 6)],
        4 => &[(4, 30), (5, 42), (6, 20), (7, 8)],
        5 => &[(5, 28), (6, 40), (7, 32)],
        _ => &[(6, 35), (7, 40), (8, 25)],
    })
}

fn year(draw: &mut Draw, archetype: Archetype, density: Density) -> i64 {
    let (early, late) = match (archetype, density) {
        // About half of the lofts are old workshops; the others were built to look like them.
        (Archetype::Loft, _) if draw.chance(58) => (1896, 1931),
        (Archetype::Loft, _) => (1999, 2023),
        (Archetype::Apartment, Density::Outer) => (1964, 2021),
        (Archetype::Apartment, _) => {
            draw.weighted(&[((1908, 1939), 35), ((1955, 1988), 30), ((1999, 2024), 35)])
        }
        (Archetype::Condo, Density::Core) => {
            draw.weighted(&[((1984, 2003), 30), ((2004, 2024), 70)])
        }
        (Archetype::Condo, _) => {
            draw.weighted(&[((1924, 1938), 12), ((1966, 1990), 38), ((1996, 2024), 50)])
        }
        (Archetype::Cottage, _) => draw.weighted(&[((1888, 1929), 62), ((1930, 1958), 38)]),
        (Archetype::Townhouse, Density::Outer) => (1974, 2024),
        (Archetype::Townhouse, _) => draw.weighted(&[((1872, 1929), 48), ((1994, 2024), 52)]),
        (Archetype::House, Density::Outer) => {
            draw.weighted(&[((1922, 1945), 14), ((1946, 1974), 46), ((1975, 2024), 40)])
        }
        (Archetype::House, _) => {
            draw.weighted(&[((1890, 1941), 62), ((1946, 1965), 22), ((2005, 2024), 16)])
        }
    };
    draw.between(early, late)
}
