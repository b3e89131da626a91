//! Outdoor space, the building and parking.

pub(super) const YARD: &[&str] = &[
    "The yard has a patch of lawn, two raised beds and a spigot at the right height.",
    "Behind the {type} is a fenced yard with room for a table, a grill and a vegetable bed.",
    "The back yard is level and gets shade in the afternoon.",
    "A gate at the side leads to a yard with native plants that need little water.",
    "The yard is easy to care for: gravel, shrubs and one good tree.",
    "In the yard there are stone steps, a clothesline and a compost corner.",
    "Out back, a covered porch looks on to the yard.",
    "A mature tree shades half of the yard, and the other half is open for planting.",
    "The yard has been kept simple, with mown grass and a low hedge.",
    "From the kitchen door you step to a paved terrace, with the yard beyond.",
    "The yard is fenced on three sides and planted with perennials.",
    "There is a small shed in the yard, with power and a workbench.",
    "Drip irrigation keeps the beds in the yard alive while you are away.",
];

pub(super) const PATIO: &[&str] = &[
    "The back door opens to a brick patio with space for a table and a few pots.",
    "At the back is a paved patio, fenced and open to the sky.",
    "A small patio at the back catches the evening light.",
    "The patio has a gas line for a grill and a drain that works.",
    "There is a walled patio for breakfast, tomatoes and a bicycle.",
    "The patio is private, level with the kitchen and easy to sweep.",
    "Outside, a patio of old brick has room for six chairs.",
    "A patio with a raised bed along the fence is all the gardening some people want.",
    "Sliding doors lead to a patio with a shade sail.",
    "The rear patio is screened by a trellis.",
    "You can eat on the patio from spring into fall.",
    "A gate in the patio wall leads to the alley, handy for deliveries.",
];

pub(super) const BALCONY: &[&str] = &[
    "The balcony has room for two chairs and a row of pots.",
    "A balcony runs along the living room, deep enough for a small table.",
    "From the balcony you look over street trees.",
    "The balcony is covered, so it can be used in the rain.",
    "There is a balcony with a wooden deck and an outlet.",
    "Coffee on the balcony works for a good part of the year.",
    "The balcony is wide enough for a bench, and the railing is solid.",
    "A glass door leads to the balcony, which is out of the wind.",
    "The balcony has a hook for a hammock and a view along the street.",
    "Herbs do well on the balcony, which has a water tap.",
    "A folding door opens the living room to the balcony.",
    "The balcony belongs to this home alone and is not overlooked.",
];

pub(super) const COURTYARD: &[&str] = &[
    "The building shares a planted courtyard with benches and a fountain.",
    "A shared courtyard with two maples is the building's outdoor room.",
    "Residents share a courtyard with tables, shade and a grill.",
    "The courtyard is common to the building, and the residents plant it together.",
    "There is a shared courtyard, paved in brick, for warm evenings.",
    "Through the hall you come to a courtyard that the whole building shares.",
    "A quiet courtyard, shared by the residents, has space to sit in the sun.",
    "The shared courtyard has raised beds that can be reserved by the season.",
    "Windows look over the shared courtyard, which is green for most of the year.",
    "The building wraps around a shared courtyard with a long table.",
    "Bicycles, benches and a fig tree share the building's courtyard.",
    "In the shared courtyard there is shade at noon and sun after work.",
];

pub(super) const ROOF: &[&str] = &[
    "The roof deck is shared by the residents and has a wide view over {district}.",
    "On the roof, a shared deck offers chairs, planters and a pergola.",
    "A shared roof deck with grills can be booked for an evening.",
    "Residents share a roof deck, with lockers for cushions and games.",
    "The building has a shared roof deck where the sunset is the main event.",
    "Up on the shared roof deck there are planters that residents look after.",
    "A shared deck on the roof takes the place of a garden.",
    "The shared roof deck has shade, water and two long tables.",
    "Residents meet on the shared roof deck, which has power and lights.",
    "The shared roof deck has composite boards and high railings.",
    "You have the use of a shared roof deck, open from morning to ten at night.",
    "Laundry lines and lounge chairs coexist on the shared roof deck.",
];

pub(super) const LOT: &[&str] = &[
    "The lot is regular in shape, with survey stakes at each corner.",
    "Gutters and downspouts are clear, and water runs away from the foundation.",
    "A front porch with a swing faces {street}.",
    "The foundation has been inspected, and the report can be read before an offer.",
    "The roof has a long life ahead of it, according to the last inspection.",
    "The front steps are brick, with a sturdy rail.",
    "From the curb you see a plain front, a wide door and a tidy walk.",
    "The siding is painted a soft gray that goes with the planting.",
    "The crawl space is dry and has a vapor barrier.",
    "A brick walk leads from {street} to the front door.",
    "The eaves are deep, which helps on hot days and in heavy rain.",
    "Sewer and water lines were checked by camera, and the footage is available.",
    "Low walls and a hedge mark the line to the neighbors.",
];

