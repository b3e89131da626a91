use std::collections::{BTreeMap, HashSet};

use super::super::RecipeRow;
use super::dishes::{self, Dish};
use super::pantry::{
    DAIRY, EGGS_AND_HONEY, FISH, GLUTEN, GRAINS, MEAT, NUTS, PULSES, REFINED, SOY_AND_PODS, SUGAR,
    SWEET_OR_STARCHY,
};
use super::recipe;

/// Enough rows to combine each dish with each of its mains and vegetables.
fn rows() -> impl Iterator<Item = RecipeRow> {
    (0..2_400).map(|index| recipe(1, index))
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(start, _)| {
        let letter = |found: Option<char>| found.is_some_and(char::is_alphabetic);
        !letter(text[..start].chars().next_back())
            && !letter(text[start + word.len()..].chars().next())
    })
}

#[test]
fn same_seed_same_recipe() {
    for index in [0, 79, 80, 299, 5_000] {
        assert_eq!(recipe(7, index), recipe(7, index));
        assert_ne!(recipe(7, index), recipe(8, index));
    }
}

#[test]
fn diets_follow_from_ingredients() {
    let forbidden: [(&str, &[&[&str]]); 7] = [
        ("vegan", &[MEAT, FISH, DAIRY, EGGS_AND_HONEY]),
        ("vegetarian", &[MEAT, FISH]),
        ("dairy-free", &[DAIRY]),
        ("gluten-free", &[GLUTEN]),
        ("nut-free", &[NUTS]),
        ("keto", &[GRAINS, PULSES, SUGAR, SWEET_OR_STARCHY]),
        (
            "paleo",
            &[GRAINS, PULSES, SUGAR, DAIRY, SOY_AND_PODS, REFINED],
        ),
    ];
    let mut seen = BTreeMap::new();
    for row in rows() {
        assert!(row.diets.is_sorted());
        for (diet, lists) in forbidden {
            let broken = row
                .ingredients
                .iter()
                .find(|token| lists.iter().any(|list| list.contains(token)));
            assert_eq!(
                row.diets.contains(&diet),
                broken.is_none(),
                "{diet} {:?} {}",
                broken,
                row.title
            );
            *seen.entry(diet).or_insert(0) += usize::from(broken.is_none());
        }
    }
    assert!(
        seen.values().all(|count| (200..2_300).contains(count)),
        "{seen:?}"
    );
}

/// What the page of recipes is asked for first; with fewer rows there is at least something.
#[test]
fn cuisines_have_dishes_for_each_diet() {
    for seed in [1, 2, 1_234] {
        for (rows, least) in [(300, 3), (120, 1)] {
            let rows: Vec<_> = (0..rows).map(|index| recipe(seed, index)).collect();
            for cuisine in ["chinese", "indian", "italian", "mexican", "thai"] {
                for diet in ["", "gluten-free", "keto", "paleo", "vegan"] {
                    let suits = |row: &&RecipeRow| {
                        row.cuisine == cuisine && (diet.is_empty() || row.diets.contains(&diet))
                    };
                    let found = rows.iter().filter(suits).count();
                    assert!(
                        found >= least,
                        "{seed}: {found} of {} are {cuisine} {diet}",
                        rows.len()
                    );
                }
            }
        }
    }
}

#[test]
fn vegan_texts_name_no_animal_products() {
    let words = [
        "chicken", "beef", "lamb", "pork", "shrimp", "salmon", "snapper", "fish", "egg", "eggs",
        "butter", "cream", "cheese", "honey",
    ];
    for row in rows().filter(|row| row.diets.contains(&"vegan")) {
        let text =
            format!("{} {} {}", row.title, row.description, row.steps.join(" ")).to_lowercase();
        for word in words {
            assert!(!has_word(&text, word), "{word} in {}: {text}", row.title);
        }
    }
}

/// Every ingredient that a step uses is listed, and every listed ingredient is used.
#[test]
fn steps_and_ingredients_agree() {
    let known: HashSet<&str> = dishes::all()
        .flat_map(
            |(
                _,
                Dish {
                    base,
                    mains,
                    greens,
                    ..
                },
            )| base.iter().chain(*mains).chain(*greens),
        )
        .copied()
        .collect();
    for row in rows() {
        let steps = row.steps.join(" ").to_lowercase();
        for token in &row.ingredients {
            let noun = token.rsplit('-').next().unwrap_or(token);
            assert!(
                steps.contains(noun),
                "{token} is listed but not used: {} {steps}",
                row.title
            );
        }
        for token in &known {
            let listed = row
                .ingredients
                .iter()
                .any(|other| other == token || other.contains(token));
            let phrase = token.replace('-', " ");
            // The words may be part of another ingredient: "onion" of "red onion", a bean of its
            // sauce.
            let part = row
                .ingredients
                .iter()
                .any(|other| other.replace('-', " ").contains(&phrase));
            assert!(
                listed || part || !has_word(&steps, &phrase),
                "{token} is used but not listed: {} {steps}",
                row.title
            );
        }
    }
}

#[test]
fn tokens_are_canonical() {
    for row in rows() {
        assert!(
            row.ingredients.windows(2).all(|pair| pair[0] < pair[1]),
            "{:?}",
            row.ingredients
        );
        for token in row
            .ingredients
            .iter()
            .chain(&row.diets)
            .chain([&row.cuisine])
        {
            assert!(
                token
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
                "{token}"
            );
        }
    }
}

#[test]
fn texts_are_whole() {
    for row in rows() {
        let words = row.description.split_whitespace().count();
        assert!(
            (80..=150).contains(&words),
            "{words} words: {}",
            row.description
        );
        assert!(row.steps.len() >= 4);
        let sentences = row
            .steps
            .iter()
            .map(String::as_str)
            .chain(row.description.split("\n\n"));
        for text in sentences {
            assert!(
                text.ends_with('.') && text.starts_with(char::is_uppercase),
                "{text}"
            );
            assert!(!text.contains(['{', '}']) && !text.contains("  "), "{text}");
        }
        assert!(row.prep_time % 5 == 0 && (20..=180).contains(&row.prep_time));
    }
}

#[test]
fn titles_are_distinct() {
    let titles: HashSet<String> = rows().map(|row| row.title).collect();
    assert_eq!(titles.len(), 2_400);
    let cuisines: HashSet<_> = rows().take(80).map(|row| row.cuisine).collect();
    assert_eq!(cuisines.len(), 13);
}
