//! Recipes.
//!
//! A recipe is a dish of [`dishes`] with one of its mains and one of its vegetables. Its diets are
//! computed from its ingredients and written nowhere else, so the two cannot disagree.

mod amounts;
mod dishes;
mod larder;
mod method;
mod pantry;
mod tags;
mod times;
mod words;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use super::RecipeRow;
use super::draw::{Draw, Kind};
use dishes::{Course, Dish};
use pantry::{Cut, Main};

/// What distinguishes recipes once each main was combined with each vegetable: an addition to the
/// title, and the servings.
const TWISTS: [(&str, Option<i64>); 3] = [
    ("", None),
    (" for a crowd", Some(10)),
    (" for two", Some(2)),
];

/// The row of a seed with this index. The first 101 are different dishes, and about 5,000 have
/// different titles.
pub fn recipe(seed: u64, index: u64) -> RecipeRow {
    let mut draw = Draw::new(seed, Kind::Recipe, index);
    let Choice {
        cuisine,
        dish,
        main,
        green,
        twist,
    } = Choice::new(seed, index);
    let (addition, servings) = TWISTS[twist];

    let mut ingredients: Vec<&'static str> =
        dish.base.iter().copied().chain([main, green]).collect();
    ingredients.sort_unstable();

    let servings = servings.unwrap_or_else(|| draw.weighted(&[(2, 15), (4, 60), (6, 25)]));
    let minutes = times::rounded(dish.minutes + minutes_for_main(dish, Main::of(main)));
    let words = Words {
        main,
        green,
        into_sauce: dish.uses("{Simmer}"),
        minutes,
        servings,
    };

    let mut title = String::with_capacity(64);
    words.expand(dish.title, &mut title);
    title.push_str(addition);
    let description = description(&mut draw, dish, &words);
    let steps: Vec<String> = dish
        .steps
        .iter()
        .map(|step| {
            let mut out = String::with_capacity(step.len() + 80);
            words.expand(step, &mut out);
            out
        })
        .collect();

    let cook_time = times::cooking(&steps, minutes);
    let lines = amounts::lines(dish, main, green, &steps);
    let nutrition = amounts::nutrition(&lines);
    let diets = pantry::diets(&ingredients);
    let created_at = draw.created_at(0);
    RecipeRow {
        id: index as i64 + 1,
        title,
        description,
        cuisine,
        course: dish.course.name(),
        tags: tags::of(dish, &ingredients, minutes, &steps, nutrition),
        diets,
        ingredients,
        amounts: amounts::written(&lines, servings, Main::of(main) != Main::Fruit),
        difficulty: dish.difficulty.name(),
        prep_time: minutes - cook_time,
        cook_time,
        servings,
        nutrition,
        steps,
        created_at,
        view_count: draw.view_count(created_at),
    }
}

/// The recipe that an index selects.
struct Choice {
    cuisine: &'static str,
    dish: &'static Dish,
    main: &'static str,
    green: &'static str,
    twist: usize,
}

impl Choice {
    /// Each round goes through all dishes, in an order that the seed determines, and takes the next
    /// pair of main and vegetable. So neighbors are never alike, and no pair is repeated before all
    /// have been used.
    fn new(seed: u64, index: u64) -> Self {
        let mut order = Draw::new(seed, Kind::RecipeOrder, 0);
        let mut dishes: Vec<_> = dishes::all().collect();
        for end in (1..dishes.len()).rev() {
            dishes.swap(end, order.below(end + 1));
        }
        let first = order.below(1_000);

        let count = dishes.len() as u64;
        let (cuisine, dish) = dishes[(index % count) as usize];
        let round = (index / count) as usize;
        let pairs = dish.mains.len() * dish.greens.len();
        let pair = (first + round) % pairs;
        let column = pair % dish.mains.len();
        Self {
            cuisine,
            dish,
            main: dish.mains[column],
            // Shifted by the column, so that the vegetable changes every time too.
            green: dish.greens[(pair / dish.mains.len() + column) % dish.greens.len()],
            twist: (round / pairs) % TWISTS.len(),
        }
    }
}