pub(super) const ROW: &[&str] = &[
    "It is one of a row, with thick party walls that keep the neighbors inaudible.",
    "The row shares a roof contract, so upkeep is simple and predictable.",
    "A stoop of five steps leads up from {street}.",
    "The front is brick, with stone sills and a transom over the door.",
    "There are neighbors on two sides and daylight on the other two.",
    "A small association looks after roofs and gutters along the row.",
    "The party walls were insulated against sound, and it shows.",
    "The front door is set back under a small canopy.",
    "Houses along the row differ in color and agree in height.",
    "A narrow bed of lavender separates the front wall from the sidewalk.",
    "The association meets twice a year and keeps healthy reserves.",
    "A mail slot, a bell that works and a good light mark the entrance.",
];

pub(super) const LOW: &[&str] = &[
    "It lies on the {story} floor of a small building with a well-kept entry.",
    "The home is on the {story} floor, and the building has few doors per landing.",
    "You find it on the {story} floor, behind a door with a good lock.",
    "From the lobby it is only a short way to the {story} floor.",
    "The {story}-floor position keeps it close to the street and its comings and goings.",
    "The {story} floor has three doors, and this is the one at the end.",
    "The building is low and quiet; this home is on the {story} floor.",
    "Package lockers stand in the lobby, and the home is on the {story} floor.",
    "Being on the {story} floor, it is quick to get in and out of.",
    "The association has ample reserves and keeps the {story}-floor hall freshly painted.",
    "Neighbors on the {story} floor share a landing with plants and a bench.",
    "The {story}-floor hall is carpeted, and the building's doors are solid core.",
];

pub(super) const HIGH: &[&str] = &[
    "It lies on the {story} floor, and two elevators serve the building.",
    "From the {story} floor the view goes over the roofs of {district}.",
    "The elevator takes you to the {story} floor, where there are six doors.",
    "On the {story} floor the street is a murmur.",
    "The building has an elevator, a staffed desk by day and package lockers; the home is on the {story} floor.",
    "The {story} floor is high enough for a wide piece of sky.",
    "An elevator with room for a sofa stops on the {story} floor.",
    "The view from the {story} floor reaches well past {street}.",
    "From the {story} floor you see weather coming before it arrives.",
    "The lobby has seating and good light, and the elevator is quick to the {story} floor.",
    "The association has ample reserves and maintains the elevator to the {story} floor well.",
    "Up on the {story} floor there is sky in all the main windows.",
];

pub(super) const GARAGE: &[&str] = &[
    "The attached garage has shelves and an outlet for charging a car.",
    "There is a garage with a workbench and space for bicycles.",
    "The garage is deep enough for a car and a season of tools.",
    "A garage with an insulated door takes one car.",
    "Parking is in the garage, which is wired for a charger.",
    "The garage opens from the side and has a window.",
    "A car, two bicycles and a ladder fit in the garage.",
    "The garage has a sealed floor and ceiling racks.",
    "From the garage you carry groceries straight to the kitchen.",
    "The garage door is new and quiet.",
    "The garage stays dry and cool and has its own circuit.",
    "A garage for one car keeps the windshield free of dust and sap.",
];

pub(super) const DRIVEWAY: &[&str] = &[
    "The driveway holds two cars, one behind the other.",
    "Cars park in the driveway, off the street.",
    "A concrete driveway runs along the side.",
    "There is a driveway with an outdoor outlet for charging.",
    "The driveway is short, level and easy to back out of.",
    "Off-street parking is in the driveway.",
    "A gravel driveway has space for two cars.",
    "The driveway has a smooth, even surface.",
    "A paved driveway spares you the search for a space.",
    "Two strips of concrete with grass between them make up the driveway.",
    "The driveway ends at a gate, with room for bicycles behind it.",
    "There is parking for guests in the driveway as well.",
];

pub(super) const SPACE: &[&str] = &[
    "One parking space comes with it.",
    "A numbered parking space is included.",
    "The deeded parking space is near the door.",
    "There is one assigned parking space, with a charger nearby.",
    "Parking is in an assigned space behind the building.",
    "The assigned space is wide enough to open both doors.",
    "An assigned parking space and a rack for bicycles are included.",
    "Parking: one space, assigned, with no stairs on the way.",
    "The sale includes an assigned space and visitor parking by permit.",
    "A parking space with its own number is part of the deed.",
    "The assigned space is lit at night.",
    "You have one assigned space, and guests may use four more.",
];

pub(super) const STREET: &[&str] = &[
    "Parking is on the street, by residential permit.",
    "Cars park at the curb, and there is usually a space.",
    "There is no garage; the street has permit parking.",
    "Street parking is free outside rush hours.",
    "Residents park on {street} with a permit from the city.",
    "Bicycles can be kept inside, and cars park at the curb.",
    "Curb parking is the rule on this block.",
    "A permit for street parking costs little here.",
    "Parking is at the curb, and two shared cars stand around the corner.",
    "The curb in front has space for a car on most evenings.",
    "Street parking is regulated by permit, which favors residents.",
    "You park on the street; a rack for bicycles is by the door.",
];
