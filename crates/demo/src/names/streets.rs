//! Names of streets. Not formatted: one name per line would make 120 lines.

/// Names that occur in every region.
#[rustfmt::skip]
pub(super) const STREETS: &[&str] = &[
    "Adams", "Alder", "Ash", "Beacon", "Birch", "Bridge", "Canal", "Cedar", "Center", "Cherry", "Clay", "Clinton",
    "Court", "Division", "Elm", "Foster", "Franklin", "Garden", "Grant", "Grove", "Harrison", "Hawthorne",
    "Hickory", "High", "Hill", "Jackson", "Jefferson", "Lake", "Laurel", "Lincoln", "Linden", "Locust", "Madison",
    "Main", "Maple", "Market", "Meadow", "Mill", "Monroe", "Morgan", "Mulberry", "Oak", "Olive", "Orchard", "Park",
    "Pearl", "Pine", "Poplar", "Prospect", "Railroad", "Ridge", "River", "School", "Spring", "Spruce", "Summit",
    "Union", "Valley", "Vine", "Wallace", "Walnut", "Washington", "Water", "Webster", "Willow", "Woodland",
];

#[rustfmt::skip]
pub(super) const SOUTH: &[&str] = &[
    "Bluebonnet", "Camellia", "Crape Myrtle", "Cypress", "Dogwood", "Gardenia", "Jasmine", "Live Oak", "Magnolia",
    "Palmetto", "Pecan", "Sabine", "Tupelo", "Wisteria",
];

#[rustfmt::skip]
pub(super) const NORTHEAST: &[&str] = &[
    "Amity", "Chestnut", "Concord", "Delancey", "Essex", "Fayette", "Hanover", "Lexington", "Mercer", "Putnam",
    "Salem", "Sherman", "Tremont", "Winthrop",
];

#[rustfmt::skip]
pub(super) const MIDWEST: &[&str] = &[
    "Arbor", "Buckeye", "Cass", "Erie", "Huron", "Keokuk", "Marquette", "Nicollet", "Ohio", "Prairie", "Superior",
    "Wabash", "Winnebago", "Wolcott",
];

#[rustfmt::skip]
pub(super) const WEST: &[&str] = &[
    "Alameda", "Aspen", "Cascade", "Columbia", "Cottonwood", "Juniper", "Larkspur", "Manzanita", "Mesa", "Ocotillo",
    "Sage", "Sequoia", "Sierra", "Yucca",
];
