//! How much of each ingredient, and what that comes to per serving.

use catalogue::recipes::{
    Nutrition,
    amount::{self, Amount},
};

use super::{
    dishes::{Course, Dish},
    larder::{Food, Role, food},
    pantry::{Cut, FILLING, Main},
};

/// An ingredient of a dish for four.
pub(super) struct Line {
    food: &'static Food,
    /// The amount with the name and what is done with it.
    text: String,
    /// The share of the amount that goes in, in tenths.
    tenths: u32,
}

/// The ingredients of a dish: the main, the vegetable, and the others in the order of their use.
pub(super) fn lines(dish: &Dish, main: &str, green: &str, steps: &[String]) -> Vec<Line> {
    let text = steps.join(" ").to_lowercase();
    let place = |token: &&&str| text.find(&spelled(token)).unwrap_or(usize::MAX);
    let mut base: Vec<&&str> = dish.base.iter().collect();
    base.sort_by_key(place);
    let all = [(main, Role::Main), (green, Role::Green)].into_iter();
    let all = all.chain(base.into_iter().map(|token| (*token, Role::Base)));
    all.filter_map(|(token, role)| line(dish, token, role, &text))
        .collect()
}

/// The lines for this many people, with salt at the end if the dish is not sweet.
pub(super) fn written(lines: &[Line], servings: i64, is_salted: bool) -> Vec<String> {
    let servings = u32::try_from(servings).unwrap_or(4);
    let line = |line: &Line| amount::scale(&line.text, 40, servings * line.tenths);
    let salt = is_salted.then(|| "salt, to taste".to_owned());
    lines.iter().map(line).chain(salt).collect()
}

/// What a serving has in it.
pub(super) fn nutrition(lines: &[Line]) -> Nutrition {
    let mut sums = [0.0; 8];
    for line in lines {
        let grams = line.food.grams(&Amount::parse(&line.text));
        let share = grams * f64::from(line.tenths) / 10.0 / 4.0 / 100.0;
        for (sum, per_100_g) in sums.iter_mut().zip(line.food.per_100_g) {
            *sum += per_100_g * share;
        }
    }
    let [
        calories,
        protein,
        fat,
        saturated_fat,
        carbohydrate,
        fiber,
        sugar,
        sodium,
    ] = sums.map(|sum| sum.round() as i64);
    Nutrition {
        // As labels do, to five kilocalories and ten milligrams.
        calories: (calories + 2) / 5 * 5,
        protein,
        fat,
        saturated_fat,
        carbohydrate,
        fiber,
        sugar,
        sodium: (sodium + 5) / 10 * 10,
    }
}

fn line(dish: &Dish, token: &str, role: Role, steps: &str) -> Option<Line> {
    let food = food(token)?;
    let key = if role == Role::Main { "{main}" } else { token };
    let special = dish.amounts.iter().find(|(of, _)| *of == key);
    let (measure, tenths) = match (special, role) {
        // What is meant for any main is in grams.
        (Some((_, measure)), _) => (*measure, 10),
        // With a filling starch there is less of the main.
        (None, Role::Main) if dish.base.iter().any(|it| FILLING.contains(it)) => {
            (food.usual(role), 7)
        }
        (None, Role::Green) if dish.course == Course::Soup => (food.usual(role), 7),
        (None, _) => (food.usual(role), 10),
    };
    let note = match role {
        Role::Main => note_for_main(dish, token),
        Role::Green if dish.uses("{cut_green}") || dish.uses("{Wilt}") => match Cut::of(token) {
            Cut::Ribbons => Some("cut into ribbons"),
            Cut::Small => Some("cut small"),
            Cut::Whole => None,
        },
        _ => done(token, steps),
    };
    let note = note.map_or_else(String::new, |note| format!(", {note}"));
    Some(Line {
        food,
        text: amount::line(measure, food.name) + &note,
        tenths,
    })
}

fn note_for_main(dish: &Dish, token: &str) -> Option<&'static str> {
    let simmers = dish.uses("{Simmer}");
    let fries = dish.uses("{pan}");
    match Main::of(token) {
        Main::Poultry if fries => Some("cut into strips"),
        Main::Meat if simmers => Some("cut into cubes"),
        Main::Meat if fries => Some("cut into small pieces"),
        Main::Soy if simmers || fries => Some("pressed and cubed"),
        Main::Cheese if simmers => Some("cut into cubes"),
        Main::Cheese if fries => Some("cut into slices"),
        Main::Vegetable if simmers || fries => Some("cut into small pieces"),
        _ => None,
    }
}

/// What the steps say is done with an ingredient before it is used: "the sliced onion".
fn done(token: &str, steps: &str) -> Option<&'static str> {
    const WORDS: [&str; 11] = [
        "sliced", "chopped", "crushed", "halved", "grated", "beaten", "torn", "shredded",
        "bruised", "pounded", "charred",
    ];
    let phrase = spelled(token);
    WORDS
        .into_iter()
        .find(|word| steps.contains(&format!("{word} {phrase}")))
}

fn spelled(token: &str) -> String {
    token.replace('-', " ")
}
