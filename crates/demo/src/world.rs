//! Offices, agents and locations.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::cities::{self, City, PLACES};
use super::draw::{Draw, Kind};
use super::{AgentRow, LocationRow, OfficeRow, World, agents, names};

/// The offices, agents and locations of one seed. The locations are the same for every seed.
pub fn world(seed: u64) -> World {
    let mut draw = Draw::new(seed, Kind::World, 0);
    let mut offices = Vec::new();
    let mut people = Vec::new();
    // The start in the list of names depends on the seed; the step does not, so names stay unique.
    let first_name = draw.below(140);
    let mut emails = HashSet::new();

    for city in cities::all() {
        // Lines are counted up: random ones would sometimes give two people the same phone number.
        let first_line = draw.below(100);
        let mut line = first_line;
        for size in office_sizes(city) {
            let office_id = offices.len() as i64 + 1;
            let (address, latitude, longitude) = agents::office(seed, office_id, city);
            offices.push(OfficeRow {
                id: office_id,
                name: names::office(first_name + offices.len()),
                phone: names::phone(city.area_code, line),
                address,
                city: city.name.to_owned(),
                state: city.state.to_owned(),
                latitude,
                longitude,
            });
            line += 1;
            for _ in 0..size {
                let id = people.len() as i64 + 1;
                people.push(agent(
                    &mut draw,
                    &mut emails,
                    (seed, id),
                    office_id,
                    city,
                    line,
                ));
                line += 1;
            }
        }
    }
    World {
        offices,
        agents: people,
        locations: locations(),
    }
}

/// The positions in [`World::agents`] of the agents who work in a city.
pub(super) fn agents_of(city_index: usize) -> Range<usize> {
    AGENTS[city_index].clone()
}

/// By city. It depends only on the cities, so a home finds its agent without a search.
static AGENTS: LazyLock<Vec<Range<usize>>> = LazyLock::new(|| {
    let mut start = 0;
    cities::all()
        .map(|city| {
            let range = start..start + office_sizes(city).sum::<usize>();
            start = range.end;
            range
        })
        .collect()
});

/// The number of agents in each office of a city.
fn office_sizes(city: &City) -> impl Iterator<Item = usize> {
    let offices = match city.weight {
        0..=45 => 1,
        46..=80 => 2,
        _ => 3,
    };
    let size = 4 + (city.weight / 9).min(6);
    (0..offices).map(move |office| size - office)
}

fn agent(
    draw: &mut Draw,
    emails: &mut HashSet<String>,
    (seed, id): (u64, i64),
    office_id: i64,
    city: &City,
    line: usize,
) -> AgentRow {
    loop {
        let (first, last) = names::person(draw);
        let email = format!(
            "{}.{}@example.com",
            first.to_lowercase(),
            last.to_lowercase()
        );
        // Mail addresses are unique; a person whose name is taken is drawn again, not numbered.
        if emails.insert(email.clone()) {
            let phone = names::phone(city.area_code, line);
            let name = format!("{first} {last}");
            let portrait = agents::portrait(seed, id, &name, city);
            return AgentRow {
                id,
                name,
                email,
                phone,
                office_id,
                biography: portrait.biography,
                languages: portrait.languages,
                specialties: portrait.specialties,
                licensed_on: portrait.licensed_on,
                takes_clients: portrait.takes_clients,
                created_at: portrait.created_at,
                view_count: portrait.view_count,
            };
        }
    }
}

fn locations() -> Vec<LocationRow> {
    PLACES
        .iter()
        .zip(1..)
        .map(|(place, id)| LocationRow {
            id,
            city: place.city.name.to_owned(),
            state: place.city.state.to_owned(),
            district: place.district.name.to_owned(),
            postal_code: place.district.postal_code.to_owned(),
            latitude: place.district.latitude,
            longitude: place.district.longitude,
        })
        .collect()
}
