use std::collections::{HashMap, HashSet};

use super::{PropertyRow, World, property, world};

/// Price, area and time of the first row of seed 1.
const FIRST_ROW: (i64, i64, i64) = (16_050_000, 70, 1_740_728_520_488);

fn rows(world: &World, count: u64) -> impl Iterator<Item = PropertyRow> {
    (0..count).map(move |index| property(world, 1, index))
}

#[test]
fn same_seed_same_rows() {
    let (one, same, other) = (world(1), world(1), world(2));
    assert_eq!(one, same);
    assert_ne!(one.agents, other.agents);
    for index in [0, 1, 4_999, 1_000_000] {
        assert_eq!(property(&one, 1, index), property(&same, 1, index));
        let (row, different) = (property(&one, 1, index), property(&other, 2, index));
        assert_eq!(row.id, different.id);
        assert_ne!(row.description, different.description);
    }
}

/// Documents and screenshots may refer to the rows of a released seed, so they must not change by
/// accident.
#[test]
fn rows_do_not_change() {
    let row = property(&world(1), 1, 0);
    assert_eq!((row.price_cents, row.area, row.created_at), FIRST_ROW);
}

#[test]
fn world_is_consistent() {
    let world = world(1);
    assert!(
        (55..=65).contains(&world.offices.len()),
        "{}",
        world.offices.len()
    );
    assert!(
        (380..=480).contains(&world.agents.len()),
        "{}",
        world.agents.len()
    );
    assert!(
        (280..=320).contains(&world.locations.len()),
        "{}",
        world.locations.len()
    );
    let names: HashSet<_> = world.offices.iter().map(|office| &office.name).collect();
    assert_eq!(names.len(), world.offices.len());
    let emails: HashSet<_> = world.agents.iter().map(|agent| &agent.email).collect();
    assert_eq!(emails.len(), world.agents.len());
    for (agent, id) in world.agents.iter().zip(1..) {
        assert_eq!(agent.id, id);
        assert!(agent.email.ends_with("@example.com") && agent.email.is_ascii());
        assert!(agent.phone.contains(") 555-01"), "{}", agent.phone);
    }
    let places: HashSet<_> = world
        .locations
        .iter()
        .map(|place| (&place.city, &place.state, &place.district))
        .collect();
    assert_eq!(places.len(), world.locations.len());
    for (place, id) in world.locations.iter().zip(1..) {
        assert_eq!(place.id, id);
        assert!(
            (18.0..49.5).contains(&place.latitude) && (-160.0..-66.0).contains(&place.longitude)
        );
        assert!(
            place.postal_code.len() == 5
                && place.postal_code.bytes().all(|byte| byte.is_ascii_digit())
        );
    }
}

#[test]
fn numbers_fit_each_other() {
    let world = world(1);
    for (row, id) in rows(&world, 5_000).zip(1..) {
        assert_eq!(row.id, id);
        let studio = row.property_type == "loft";
        assert!(
            row.bedrooms >= i64::from(!studio) && row.bedrooms <= 6,
            "{row:?}"
        );
        assert!(
            row.half_baths >= 2 && row.half_baths <= row.bedrooms * 2 + 2,
            "{row:?}"
        );
        assert!((1870..=2024).contains(&row.year_built), "{row:?}");
        assert!(row.view_count >= 0);

        let (smallest, largest) = match row.property_type {
            "apartment" | "condo" => (40, 200),
            "cottage" => (40, 150),
            "house" => (85, 360),
            "loft" => (40, 160),
            _ => (80, 240),
        };
        assert!((smallest..=largest).contains(&row.area), "{row:?}");
        let (cheapest, dearest) = match row.property_type {
            "house" => (70_000, 6_000_000),
            "townhouse" => (70_000, 4_500_000),
            _ => (30_000, 4_000_000),
        };
        assert!(
            (cheapest..=dearest).contains(&(row.price_cents / 100)),
            "{row:?}"
        );
        assert_eq!(row.price_cents % 50_000, 0, "{row:?}");

        let place = &world.locations[row.location_id as usize - 1];
        let agent = &world.agents[row.agent_id as usize - 1];
        assert_eq!(world.offices[agent.office_id as usize - 1].city, place.city);
        assert!(
            (row.latitude - place.latitude).abs() < 0.01
                && (row.longitude - place.longitude).abs() < 0.01
        );
        let anchor = 1_793_491_200_000;
        assert!((anchor - 731 * 86_400_000..=anchor).contains(&row.created_at));
    }
}

