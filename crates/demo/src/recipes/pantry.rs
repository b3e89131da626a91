//! Kinds of ingredients, and the diets that follow from them.

/// Diets, each with the lists of ingredients that it excludes; sorted by name, like a recipe's
/// diets.
const DIETS: [(&str, &[&[&str]]); 7] = [
    ("dairy-free", &[DAIRY]),
    ("gluten-free", &[GLUTEN]),
    // Nothing that has many carbohydrates.
    ("keto", &[GRAINS, PULSES, SUGAR, SWEET_OR_STARCHY]),
    ("nut-free", &[NUTS]),
    // Nothing that takes fields, cows or a factory. Fruit, honey and wine of grapes are allowed.
    (
        "paleo",
        &[GRAINS, PULSES, SUGAR, DAIRY, SOY_AND_PODS, REFINED],
    ),
    ("vegan", &[MEAT, FISH, DAIRY, EGGS_AND_HONEY]),
    ("vegetarian", &[MEAT, FISH]),
];

pub(super) const MEAT: &[&str] = &["beef", "chicken", "lamb", "pork", "turkey"];

/// With products made of fish; kimchi is usually salted with them.
pub(super) const FISH: &[&str] = &["cod", "fish-sauce", "kimchi", "salmon", "shrimp", "snapper"];

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

/// Pappardelle are usually made with eggs.
pub(super) const EGGS_AND_HONEY: &[&str] = &["eggs", "honey", "pappardelle"];

/// Includes doubtful cases: soy sauce, miso, gochujang, Shaoxing wine, black vinegar and chili bean
/// paste are usually brewed with wheat or barley, tempeh may contain grain, kimchi a flour paste,
/// and dark chocolate shares its machines.
pub(super) const GLUTEN: &[&str] = &[
    "black-vinegar",
    "bread",
    "breadcrumbs",
    "bulgur",
    "chili-bean-paste",
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
    "shaoxing-wine",
    "soy-sauce",
    "tempeh",
    "udon",
    "wheat-noodles",
];

/// With what is made of them: starch, pastes and wines. Soy sauce has too little wheat to count.
pub(super) const GRAINS: &[&str] = &[
    "basmati-rice",
    "bread",
    "breadcrumbs",
    "bulgur",
    "corn",
    "corn-tortillas",
    "cornstarch",
    "couscous",
    "filo",
    "flour",
    "gochujang",
    "hominy",
    "kimchi",
    "mirin",
    "miso",
    "orecchiette",
    "orzo",
    "paella-rice",
    "panko",
    "pappardelle",
    "pita",
    "ramen-noodles",
    "rice",
    "rice-flour",
    "rice-noodles",
    "rice-vermicelli",
    "risotto-rice",
    "sake",
    "shaoxing-wine",
    "tempeh",
    "udon",
    "wheat-noodles",
];

/// Glass noodles are the starch of mung beans.
pub(super) const PULSES: &[&str] = &[
    "black-beans",
    "brown-lentils",
    "chickpeas",
    "chili-bean-paste",
    "glass-noodles",
    "lentils",
    "peas",
    "red-lentils",
    "white-beans",
];

/// Dark chocolate and mirin are sweetened.
pub(super) const SUGAR: &[&str] = &[
    "brown-sugar",
    "dark-chocolate",
    "mirin",
    "palm-sugar",
    "sugar",
];

/// What else has many carbohydrates: sweet fruit, roots, the nuts with the most starch. Carrots are
/// a doubtful case.
pub(super) const SWEET_OR_STARCHY: &[&str] = &[
    "apple",
    "banana",
    "butternut-squash",
    "carrots",
    "cashews",
    "dates",
    "dried-apricots",
    "honey",
    "mango",
    "milk",
    "orange",
    "pear",
    "potatoes",
    "raisins",
    "sweet-potato",
    "tamarind",
];

/// Legumes with few carbohydrates: paleo allows none, and keto these. Green beans and sprouts are
/// doubtful cases.
pub(super) const SOY_AND_PODS: &[&str] = &[
    "bean-sprouts",
    "green-beans",
    "peanuts",
    "soy-sauce",
    "tamari",
    "tofu",
];

/// Pressed from seeds with solvents, or fermented and distilled from grain. Potatoes are the
/// doubtful case that strict lists leave out with them.
pub(super) const REFINED: &[&str] = &[
    "black-vinegar",
    "potatoes",
    "rice-vinegar",
    "vegetable-oil",
    "white-vinegar",
];

/// Without coconuts, which the Food and Drug Administration has not counted as nuts since 2025.
pub(super) const NUTS: &[&str] = &[
    "almond-flour",
    "almonds",
    "cashews",
    "dark-chocolate",
    "peanuts",
    "pistachios",
    "walnuts",
];

/// What makes a dish hot.
pub(super) const HOT: &[&str] = &[
    "chili-bean-paste",
    "chili-flakes",
    "chipotle",
    "dried-chilies",
    "gochugaru",
    "gochujang",
    "green-chilies",
    "red-chilies",
];

/// What fills by itself, so that a dish needs less of its main.
pub(super) const FILLING: &[&str] = &[
    "basmati-rice",
    "bulgur",
    "corn-tortillas",
    "couscous",
    "filo",
    "glass-noodles",
    "orecchiette",
    "orzo",
    "paella-rice",
    "pappardelle",
    "pita",
    "ramen-noodles",
    "rice",
    "rice-noodles",
    "rice-vermicelli",
    "risotto-rice",
    "udon",
    "wheat-noodles",
];

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
    Fruit,
}

impl Main {
    pub(super) fn of(token: &str) -> Self {
        match token {
            "chicken" | "turkey" => Main::Poultry,
            "beef" | "lamb" | "pork" => Main::Meat,
            "cod" | "salmon" | "shrimp" | "snapper" => Main::Seafood,
            "tempeh" | "tofu" => Main::Soy,
            "halloumi" | "paneer" => Main::Cheese,
            "black-beans" | "chickpeas" | "lentils" | "white-beans" => Main::Pulse,
            "apple" | "banana" | "blueberries" | "mango" | "orange" | "pear" | "strawberries" => {
                Main::Fruit
            }
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