fn minutes_for_main(dish: &Dish, main: Main) -> i64 {
    match () {
        () if dish.uses("{Simmer}") => method::simmer(main).1,
        () if dish.uses("{Roast}") => method::roast(main).1,
        // Fruit may stay raw.
        () if main == Main::Fruit && !dish.uses("{pan}") => 0,
        () => method::pan(main).1,
    }
}

fn description(draw: &mut Draw, dish: &Dish, words: &Words) -> String {
    let mut out = String::with_capacity(800);
    words.expand(dish.about, &mut out);
    let main = words::about_main(Main::of(words.main));
    let mut say = |from: &[&str], before: &str| {
        out.push_str(before);
        words.expand(draw.pick(from), &mut out);
    };
    let is_fruit = Main::of(words.main) == Main::Fruit;
    let is_cool = is_fruit || dish.course == Course::Salad;
    let serve = match dish.course {
        Course::Main => words::SERVE,
        Course::Dessert => words::SERVE_SWEET,
        // Without the one that calls it a main course.
        _ => &words::SERVE[1..],
    };
    let choose = |cool, others, is_cool: bool| if is_cool { cool } else { others };
    say(main, " ");
    say(
        choose(words::ABOUT_TOPPING, words::ABOUT_GREEN, is_fruit),
        " ",
    );
    say(words::TIME, "\n\n");
    say(serve, " ");
    say(choose(words::TIP_COOL, words::TIP, is_cool), " ");
    say(choose(words::KEEP_COOL, words::KEEP, is_cool), " ");
    out
}

/// The words that the texts of a recipe may use.
struct Words {
    main: &'static str,
    green: &'static str,
    /// Whether the vegetable joins a main that is simmering.
    into_sauce: bool,
    minutes: i64,
    servings: i64,
}

impl Words {
    /// Copies a template, replacing the names in braces; `{Main}` begins with a capital letter.
    fn expand(&self, template: &str, out: &mut String) {
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let start = out.len();
            self.push(name, out);
            if name.starts_with(|first: char| first.is_ascii_uppercase())
                && let Some(first) = out.get_mut(start..start + 1)
            {
                first.make_ascii_uppercase();
            }
            rest = after;
        }
        out.push_str(rest);
    }

    fn push(&self, name: &str, out: &mut String) {
        let main = Main::of(self.main);
        match name {
            "main" | "Main" => spell(self.main, out),
            "singular" | "Singular" => spell(singular(self.main), out),
            "green" => spell(self.green, out),
            "cut_green" => {
                spell(self.green, out);
                out.push_str(match Cut::of(self.green) {
                    Cut::Ribbons => ", cut into ribbons,",
                    Cut::Small => ", cut small,",
                    Cut::Whole => "",
                });
            }
            "pan" | "Pan" => self.expand(method::pan(main).0, out),
            "simmer" | "Simmer" => self.expand(method::simmer(main).0, out),
            "roast" | "Roast" => self.expand(method::roast(main).0, out),
            "wilt" | "Wilt" => self.expand(method::wilt(Cut::of(self.green), self.into_sauce), out),
            // Writing to a string cannot fail.
            "minutes" => drop(write!(out, "{}", self.minutes)),
            "servings" => out.push_str(match self.servings {
                2 => "two",
                4 => "four",
                6 => "six",
                _ => "ten",
            }),
            _ => debug_assert!(false, "unknown word in a template: {name}"),
        }
    }
}

/// The form before a noun: a curry of chickpeas is a chickpea curry.
fn singular(main: &'static str) -> &'static str {
    match main {
        "potatoes" => "potato",
        "blueberries" => "blueberry",
        "strawberries" => "strawberry",
        // Mushrooms, chickpeas and beans; no singular main ends in s.
        _ => main.strip_suffix('s').unwrap_or(main),
    }
}

/// `sweet-potato` is written `sweet potato`.
fn spell(token: &str, out: &mut String) {
    out.extend(
        token
            .chars()
            .map(|letter| if letter == '-' { ' ' } else { letter }),
    );
}
