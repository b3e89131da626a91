use std::collections::{BTreeMap, HashSet};

use catalogue::recipes::{
    COURSES,
    amount::{self, Amount},
};

use super::super::RecipeRow;
use super::dishes::{self, Dish};
use super::larder;
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
    for index in [0, 100, 101, 299, 5_000] {
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

/// All courses and many tags are there from the start.
#[test]
fn courses_and_tags_are_many() {
    let mut courses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
    for row in (0..300).map(|index| recipe(1, index)) {
        assert!(COURSES.contains(&row.course), "{}", row.course);
        *courses.entry(row.course).or_default() += 1;
        assert!(row.tags.windows(2).all(|pair| pair[0] < pair[1]));
        for tag in row.tags {
            *tags.entry(tag).or_default() += 1;
        }
    }
    assert_eq!(courses.len(), COURSES.len(), "{courses:?}");
    assert!(courses.values().all(|count| *count >= 5), "{courses:?}");
    assert!(tags.len() >= 10, "{tags:?}");
    assert!(
        tags.values().all(|count| (5..240).contains(count)),
        "{tags:?}"
    );
}

/// Every ingredient has an amount that can be scaled, by its name, and the steps say the rest.
#[test]
fn ingredients_have_amounts() {
    for row in rows() {
        let (salt, lines): (Vec<&String>, Vec<&String>) = row
            .amounts
            .iter()
            .partition(|line| line.starts_with("salt"));
        assert_eq!(lines.len(), row.ingredients.len(), "{}", row.title);
        assert!(salt.is_empty() || row.course != "dessert", "{}", row.title);
        for line in lines {
            let amount = Amount::parse(line);
            assert!(amount.quantity().is_some(), "{line} in {}", row.title);
            assert_eq!(amount.to_string(), *line, "{}", row.title);
            if amount.unit().is_none() {
                // "2 limes", not "2 lime".
                let agreeing = amount::line(&amount.measure(), &amount.name());
                assert!(line.starts_with(&agreeing), "{line} in {}", row.title);
            }
            assert!(
                !line.contains(['/', '.']) || line.contains(" kg ") || line.contains(" l "),
                "{line}"
            );
            assert!(line.chars().count() <= 60, "{line}");
        }
    }
    // The same dish for another number of people is the same in other amounts.
    let four = rows().find(|row| row.servings == 4).map(|row| row.amounts);
    assert!(four.is_some_and(|lines| lines[0].starts_with(|first: char| first.is_numeric())));
}

/// Protein and carbohydrate have four kilocalories a gram, fat has nine: the sums agree with the
/// energy, which comes from a table of its own.
#[test]
fn nutrition_is_plausible() {
    for row in rows() {
        let of = row.nutrition;
        let what = format!("{} {of:?} {:?}", row.title, row.amounts);
        assert!((90..=1_300).contains(&of.calories), "{what}");
        let sum = 4 * of.protein + 4 * (of.carbohydrate - of.fiber) + 9 * of.fat;
        let differ = (sum - of.calories).abs();
        // Wine has energy besides, and fiber a little.
        let wine = row.ingredients.iter().any(|token| token.contains("wine"));
        let least = if wine { 160 } else { 60 };
        assert!(differ <= least + of.calories / 6, "{differ}: {what}");
        assert!(of.saturated_fat <= of.fat, "{what}");
        assert!(of.sugar + of.fiber <= of.carbohydrate + 2, "{what}");
        assert!((1..=120).contains(&of.protein), "{what}");
        assert!(of.sodium <= 3_500, "{what}");
    }
    let keto: Vec<i64> = rows()
        .filter(|row| row.diets.contains(&"keto"))
        .map(|row| row.nutrition.carbohydrate - row.nutrition.fiber)
        .collect();
    assert!(keto.iter().all(|grams| *grams <= 40), "{keto:?}");
}

#[test]
fn the_larder_has_what_dishes_need() {
    let lines = larder::LINES.lines().count();
    let read = larder::LINES
        .lines()
        .filter_map(|line| line.split('|').next());
    let read: HashSet<&str> = read.filter(|token| larder::food(token).is_some()).collect();
    assert_eq!(
        read.len(),
        lines,
        "a line cannot be read, or is there twice"
    );
    for (_, dish) in dishes::all() {
        let all = dish.base.iter().chain(dish.mains).chain(dish.greens);
        for token in all {
            assert!(larder::food(token).is_some(), "{token} of {}", dish.title);
        }
        for (token, _) in dish.amounts {
            assert!(
                *token == "{main}" || dish.base.contains(token),
                "{token} of {}",
                dish.title
            );
        }
    }
}

/// The minutes that the steps say fit into the time that the recipe says.
#[test]
fn times_follow_from_the_steps() {
    let row = rows().find(|row| row.steps.iter().any(|step| step.contains("75 minutes")));
    let row = row.expect("something simmers for long");
    assert!(row.cook_time >= 75, "{}: {}", row.title, row.cook_time);
    let times: HashSet<(i64, i64)> = rows().map(|row| (row.prep_time, row.cook_time)).collect();
    assert!(times.len() > 40, "{}", times.len());
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
        let total = row.prep_time + row.cook_time;
        assert!(
            total % 5 == 0 && (15..=180).contains(&total),
            "{}",
            row.title
        );
        assert!(
            row.prep_time >= 10 && row.cook_time >= 5,
            "{}: {} and {}",
            row.title,
            row.prep_time,
            row.cook_time
        );
    }
}

#[test]
fn titles_are_distinct() {
    let titles: HashSet<String> = rows().map(|row| row.title).collect();
    assert_eq!(titles.len(), 2_400);
    let cuisines: HashSet<_> = rows().take(101).map(|row| row.cuisine).collect();
    assert_eq!(cuisines.len(), 13);
}
