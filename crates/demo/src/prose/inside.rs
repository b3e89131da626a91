//! The layout of the rooms, and the floors.

pub(super) const LEVEL: &[&str] = &[
    "Everything is on one level, with the living room at the center and the other rooms around it.",
    "The rooms lie on one floor, and a short hall keeps the living room apart from the rest.",
    "On its single level the living room comes first, then the kitchen, then the more private rooms.",
    "There are no steps inside; wide openings lead from the living room to the kitchen.",
    "One level, one hall: you find your way around in a minute.",
    "The plan is all on one floor, and doors close off each room from the hall.",
    "You enter through a small hall with hooks and a bench, and no stairs follow.",
    "The single-level plan keeps the living room and kitchen side by side.",
    "Living room and kitchen share one end of the level plan, with the private rooms at the other.",
    "All rooms are on the same level, and the doorways are wider than usual.",
    "The entry leads straight to the living room, and the rest of the single floor opens from there.",
    "It is laid out on one floor, with the living room large enough for two sofas or a piano.",
    "A square living room anchors the plan, which has no interior steps.",
];

pub(super) const LOFT: &[&str] = &[
    "The main space is open from wall to wall, with concrete columns marking where rooms could begin.",
    "Ceilings are more than ten feet high, and the ducts and beams are left in view.",
    "Exposed structure does the decorating here: columns, beams and one long brick wall.",
    "Kitchen, table and sofa share one tall room, with space between them.",
    "The plan is open, apart from the rooms that need a door.",
    "High ceilings and few walls leave the arrangement of the main room to you.",
    "A sliding steel door closes off one end of the main room when you want it smaller.",
    "The main room is long and tall, with wide windows and visible beams.",
    "One generous room holds living, cooking and dining, under a ceiling high enough for tall shelves.",
    "Brick on one side and glass on the other frame the open main room.",
    "There is enough height for a library ladder and enough wall for large pictures.",
    "The tall main room takes big furniture easily, and the freight-sized door lets it in.",
];

pub(super) const STAIRS: &[&str] = &[
    "The living rooms are on the main floor, and the bedrooms are upstairs.",
    "You enter on the main floor, where living room and kitchen face each other across the stairs.",
    "Stairs with a solid oak rail lead from the living room to the bedrooms above.",
    "Downstairs is one long space from front to back; upstairs the rooms close with proper doors.",
    "The main floor is for living, cooking and guests, and the upper floor for sleep.",
    "A straight staircase separates the living room from the kitchen without closing either off.",
    "From the entry you see through to the back of the main floor, past the stairs.",
    "The stairs rise at the center of the plan, so no upstairs hall is longer than it needs to be.",
    "Rooms are stacked simply: living and cooking below, sleeping above.",
    "The ground floor has a living room in front and the kitchen behind it, joined by a wide opening.",
    "On the main floor a pair of pocket doors can divide the front room from the back.",
    "There is a proper entry hall, with the staircase on one side and the living room on the other.",
];

pub(super) const FLOORS: &[&str] = &[
    "{Floors} run through the main rooms without a threshold.",
    "Underfoot are {floors}, in good condition.",
    "The {floors} continue from the entry to the far wall.",
    "{Floors} in the living areas are easy to keep clean.",
    "The rooms are tied together by {floors}.",
    "The {floors} have a matte finish and wear their age well.",
    "{Floors} and white walls make a calm background.",
    "In the living areas there are {floors}, free of carpet.",
    "{Floors} give the rooms an even, quiet surface.",
    "The {floors} were cleaned and sealed last spring.",
    "There are {floors} throughout, except where tile makes more sense.",
    "Good {floors} are the best feature of the main rooms.",
    "Visitors tend to remark on the {floors}.",
];

pub(super) const WORK: &[&str] = &[
    "A corner of the living room takes a desk, out of the way of the sofa and close to a window.",
    "There is an alcove for a desk, with an outlet and a data port in the right place.",
    "Built-in shelves along one wall hold several hundred books.",
    "One stretch of wall is deep enough for a desk and a pair of monitors.",
    "Picture rails run along two walls, so that art can be hung without new holes.",
    "A recessed nook beside the living room serves as a desk or a reading seat.",
    "A long low shelf under the windows holds books, records and plants.",
    "The living room has one solid wall for a screen, away from the glare.",
    "A built-in bench with drawers makes use of the corner by the window.",
    "Half a wall of shelving with doors below keeps the living room tidy.",
    "A small landing beside the living room is just right for a desk.",
    "Dimmers in the living room let the evening be as bright or as low as you like.",
];
