//! Bedrooms and bathrooms.

pub(super) const STUDIO: &[&str] = &[
    "The sleeping area is a raised platform at the quiet end of the room, with drawers below.",
    "A curtain track in the ceiling separates the bed from the rest of the room.",
    "A half-height wall shields the bed from the kitchen and lets the light pass over it.",
    "The bed has an alcove of its own, wide enough for a queen mattress and two lamps.",
    "Bookshelves on casters divide the sleeping corner from the living space.",
    "For sleeping there is an alcove out of sight of the front door.",
    "A wall bed of good quality folds away, so the room is all yours by day.",
    "The sleeping corner is away from the windows on the street and stays dim in the morning.",
    "A glazed screen sets the sleeping area apart and borrows light from the main windows.",
    "The quiet end of the room takes a queen bed and a dresser.",
    "A low platform marks where the bed goes, and the closet stands behind it.",
    "The bed fits behind a wall of wardrobes that stops short of the ceiling.",
];

pub(super) const ONE_BEDROOM: &[&str] = &[
    "The bedroom holds a king bed and still has space for a dresser.",
    "The one bedroom is at the back, where it is quiet.",
    "The bedroom is square, with room on both sides of a queen bed.",
    "A door with a proper seal keeps the bedroom silent when the living room is not.",
    "The bedroom is large enough for a bed, a desk and an armchair.",
    "In the bedroom, blackout shades are set into the window frames.",
    "The bedroom fits a queen bed between two windows.",
    "The bedroom lies away from the street and cools down well at night.",
    "A quiet bedroom with a wide window and wall lamps is on the far side.",
    "The bedroom is plain and restful, with a closet across one wall.",
    "There is one bedroom, and it is a good one: dry, quiet and evenly lit.",
    "The bedroom takes a king bed, two nightstands and a chair.",
];

pub(super) const BEDROOMS: &[&str] = &[
    "Each of the {bedrooms} is large enough for a bed, a desk and a wardrobe.",
    "One of the {bedrooms} takes a king bed and a reading chair.",
    "There are {bedrooms}, each with a window on the quiet side and a door that seals.",
    "The {bedrooms} lie along one hall, away from the kitchen.",
    "The {bedrooms} have closets, ceiling lights and outlets on every wall.",
    "The {bedrooms} are similar in size, so nobody gets the short straw.",
    "The primary bedroom fits a king bed; with {bedrooms} in all, there is space for guests or work.",
    "{Bedrooms} give you choices: sleep, work, guests, or a room for nothing in particular.",
    "The {bedrooms} are restful rooms with blackout shades and solid doors.",
    "Each of the {bedrooms} fits at least a queen bed.",
    "The {bedrooms} are set apart from the living areas, and sound does not carry.",
    "One of the {bedrooms} is smaller and would make a good study.",
    "The {bedrooms} have deep sills, even light and ceiling fans.",
    "Doors to the {bedrooms} are solid wood, and the hinges have been adjusted.",
];

pub(super) const ONE_BATHROOM: &[&str] = &[
    "There is one bathroom, with a window that opens.",
    "The bathroom is next to the sleeping area and has a heated towel rail.",
    "One bathroom serves the home, and it has been planned well.",
    "The one bathroom is larger than is common for a home of {area} square meters.",
    "The bathroom can be reached without crossing the living room.",
    "The single bathroom has a linen cabinet and a quiet fan.",
    "There is one full bathroom, tiled to the ceiling.",
    "The bathroom is finished in plain white tile that is easy to live with.",
    "A well-lit bathroom with a wide mirror completes the private side.",
    "The bathroom has good light, a shelf the length of the wall and dry corners.",
    "The full bathroom is tiled in small hexagons and has a window ledge.",
    "One bathroom, simple and in good order, has storage behind the mirror.",
];

pub(super) const BATHROOMS: &[&str] = &[
    "There are {baths}, so mornings are easy to arrange.",
    "There are {baths}, tiled to shoulder height.",
    "There is no line in the morning, thanks to {baths}.",
    "With {baths}, guests need not share yours.",
    "You have {baths}, finished in the same pale tile.",
    "The plan includes {baths}, placed where you need them.",
    "There are {baths}, with good fans and plain fittings.",
    "There are {baths}, with smooth valves and quiet fans.",
    "There are {baths}, and guests find one of them near the entry.",
    "Having {baths} makes life simpler when people are staying over.",
    "With {baths} set close together, pipe runs are short and hot water comes quickly.",
    "In all there are {baths}, with storage in each.",
    "The plan allows for {baths}, bright, dry and simply furnished.",
];

pub(super) const BATH_DETAIL: &[&str] = &[
    "The {bath} has a deep tub with a handheld shower.",
    "A walk-in shower with a bench takes up one end of the {bath}.",
    "In the {bath} a long vanity stands opposite the shower.",
    "The {bath} has a tub under the window.",
    "The shower in the {bath} has a rain head and a clear glass door.",
    "Brushed fittings and a recessed cabinet keep the {bath} uncluttered.",
    "The {bath} has a tub and shower in one, with a curved rail.",
    "A niche for bottles is set into the shower wall of the {bath}.",
    "The {bath} has a floor of slate and a shower without a threshold.",
    "The {bath} has good water pressure, wide shelves and a mirror with its own light.",
    "A cast-iron tub is the heavy piece in the {bath}.",
    "The {bath} has a double-width basin and a frameless shower.",
    "A pedestal basin and plain chrome fittings suit the {bath}.",
];

pub(super) const CLOSETS: &[&str] = &[
    "Closets have rods at two heights and a light that comes on with the door.",
    "A linen closet stands in the hall, with shelves to the ceiling.",
    "Closet space is plentiful, and all of it has been fitted with shelves.",
    "A wardrobe wall with sliding doors hides more than you would guess.",
    "The closets are cedar-lined and dry.",
    "There is a walk-in closet with a window, which also works as a dressing room.",
    "Clothes, coats and bedding each have a closet.",
    "The largest closet has drawers, hooks and a full-length mirror.",
    "Fitted wardrobes mean there is less furniture to buy.",
    "A coat closet by the entry keeps shoes and bags out of the way.",
    "There is a deep closet for suitcases and a shallow one for brooms.",
    "Closet doors are louvered, so that linens stay fresh.",
];
