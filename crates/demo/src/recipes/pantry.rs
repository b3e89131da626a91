//! Kinds of ingredients, and the diets that follow from them.

/// Diets, each with the lists of ingredients that it excludes; sorted by name, like a recipe's
/// diets.
const DIETS: [(&str, &[&[&str]]); 5] = [
    ("dairy-free", &[DAIRY]),
    ("gluten-free", &[GLUTEN]),
    ("nut-free", &[NUTS]),
    ("vegan", &[MEAT, FISH, DAIRY, EGGS_AND_HONEY]),
    ("vegetarian", &[MEAT, FISH]),
];

pub(super) const MEAT: &[&str] = &["beef", "chicken", "lamb", "pork", "turkey"];

/// With products made of fish; kimchi is usually salted with them.
pub(super) const FISH: &[&str] = &["cod", "fish-sauce", "kimchi", "salmon", "shrimp"];

pub(super) const DAIRY: &[&str] = &[
    "butter",
    "cream",
    "feta",
    "gruyere",
    "halloumi",
    "milk",
    "monterey-jack",
    "paneer",
    "parmesan",
    "yogurt",
];

pub(super) const EGGS_AND_HONEY: &[&str] = &["eggs", "honey"];

/// Includes doubtful cases: soy sauce, miso and gochujang are usually brewed with wheat or barley,
/// tempeh may contain grain, kimchi a flour paste, and dark chocolate shares its machines.
pub(super) const GLUTEN: &[&str] = &[
    "bread",
    "breadcrumbs",
    "bulgur",
    "couscous",
    "dark-chocolate",
    "filo",
    "flour",
    "gochujang",
    "kimchi",
    "miso",
    "orecchiette",
    "orzo",
    "panko",
    "pappardelle",
    "pita",
    "ramen-noodles",
    "soy-sauce",
    "tempeh",
    "udon",
];

/// Without coconuts, which the Food and Drug Administration has not counted as nuts since 2025.
pub(super) const NUTS: &[&str] = &["almonds", "cashews", "dark-chocolate", "peanuts"];

/// How a main ingredient behaves in the pan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Main {
    Poultry,
    Meat,
    Seafood,
    Soy,
    Cheese,
    Pulse,
    Vegetable,
}

impl Main {
    pub(super) fn of(token: &str) -> Self {
        match token {
            "chicken" | "turkey" => Main::Poultry,
            "beef" | "lamb" | "pork" => Main::Meat,
            "cod" | "salmon" | "shrimp" => Main::Seafood,
            "tempeh" | "tofu" => Main::Soy,
            "halloumi" | "paneer" => Main::Cheese,
            "black-beans" | "chickpeas" | "lentils" | "white-beans" => Main::Pulse,
            _ => Main::Vegetable,
        }
    }
}

/// How a vegetable is cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cut {
    Ribbons,
    Small,
    /// Not at all.
    Whole,
}

impl Cut {
    pub(super) fn of(token: &str) -> Self {
        match token {
            "bok-choy" | "cabbage" | "chard" | "kale" | "napa-cabbage" | "spinach" => Cut::Ribbons,
            "bean-sprouts" | "corn" | "peas" => Cut::Whole,
            _ => Cut::Small,
        }
    }
}

/// Every diet that allows all of the ingredients.
pub(super) fn diets(ingredients: &[&str]) -> Vec<&'static str> {
    DIETS
        .iter()
        .filter(|(_, without)| {
            !ingredients
                .iter()
                .any(|token| without.iter().any(|list| list.contains(token)))
        })
        .map(|(diet, _)| *diet)
        .collect()
}
