//! A hundred dishes, each with a few mains and vegetables that suit it: about 1,800 recipes.

mod chinese;
mod french;
mod greek;
mod indian;
mod italian;
mod japanese;
mod korean;
mod lebanese;
mod lighter;
mod mexican;
mod mornings;
mod moroccan;
mod spanish;
mod sweet;
mod thai;
mod vietnamese;

/// A dish, with placeholders for its main ingredient and one vegetable.
///
/// In the texts, `{main}` and `{green}` are the two, `{singular}` is the main before a noun
/// (chickpea curry), and `{cut_green}` the vegetable and how it is cut. `{pan}`, `{simmer}` and
/// `{roast}` say how this main is cooked in that way, and `{wilt}` how this vegetable is added.
/// Salt and water are not listed among the ingredients.
pub(super) struct Dish {
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    /// The ingredients besides the main and the vegetable. (In sweet dishes these two are a fruit and
    /// what is scattered over it.)
    pub(super) base: &'static [&'static str],
    /// Amounts for four that are not the usual ones, by ingredient or `{main}`.
    pub(super) amounts: &'static [(&'static str, &'static str)],
    pub(super) mains: &'static [&'static str],
    pub(super) greens: &'static [&'static str],
    /// Without the time that the main needs.
    pub(super) minutes: i64,
    pub(super) difficulty: Difficulty,
    pub(super) course: Course,
    pub(super) steps: &'static [&'static str],
}

impl Dish {
    /// Whether a step has this placeholder.
    pub(super) fn uses(&self, placeholder: &str) -> bool {
        self.steps.iter().any(|step| step.contains(placeholder))
    }
}

/// How much skill a dish requires.
#[derive(Clone, Copy)]
pub(super) enum Difficulty {
    Easy,
    Medium,
    Hard,
}

/// What a dish is in a meal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    Main,
    Starter,
    Soup,
    Salad,
    Side,
    Breakfast,
    Dessert,
}

impl Course {
    pub(super) fn name(self) -> &'static str {
        match self {
            Course::Main => "main",
            Course::Starter => "starter",
            Course::Soup => "soup",
            Course::Salad => "salad",
            Course::Side => "side",
            Course::Breakfast => "breakfast",
            Course::Dessert => "dessert",
        }
    }
}

impl Difficulty {
    pub(super) fn name(self) -> &'static str {
        match self {
            Difficulty::Easy => "easy",
            Difficulty::Medium => "medium",
            Difficulty::Hard => "hard",
        }
    }
}

const CUISINES: [(&str, &[Dish]); 13] = [
    ("chinese", chinese::DISHES),
    ("french", french::DISHES),
    ("greek", greek::DISHES),
    ("indian", indian::DISHES),
    ("italian", italian::DISHES),
    ("japanese", japanese::DISHES),
    ("korean", korean::DISHES),
    ("lebanese", lebanese::DISHES),
    ("mexican", mexican::DISHES),
    ("moroccan", moroccan::DISHES),
    ("spanish", spanish::DISHES),
    ("thai", thai::DISHES),
    ("vietnamese", vietnamese::DISHES),
];

/// What is no main course, of several cuisines.
const OTHERS: [&[(&str, Dish)]; 3] = [mornings::DISHES, lighter::DISHES, sweet::DISHES];

/// All dishes, each with its cuisine.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static Dish)> {
    CUISINES
        .iter()
        .flat_map(|(cuisine, dishes)| dishes.iter().map(move |dish| (*cuisine, dish)))
        .chain(
            OTHERS
                .into_iter()
                .flatten()
                .map(|(cuisine, dish)| (*cuisine, dish)),
        )
}
