//! The kitchen.

pub(super) const KITCHEN: &[&str] = &[
    "The kitchen has {counters} counters, {cabinets} and a deep single sink.",
    "In the kitchen, {counters} counters run along two sides over {cabinets}.",
    "{Cabinets} and {counters} counters make a kitchen that is easy to work in.",
    "The kitchen pairs {cabinets} with {counters} counters and open shelves for the things you use daily.",
    "There is more counter than you expect in the kitchen: {counters}, over {cabinets}.",
    "With {cabinets} on one side and {counters} counters on both, the kitchen suits people who cook.",
    "The kitchen is practical, with {counters} counters, {cabinets} and drawers that close softly.",
    "{Counters} counters catch the light in the kitchen, and {cabinets} hide the rest.",
    "The kitchen was planned by somebody who cooks: {counters} counters, {cabinets}, and room to set things down.",
    "A full wall of {cabinets} keeps the {counters} counters clear.",
    "The kitchen is compact and complete, with {cabinets}, {counters} counters and a pull-out pantry.",
    "Simple tile, {counters} counters and {cabinets} give the kitchen a look that will last.",
    "You get {counters} counters in the kitchen, {cabinets}, and a window shelf for herbs.",
    "Cooks will like the {counters} counters; everyone else will like the {cabinets}.",
];

pub(super) const STOVE: &[&str] = &[
    "The {range} is vented to the outside, and the dishwasher is quiet.",
    "It comes with {a_range}, a full-size refrigerator and a dishwasher.",
    "{A_range} stands between two stretches of counter, under a real hood.",
    "The appliances stay: {a_range}, a refrigerator and a dishwasher.",
    "A hood that works as well as it looks hangs over the {range}.",
    "The {range} has five heating zones and an oven that holds its temperature.",
    "The sink, the {range} and the refrigerator are three steps apart.",
    "{A_range} and a counter-depth refrigerator fit flush with the cabinets.",
    "The {range} was serviced this year, and the refrigerator makes no noise to speak of.",
    "Cooking is on {a_range}; the dishwasher sits next to the sink, where it should.",
    "There is {a_range}, a wide refrigerator and a dishwasher with a third rack.",
    "Good task lights hang over the sink and the {range}.",
];

pub(super) const DINING: &[&str] = &[
    "A table for {seats} fits beside the kitchen.",
    "There is room for a table with {seats} chairs between kitchen and living room.",
    "The dining area seats {seats} without moving furniture.",
    "Next to the kitchen, a table for {seats} has its own light.",
    "Dinner for {seats} is no trouble in the dining area.",
    "The dining corner takes a table for {seats} and a sideboard.",
    "A pendant marks the place for a table that seats {seats}.",
    "Between kitchen and living room there is space for {seats} at the table.",
    "You can seat {seats} for dinner and still walk around the table.",
    "A round or a long table, with {seats} seats, would both fit the dining area.",
    "The dining area is open to the kitchen and holds {seats} comfortably.",
    "A built-in bench along the wall helps a table for {seats} to fit.",
];
