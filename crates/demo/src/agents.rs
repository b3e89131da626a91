//! What agents say of themselves, and where their offices are.

use super::cities::City;
use super::draw::{Draw, Kind};

/// Languages that are spoken besides English, with how many agents of a thousand speak them.
const LANGUAGES: &[(&str, usize)] = &[
    ("spanish", 230),
    ("mandarin", 60),
    ("french", 45),
    ("vietnamese", 40),
    ("korean", 35),
    ("german", 30),
    ("portuguese", 30),
    ("hindi", 30),
    ("tagalog", 25),
    ("arabic", 25),
    ("polish", 20),
    ("italian", 20),
    ("japanese", 15),
];

/// What agents are good at, with what they say about it.
const SPECIALTIES: &[(&str, &[&str])] = &[
    (
        "downsizing",
        &[
            "Many clients are leaving a house that has become too large. The work begins long before the sale, with \
             what stays, what goes and in which order.",
            "After thirty years in one house a move is no small thing, and nobody is hurried here.",
        ],
    ),
    (
        "families",
        &[
            "Families ask about schools, sidewalks and the walk to the park before they ask about kitchens, and they \
             get straight answers.",
            "A house for a family is judged at half past seven on a Monday, so viewings happen then too.",
        ],
    ),
    (
        "first-homes",
        &[
            "Half of the clients are buying for the first time. Every step is explained before it costs money, and \
             again when it does.",
            "First-time buyers get a plain list: what the bank wants, what an inspection finds, what can wait.",
        ],
    ),
    (
        "historic-homes",
        &[
            "Old houses are the favorite: original windows, plaster walls, and the people who know how to mend them.",
            "A house from 1910 has secrets. A look into the attic and the cellar tells most of them before an offer is \
             made.",
        ],
    ),
    (
        "investment",
        &[
            "Investors get numbers rather than adjectives: rents of the street, vacancies, and what the roof will cost.",
            "Small buildings with two to four units are a second specialty, from the first visit to the last lease.",
        ],
    ),
    (
        "lofts",
        &[
            "Lofts are a world of their own, with freight elevators, shared roofs and bylaws that somebody has to read.",
            "Few people know the old warehouses as well: which ones are quiet, and which ones only say so.",
        ],
    ),
    (
        "new-construction",
        &[
            "In new buildings it pays to have somebody who reads the plans, walks the site and keeps a list until the \
             last door closes properly.",
            "Builders are known here by their work, not by their brochures.",
        ],
    ),
    (
        "relocation",
        &[
            "For people who move from far away there are viewings by video, with the street noise, and keys on the day \
             of arrival.",
            "Newcomers begin with a drive through four neighborhoods and lunch in one of them. Listings come after that.",
        ],
    ),
];

const BEGINNINGS: &[&str] = &[
    "{first} grew up in {district} and has sold homes in {city} since {year}.",
    "{first} came to {city} for a summer job, stayed, and has been a licensed agent since {year}.",
    "Before {year}, {first} was a carpenter. That still shows: no viewing in {city} ends without a knock on a wall.",
    "{first} taught mathematics for ten years and has helped people buy and sell in {city} since {year}.",
    "{city} is a small town if one has worked in it since {year}, as {first} has.",
    "{first} has lived in four parts of {city}, {district} among them, and has been an agent since {year}.",
    "Most clients come because a neighbor has sent them. {first} has worked in {city} since {year}.",
    "{first} studied architecture, then found that people need more help choosing a house than drawing one. That was in {year}.",
];

const WAYS: &[&str] = &[
    "Calls are answered on the same day, and bad news comes first.",
    "There is one rule: nobody signs anything that they could not explain to a friend.",
    "Sellers get a written plan with dates, and a short note every Friday about what has happened.",
    "An offer goes out with every paper that the other side will ask for, which wins more often than a higher price.",
    "Photographs are taken on a clear morning, and the basement is in them.",
    "What a house is worth is worked out from sales on the same street, not from hope.",
];

