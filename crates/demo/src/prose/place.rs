//! The district, how to get around, and what to do next.

pub(super) const CORE: &[&str] = &[
    "{District} is dense and busy by day, with bakeries, bars and a hardware store within a few blocks.",
    "Around the corner {district} has what a week asks for: groceries, coffee, a pharmacy and a gym.",
    "{District} mixes old brick and new towers, and the ground floors are mostly shops.",
    "The sidewalks of {district} are lively until late and calm on Sunday mornings.",
    "You can run most errands in {district} on foot, and the market hall is close.",
    "Restaurants in {district} change often; the diner at the corner does not.",
    "In {district}, offices, studios and homes share the same blocks.",
    "{District} has theaters, lunch counters and a library branch close together.",
    "Much of what is new in {city} opens first in {district}.",
    "{District} is one of the parts of {city} where a car is optional.",
    "Galleries, cafes and a late grocery store line the main street of {district}.",
    "A small plaza with trees is the living room of {district}.",
];

pub(super) const INNER: &[&str] = &[
    "{District} has a main street with a bakery, a bookstore and a grocer, and shade on the way there.",
    "The side streets of {district} are leafy, with porches and low fences.",
    "{District} grew up along a streetcar line, and the shops still follow it.",
    "On Saturdays the farmers market brings {district} out to the street.",
    "In {district}, corner stores and coffee shops are mixed in with the homes.",
    "Neighbors in {district} trade seedlings and tools, and the block has a yearly cookout.",
    "{District} has kept its scale: few stories, many trees, hardly a parking lot.",
    "There is a park with tennis courts and a dog run in {district}.",
    "{District} is known for its taco counters, its nursery and its used records.",
    "From here the cafes of {district} are close and its bars are not too close.",
    "The library branch in {district} was rebuilt and has a reading garden.",
    "{District} is a place for evening strolls, with gardens worth a look.",
    "A hardware store, a cinema and a good noodle shop keep {district} self-sufficient.",
];

pub(super) const OUTER: &[&str] = &[
    "{District} is green and unhurried, with wide lots and mature trees.",
    "A shopping street in {district} has a grocer, a garden center and a barber.",
    "Trails begin at the edge of {district} and follow the creek for miles.",
    "{District} has a public pool, ball fields and a library branch.",
    "Streets in {district} curve, traffic is light, and bicycles are common.",
    "There is a farm stand in {district} from June to October.",
    "{District} was laid out with deep setbacks, so there is sky in each direction.",
    "Parks take up a good share of {district}, and one of them has a lake.",
    "In {district} evenings are quiet enough to hear the crickets.",
    "Groceries, a clinic and a post office are all found in {district}.",
    "The homes of {district} were built over several decades, and no two blocks look the same.",
    "{District} has a community garden with plots for rent.",
];

pub(super) const TRANSIT: &[&str] = &[
    "The nearest bus stop is {minutes} minutes away on foot.",
    "Frequent buses stop {minutes} minutes from the door.",
    "By bicycle, the center of {city} is reached on marked lanes.",
    "A bus stop is {minutes} minutes off, and the lanes for bicycles are protected.",
    "Two bus lines cross {minutes} minutes from here.",
    "Transit is close: {minutes} minutes to the stop, ten between buses.",
    "Shared bicycles stand {minutes} minutes away.",
    "It takes {minutes} minutes to reach a stop with service into the night.",
    "You can leave the car at home; the bus is {minutes} minutes away.",
    "The grocery store is {minutes} minutes away, and the bus stops in front of it.",
    "A crosstown bus runs {minutes} minutes from the door.",
    "Bus, bicycle lane and pharmacy are all within {minutes} minutes.",
];

pub(super) const ROADS: &[&str] = &[
    "By car, the main road is {minutes} minutes away.",
    "Groceries are {minutes} minutes away by car.",
    "A park-and-ride lot is a drive of {minutes} minutes.",
    "The express bus to the center of {city} stops {minutes} minutes away.",
    "A marked bicycle route passes {minutes} minutes from here.",
    "The highway is {minutes} minutes off, near enough to use and too far to hear.",
    "You reach the shops in {minutes} minutes by car or somewhat longer by bicycle.",
    "Most errands are done within {minutes} minutes of driving.",
    "A bus connects {district} with the center of {city}; the stop is {minutes} minutes away.",
    "A trailhead is {minutes} minutes by bicycle.",
    "Hardware, lumber and plants are sold {minutes} minutes down the road.",
    "It is {minutes} minutes by car to the nearest clinic and the nearest ice cream.",
];

pub(super) const MORE: &[&str] = &[
    "The block has tall street trees, and somebody sweeps in the fall.",
    "On {street} itself there is little through traffic.",
    "The nearest park has a loop path and drinking water.",
    "Repairs to the sidewalks of {street} were finished last year.",
    "Ask about the bakery: opinions differ, but everyone has one.",
    "Noise is low after ten, even on weekends.",
    "{City} collects compost on {street} once a week.",
    "Streetlights on {street} are the warm, shielded kind.",
    "The mail comes before noon, and so does the coffee truck.",
    "You will notice how often people here stop to talk.",
    "A small grocery around the corner keeps long hours.",
    "{Street} is part of the city's network of slow streets.",
];

pub(super) const CLOSING: &[&str] = &[
    "Floor plans, disclosures and the inspection report can be had on request.",
    "Come and see it by day, when the rooms are at their best.",
    "A measured floor plan and a list of recent work are available.",
    "Visits are by appointment, and there is time to look into each closet.",
    "Bring a tape measure; the plan is accurate, but furniture is personal.",
    "The seller will leave the manuals, the spare tiles and the paint codes.",
    "Utility bills of the last twelve months can be seen at the office.",
    "Ask for the video tour if you cannot come in person.",
    "Questions about permits, taxes or the roof will get straight answers.",
    "Disclosures are complete and can be read before a visit.",
    "Take your time; a visit usually lasts half an hour.",
    "A floor plan with measurements is sent within a day of asking.",
    "Evening visits can be arranged on weekdays.",
];

pub(super) const PAPERS: &[&str] = &[
    "Title is clear, and the survey is on file with {city}.",
    "The seller has kept every record in one folder.",
    "A list of what stays and what goes is attached to the disclosures.",
    "Dates for moving can be agreed between the parties.",
    "Warranties that can be transferred will be transferred at closing.",
    "The survey, the permits and the service records form a tidy stack of paper.",
    "All keys are accounted for, and the locks will be changed at closing if you wish.",
    "The furniture in the pictures is not included, but some of it can be discussed.",
    "Measurements were taken by a surveyor, not guessed.",
    "Contractors who know the building are happy to answer questions.",
    "The insurance history is short and can be shared.",
    "Equal housing opportunity applies to this sale, as it does to every one of ours.",
];
