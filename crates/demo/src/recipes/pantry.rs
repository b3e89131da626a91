//! What an ingredient is, and which diets follow from that.

/// A diet and the lists of which it allows nothing; sorted by name, as are the diets of a recipe.
const DIETS: [(&str, &[&[&str]]); 5] = [
    ("dairy-free", &[DAIRY]),
    ("gluten-free", &[GLUTEN]),
    ("nut-free", &[NUTS]),
    ("vegan", &[MEAT, FISH, DAIRY, EGGS_AND_HONEY]),
    ("vegetarian", &[MEAT, FISH]),
];

pub(super) const MEAT: &[&str] = &["beef", "chicken", "lamb", "pork", "turkey"];

/// With what is made of fish; kimchi usually is salted with it.
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

/// Where in doubt, in: soy sauce, miso and gochujang are brewed with wheat or barley more often than not, tempeh may
/// hold grain, kimchi a paste of flour, and dark chocolate shares its machines.
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

/// Coconuts are no nuts to the Food and Drug Administration, since 2025.
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