const ENDINGS: &[&str] = &[
    "On Saturdays {first} is at the farmers' market in {district}, usually with a dog.",
    "Away from work there is a half-finished boat in the garage.",
    "{first} sings in a choir, bakes badly and cycles to most viewings.",
    "The best advice so far came from a client of eighty-six: buy the street, not the house.",
    "In winter {first} coaches a girls' basketball team.",
    "{first} keeps bees behind the office, and every closing comes with a jar of honey.",
    "The weekend belongs to two children and a vegetable garden.",
];

/// What an agent's page shows besides name and office.
pub(super) struct Portrait {
    pub(super) biography: String,
    pub(super) languages: Vec<&'static str>,
    pub(super) specialties: Vec<&'static str>,
    pub(super) licensed_on: String,
    pub(super) takes_clients: bool,
    pub(super) created_at: i64,
    pub(super) view_count: i64,
}

/// The portrait of the agent with this id, who works in a city.
pub(super) fn portrait(seed: u64, id: i64, name: &str, city: &City) -> Portrait {
    let mut draw = Draw::new(seed, Kind::Agent, id.unsigned_abs());
    let year = draw.between(1994, 2024);
    let licensed_on = format!(
        "{year}-{:02}-{:02}",
        draw.between(1, 12),
        draw.between(1, 28)
    );
    let mut languages = vec!["english"];
    for (language, of_thousand) in LANGUAGES {
        if languages.len() < 3 && draw.below(1_000) < *of_thousand {
            languages.push(language);
        }
    }
    languages.sort_unstable();
    let many = draw.between(1, 3) as usize;
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < many {
        let one = draw.below(SPECIALTIES.len());
        if !chosen.contains(&one) {
            chosen.push(one);
        }
    }
    chosen.sort_unstable();
    let about: Vec<&str> = chosen
        .iter()
        .map(|one| draw.pick(SPECIALTIES[*one].1))
        .collect();
    let district = city.districts[draw.below(city.districts.len())].name;
    let first = name.split(' ').next().unwrap_or(name);
    let fill = |text: &str| {
        text.replace("{first}", first)
            .replace("{city}", city.name)
            .replace("{district}", district)
            .replace("{year}", &year.to_string())
    };
    let (beginning, way) = (fill(draw.pick(BEGINNINGS)), fill(draw.pick(WAYS)));
    let mut paragraphs = vec![format!("{beginning} {way}"), about.join(" ")];
    if draw.chance(70) {
        paragraphs.push(fill(draw.pick(ENDINGS)));
    }
    let takes_clients = draw.chance(85);
    let created_at = draw.created_at(30);
    Portrait {
        biography: paragraphs.join("\n\n"),
        languages,
        specialties: chosen.iter().map(|one| SPECIALTIES[*one].0).collect(),
        licensed_on,
        takes_clients,
        created_at,
        view_count: draw.view_count(created_at),
    }
}

/// The address of the office with this id, and its place, in the first district of its city.
pub(super) fn office(seed: u64, id: i64, city: &City) -> (String, f64, f64) {
    let mut draw = Draw::new(seed, Kind::Agent, (1 << 32) + id.unsigned_abs());
    let street = draw.pick(&[
        "Main Street",
        "Market Street",
        "Union Street",
        "Park Avenue",
        "Court Square",
    ]);
    let address = format!("{} {street}", draw.between(2, 899));
    let district = &city.districts[0];
    (address, district.latitude, district.longitude)
}

#[cfg(test)]
mod tests {
    use crate::{draw::TODAY_MS, world};

    #[test]
    fn portraits_read_well() {
        let world = world(1);
        let mut texts = std::collections::HashSet::new();
        for agent in &world.agents {
            assert!(!agent.biography.contains(['{', '}']), "{}", agent.biography);
            assert!(agent.biography.split("\n\n").count() >= 2);
            assert!(agent.languages.contains(&"english"));
            assert!((1..=3).contains(&agent.specialties.len()));
            assert!(agent.created_at < TODAY_MS);
            texts.insert(&agent.biography);
        }
        assert_eq!(texts.len(), world.agents.len(), "no two say the same");
        let taking = world.agents.iter().filter(|agent| agent.takes_clients);
        assert!(taking.count() * 10 > world.agents.len() * 7);
    }
}
