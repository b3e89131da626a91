//! What the home is, how large, how light and in what condition.

pub(super) const OPENING: &[&str] = &[
    "This {beds} {type} stands on {street} in {district}, {city}.",
    "On {street} in {district}, {city}, this {type} has {bedrooms} and {baths}.",
    "Here is {a_type} with {bedrooms} and {baths} on {street} in {district}, {city}.",
    "A {beds} {type} on {street}, in the {district_name} part of {city}, is being offered for sale.",
    "{Street} is one of the streets people come to know first in {district}, {city}, and this {beds} {type} is on it.",
    "With {bedrooms} and {baths}, this {city} {type} makes sensible use of its address on {street} in {district}.",
    "The address is {street} in {district}, {city}, and the home is a {beds} {type}.",
    "In {district}, {city}, {street} is home to this {beds} {type} with {baths}.",
    "A plain-spoken {beds} {type} in {district}, {city}, with its front door on {street}.",
    "Between the trees of {street} in {district}, {city}, is this {beds} {type}.",
    "This {type} in {district} has {bedrooms}, {baths} and a {city} address on {street}.",
    "Offered on {street}: a {beds} {type} in {district}, {city}, with {baths}.",
    "Set back a little from {street}, this {type} in {district}, {city}, has {bedrooms} and {baths}.",
    "{City} has many kinds of homes; this one is a {beds} {type} on {street} in {district}.",
    "You reach this {beds} {type} from {street}, in {district}, {city}, {state}.",
    "{A_type} of {bedrooms} and {baths}, on {street} in {district}, {city}.",
];

pub(super) const STUDIO: &[&str] = &[
    "This studio loft is on {street} in {district}, {city}.",
    "On {street} in {district}, {city}, this loft is one large room with {baths}.",
    "Here is a studio loft with {baths} on {street} in {district}, {city}.",
    "A studio loft on {street}, in the {district_name} part of {city}, is being offered for sale.",
    "One room, well proportioned, makes up this studio loft on {street} in {district}, {city}.",
    "The address is {street} in {district}, {city}, and the home is a studio loft.",
    "In {district}, {city}, {street} is home to this studio loft with {baths}.",
    "A studio loft in {district}, {city}, with its front door on {street}.",
    "This loft in {district} is a single open room with {baths} and a {city} address on {street}.",
    "Offered on {street}: a studio loft in {district}, {city}, with {baths}.",
    "{City} has many kinds of homes; this one is a studio loft on {street} in {district}.",
    "You reach this studio loft from {street}, in {district}, {city}, {state}.",
];

pub(super) const SIZE: &[&str] = &[
    "Built in {year}, it measures {area} square meters, or about {feet} square feet.",
    "It was built in {year} and has {area} square meters of living space (some {feet} square feet).",
    "The living area is {area} square meters, roughly {feet} square feet, and the building dates from {year}.",
    "There are {area} square meters to live in, about {feet} square feet, all of it finished space.",
    "It covers {area} square meters (around {feet} square feet) and went up in {year}.",
    "Completed in {year}, it offers {area} square meters; that is about {feet} square feet.",
    "At {area} square meters, near {feet} square feet, no part of the plan from {year} is wasted.",
    "The year of construction is {year}, the size {area} square meters, or close to {feet} square feet.",
    "Measured wall to wall, there are {area} square meters, about {feet} square feet, in a building from {year}.",
    "Its {area} square meters (about {feet} square feet) date from {year}, as county records confirm.",
    "County records give {year} as the year it was built and {area} square meters as its size, about {feet} square feet.",
    "Since {year} it has had the same footprint: {area} square meters, some {feet} square feet.",
    "All {area} square meters, about {feet} square feet, are heated; construction was finished in {year}.",
    "It dates from {year}, and its {area} square meters, around {feet} square feet, feel like more than the figure.",
];

pub(super) const LIGHT: &[&str] = &[
    "The main room faces {side} and is bright for most of the day.",
    "Light comes in from the {side}, through windows that start low and end high.",
    "Because the living room looks {side}, lamps stay off until evening.",
    "{Side} light reaches well into the living room, in winter too.",
    "The largest windows face {side}, so the living room keeps its daylight for hours.",
    "Living room windows to the {side} make it a good place for plants.",
    "Daylight is the first thing you notice: the wide windows look {side}.",
    "With its long side to the {side}, the living room gets steady, pleasant light.",
    "The living room is turned to the {side}, and the light there moves slowly across the wall.",
    "Tall windows on the {side} side bring the day indoors.",
    "A row of windows to the {side} lights the living room from end to end.",
    "You can read by the {side} windows without a lamp on all but the grayest days.",
    "The {side} exposure gives the living room a warm cast in late fall.",
    "Windows on the {side} side are deep enough to sit in, and the light is generous.",
];

pub(super) const NEW: &[&str] = &[
    "Everything in it is still young: roof, wiring, plumbing and appliances.",
    "Construction this recent means few surprises, and the manuals for each appliance are in a drawer.",
    "It was built to current code, with thick insulation and quiet mechanical ventilation.",
    "The builders chose plain, durable finishes, and there is little wear to see.",
    "Walls are straight, doors close with one finger, and nothing is waiting to be repaired.",
    "The finishes are from the first owner and have been treated with care.",
    "Insulation, glazing and ducts follow recent standards, which the utility bills show.",
    "No part of it needs work; the paint is recent and the caulk lines are clean.",
    "It has the practical merits of recent construction: level floors, many outlets and quiet pipes.",
    "Plans and permits are on file with the city, since it was finished not long ago.",
    "Nothing has been altered since completion, and the original drawings come with the sale.",
    "Recent construction shows in small things, such as outlets where you want them and doors that seal.",
];

pub(super) const RENOVATED: &[&str] = &[
    "A renovation in {renovated} replaced wiring and plumbing and left the proportions alone.",
    "It was renovated in {renovated}, with permits, from the pipes to the paint.",
    "The last renovation, in {renovated}, took the rooms back to the studs and put them together again.",
    "In {renovated} the kitchen and baths were rebuilt and the electrical panel replaced.",
    "Much of what you touch every day, from switches to faucets, dates from a {renovated} renovation.",
    "Work finished in {renovated} brought new systems and kept the trim that was worth keeping.",
    "The {renovated} renovation was thorough: new wiring, new plumbing, new plaster where it was needed.",
    "Renovated in {renovated}, it pairs older proportions with newer pipes, wires and insulation.",
    "An architect led the renovation of {renovated}, and the rooms are calmer for it.",
    "Since the renovation in {renovated}, the systems have been newer than the walls.",
    "The renovation, completed in {renovated}, dealt with the parts that are hard to see as well.",
    "Owners reworked it in {renovated}; the contractor's records and permits are available.",
];

pub(super) const MAINTAINED: &[&str] = &[
    "It has been looked after year by year rather than remade all at once.",
    "Maintenance has been regular, and the owner has kept receipts for all of it.",
    "Some finishes are original and in good order; others will take well to new paint.",
    "It is in honest condition: sound, clean and ready for whatever changes you plan.",
    "Repairs have been made as they came up, and nothing urgent is waiting.",
    "The rooms have kept their original proportions, doors and much of their hardware.",
    "Successive owners have maintained it with care and without fashion.",
    "A recent inspection found it sound, with a short list of small items since fixed.",
    "It is comfortable as it stands, and it leaves room for ideas.",
    "Nothing here is for show; what is there works and has been serviced.",
    "The condition is good throughout, with the ordinary marks of use on doors and sills.",
    "Paint is fresh, the hinges are quiet, and the roof has been checked within the last year.",
];