#[test]
fn texts_state_the_facts() {
    const NUMBERS: [&str; 10] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let world = world(1);
    for row in rows(&world, 5_000) {
        let text = &row.description;
        let place = &world.locations[row.location_id as usize - 1];
        for fact in [
            &place.city,
            &place.district,
            &format!("{} square meters", row.area),
        ] {
            assert!(text.contains(fact.as_str()), "no {fact} in {text}");
        }
        let street = row.address.split_once(' ').map_or("", |(_, street)| street);
        let street = street.split([',', '#']).next().unwrap_or(street).trim();
        assert!(text.contains(street), "no {street} in {text}");
        for word in text
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|word| word.len() == 4)
        {
            let year: i64 = word.parse().unwrap_or_default();
            // The other possible year is that of the renovation.
            let renovated = row.year_built < 2004 && (2013..=2023).contains(&year);
            assert!(year == row.year_built || renovated, "{year} in {row:?}");
        }
        let count = format!("{}-bedroom", NUMBERS[row.bedrooms as usize]);
        for text in [text, &row.title] {
            let lower = text.to_lowercase();
            for (at, _) in lower.match_indices("-bedroom") {
                assert!(lower[..at + 8].ends_with(&count), "not {count}: {text}");
            }
            for other in ["apartment", "condo", "cottage", "loft", "townhouse"] {
                assert!(
                    other == row.property_type || !lower.contains(other),
                    "{other} in {row:?}"
                );
            }
        }
    }
}

#[test]
fn texts_are_well_formed() {
    let world = world(1);
    let (mut words, mut bytes) = (0, 0);
    for row in rows(&world, 5_000) {
        let text = &row.description;
        let count = text.split_whitespace().count();
        assert!((250..=350).contains(&count), "{count} words: {text}");
        (words, bytes) = (words + count, bytes + text.len());
        for paragraph in text.split("\n\n") {
            assert!(paragraph.ends_with('.'), "{text}");
        }
        assert!(
            !text.contains(['{', '}']) && !text.contains("  ") && !row.title.contains(['{', '}']),
            "{text}"
        );
        assert!(
            !text.contains("the the ") && !text.contains(" a a") && !text.contains(" a i"),
            "{text}"
        );
        let sentences: Vec<_> = text
            .split(['.', '\n'])
            .map(str::trim)
            .filter(|part| part.len() > 12)
            .collect();
        assert_eq!(
            sentences.iter().collect::<HashSet<_>>().len(),
            sentences.len(),
            "a sentence twice: {text}"
        );
    }
    assert!((295..=325).contains(&(words / 5_000)), "{}", words / 5_000);
    assert!(
        (1_650..=1_800).contains(&(bytes / 5_000)),
        "{}",
        bytes / 5_000
    );
}

/// A listing must not say who may live there (42 U.S.C. 3604(c)), and some words say nothing at
/// all.
#[test]
fn texts_describe_the_home_and_not_the_buyer() {
    let world = world(1);
    for row in rows(&world, 5_000) {
        let text = format!("{} {}", row.title, row.description).to_lowercase();
        for word in [
            "famil",
            "child",
            "couple",
            "bachelor",
            "retire",
            "senior",
            "mature adult",
            "christian",
            "church",
            "synagogue",
            "mosque",
            "master bed",
            "exclusive",
            "safe ",
            "able-bodied",
            "walking distance",
            "young professional",
            "student",
            "school district",
            "executive",
            "immigrant",
            "handyman",
            "nestled",
            "boasts",
            "stunning",
            "oasis",
            " gem ",
            "must-see",
            "dream",
            "sought-after",
            "heart of",
            "luxur",
            "charming",
            "cozy",
            "welcome home",
        ] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
}

#[test]
fn rows_are_spread() {
    let world = world(1);
    let first: HashSet<_> = rows(&world, 500).map(|row| row.property_type).collect();
    assert_eq!(first.len(), 6);

    let rows: Vec<_> = rows(&world, 5_000).collect();
    let austin_condos = rows.iter().filter(|row| {
        let place = &world.locations[row.location_id as usize - 1];
        place.city == "Austin" && row.property_type == "condo" && row.status == "active"
    });
    assert!(austin_condos.count() >= 25);

    let mut statuses: HashMap<_, usize> = HashMap::new();
    let mut cities: HashMap<_, usize> = HashMap::new();
    for row in &rows {
        *statuses.entry(row.status).or_default() += 1;
        *cities
            .entry(world.locations[row.location_id as usize - 1].city.as_str())
            .or_default() += 1;
    }
    assert!((4_200..4_400).contains(&statuses["active"]), "{statuses:?}");
    assert!((60..150).contains(&statuses["withdrawn"]), "{statuses:?}");
    assert_eq!(statuses.len(), 4);
    assert!(cities.len() >= 45 && cities["Austin"] >= 250, "{cities:?}");

    let titles: HashSet<_> = rows.iter().map(|row| &row.title).collect();
    assert!(titles.len() >= 4_750, "{}", titles.len());
    let lately = rows
        .iter()
        .filter(|row| row.created_at > 1_793_491_200_000 - 180 * 86_400_000)
        .count();
    assert!(lately > 2_000, "{lately}");
}
