//! Details that no column holds, chosen to fit type, age and place.

use super::{Outdoor, Parking};
use crate::cities::{Density, Region};
use crate::draw::Draw;
use crate::shape::Archetype;

pub(super) const COUNTERS: &[&str] = &[
    "quartz",
    "soapstone",
    "butcher-block",
    "honed granite",
    "maple",
    "terrazzo",
    "slate",
    "concrete",
];

pub(super) const CABINETS: &[&str] = &[
    "painted Shaker cabinets",
    "flat-front walnut cabinets",
    "birch plywood cabinets",
    "sage-green cabinets",
    "plain white cabinets",
    "dark blue cabinets",
    "light oak cabinets",
    "full-height gray cabinets",
];

pub(super) const RANGES: &[&str] = &[
    "gas range",
    "induction range",
    "electric range",
    "dual-fuel range",
];

pub(super) const SIDES: &[&str] = &["south", "east", "west", "southeast", "southwest"];

pub(super) fn outdoor(draw: &mut Draw, archetype: Archetype, floor: i64) -> Outdoor {
    match archetype {
        Archetype::Townhouse => Outdoor::Patio,
        _ if archetype.is_detached() => Outdoor::Yard,
        // A balcony needs something below it.
        _ if floor == 1 => draw.weighted(&[
            (Outdoor::Patio, 50),
            (Outdoor::Courtyard, 35),
            (Outdoor::Roof, 15),
        ]),
        _ => draw.weighted(&[
            (Outdoor::Balcony, 60),
            (Outdoor::Courtyard, 24),
            (Outdoor::Roof, 16),
        ]),
    }
}

pub(super) fn parking(draw: &mut Draw, of: Archetype, density: Density, year: i64) -> Parking {
    let built_for_cars = year >= 1948;
    draw.weighted(match of {
        Archetype::House | Archetype::Townhouse if built_for_cars => {
            &[(Parking::Garage, 70), (Parking::Driveway, 30)]
        }
        Archetype::Townhouse => &[(Parking::Street, 70), (Parking::Space, 30)],
        Archetype::House | Archetype::Cottage => &[
            (Parking::Driveway, 60),
            (Parking::Garage, 15),
            (Parking::Street, 25),
        ],
        _ if density == Density::Outer => &[(Parking::Space, 1)],
        _ if built_for_cars => &[(Parking::Space, 80), (Parking::Street, 20)],
        _ => &[(Parking::Space, 35), (Parking::Street, 65)],
    })
}

pub(super) fn floors(draw: &mut Draw, of: Archetype, region: Region, year: i64) -> &'static str {
    draw.pick(match (of, year) {
        (Archetype::Loft, ..1945) => &[
            "maple floors",
            "heart pine floors",
            "polished concrete floors",
        ],
        (Archetype::Loft, _) => &[
            "polished concrete floors",
            "wide oak floors",
            "sealed concrete floors",
        ],
        (_, ..1945) if region == Region::South => {
            &["heart pine floors", "red oak floors", "white oak floors"]
        }
        (_, ..1945) => &[
            "red oak floors",
            "narrow maple floors",
            "wide-plank pine floors",
            "white oak floors",
        ],
        (_, ..1990) => &[
            "oak parquet floors",
            "red oak floors",
            "cork floors",
            "terrazzo floors",
        ],
        _ => &[
            "engineered oak floors",
            "white oak floors",
            "bamboo floors",
            "ash floors",
            "wide-plank oak floors",
        ],
    })
}

pub(super) fn heat(draw: &mut Draw, of: Archetype, region: Region, year: i64) -> &'static str {
    let cold = matches!(region, Region::Northeast | Region::Midwest);
    draw.pick(match of {
        _ if cold && year < 1950 => &[
            "a boiler with cast-iron radiators",
            "a heat pump",
            "central heating and air",
        ],
        Archetype::Cottage | Archetype::Loft => &[
            "a pair of mini-splits",
            "a heat pump",
            "central heating and air",
        ],
        _ => &[
            "a ducted heat pump",
            "central heating and air",
            "a heat pump",
            "a two-stage central system",
        ],
    })
}
