//! What kind of dish a recipe makes, judged by its title and its ingredients.

use super::forms::{self, Role};

/// How a dish is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Soup,
    Stew,
    Noodles,
    Grain,
    Paella,
    Katsu,
    Bibimbap,
    Plate,
    Fried,
    Salad,
    Board,
    Tacos,
    Baked,
    Omelette,
    Crepe,
    Shakshuka,
    Rancheros,
    Pastry,
    Tart,
    Cake,
    Sweet,
}

/// Words of titles, and the kind that they mean. The first that a title has decides.
const WORDS: &[(&str, Kind)] = &[
    ("taco", Kind::Tacos),
    ("tostada", Kind::Tacos),
    ("rancheros", Kind::Rancheros),
    ("enchilada", Kind::Baked),
    ("gratin", Kind::Baked),
    ("moussaka", Kind::Baked),
    ("lasagn", Kind::Baked),
    ("clafoutis", Kind::Tart),
    ("crostata", Kind::Tart),
    ("tart", Kind::Tart),
    ("pastilla", Kind::Pastry),
    ("cake", Kind::Cake),
    ("bánh xèo", Kind::Crepe),
    ("omelet", Kind::Omelette),
    ("tortilla", Kind::Omelette),
    ("shakshuka", Kind::Shakshuka),
    ("souvlaki", Kind::Board),
    ("shawarma", Kind::Board),
    ("kheer", Kind::Sweet),
    ("pudding", Kind::Sweet),
    ("yogurt", Kind::Sweet),
    ("porridge", Kind::Sweet),
    ("coconut rice", Kind::Sweet),
    ("katsu", Kind::Katsu),
    ("bibimbap", Kind::Bibimbap),
    ("paella", Kind::Paella),
    ("salad", Kind::Salad),
    ("fattoush", Kind::Salad),
    ("larb", Kind::Salad),
    ("panzanella", Kind::Salad),
    ("kachumber", Kind::Salad),
    ("fajita bowl", Kind::Salad),
    ("congee", Kind::Soup),
    ("ramen", Kind::Soup),
    (" pho", Kind::Soup),
    ("pozole", Kind::Soup),
    ("jjigae", Kind::Soup),
    ("tom kha", Kind::Soup),
    ("harira", Kind::Soup),
    ("pot-au-feu", Kind::Soup),
    ("acqua pazza", Kind::Soup),
    ("minestrone", Kind::Soup),
    (" udon", Kind::Soup),
    ("soup", Kind::Soup),
    ("broth", Kind::Soup),
    ("curry", Kind::Stew),
    ("masala", Kind::Stew),
    ("korma", Kind::Stew),
    ("vindaloo", Kind::Stew),
    ("moilee", Kind::Stew),
    ("saag", Kind::Stew),
    ("massaman", Kind::Stew),
    ("tagine", Kind::Stew),
    (" mole", Kind::Stew),
    ("pipián", Kind::Stew),
    ("stew", Kind::Stew),
    ("stifado", Kind::Stew),
    ("bourguignon", Kind::Stew),
    ("cacciatore", Kind::Stew),
    ("ciambotta", Kind::Stew),
    ("mapo", Kind::Stew),
    ("steamed", Kind::Plate),
    ("teriyaki", Kind::Plate),
    ("mustard sauce", Kind::Plate),
    ("piccata", Kind::Plate),
    ("chermoula", Kind::Plate),
    ("romesco", Kind::Plate),
    ("tahini sauce", Kind::Plate),
    ("provençale", Kind::Plate),
    ("veracruz", Kind::Plate),
    ("escabeche", Kind::Plate),
    ("tandoori", Kind::Plate),
    ("caramel", Kind::Plate),
];

/// The kind of a dish; its title is in small letters.
pub(super) fn of(title: &str, ingredients: &[String]) -> Kind {
    let said = WORDS.iter().find(|(word, _)| title.contains(word));
    let roles = || ingredients.iter().filter_map(|name| forms::of(name));
    let has = |role: Role| roles().any(|form| form.role == role);
    if let Some((_, kind)) = said {
        // A soup or a salad of fruit.
        return match kind {
            Kind::Soup | Kind::Salad if has(Role::Fruit) && !has(Role::Main) => Kind::Sweet,
            kind => *kind,
        };
    }
    let noodles = title.contains("noodles");
    let is_grain = |name: &str| {
        [
            "rice", "basmati", "paella", "risotto", "orzo", "couscous", "bulgur",
        ]
        .contains(&name)
    };
    match roles().find(|form| form.role == Role::Bed) {
        Some(form) if is_grain(form.name) => Kind::Grain,
        Some(_) => Kind::Noodles,
        None if noodles => Kind::Noodles,
        None if has(Role::Fruit) && !has(Role::Main) => Kind::Sweet,
        None => Kind::Fried,
    }
}

/// Words of titles or ingredients, and the sauce that they make. The first that a dish has decides.
const SAUCES: &[(&str, &str)] = &[
    ("green curry", "green"),
    ("red curry", "red"),
    ("masala", "orange"),
    ("korma", "korma"),
    ("vindaloo", "red"),
    ("moilee", "gold"),
    ("saag", "saag"),
    ("massaman", "peanut"),
    ("katsu", "brown"),
    ("tagine", "gold"),
    (" mole", "dark"),
    ("pipián", "green"),
    ("chermoula", "green"),
    ("romesco", "orange"),
    ("tahini", "cream"),
    ("mustard", "cream"),
    ("piccata", "gold"),
    ("tandoori", "white"),
    ("bourguignon", "dark"),
    ("stifado", "brown"),
    ("mapo", "red"),
    ("jjigae", "red"),
    ("tom kha", "white"),
    ("congee", "white"),
    ("egg drop", "gold"),
    ("hot and sour", "miso"),
    ("avgolemono", "cream"),
    ("ramen", "miso"),
    ("pozole", "red"),
    ("harira", "tomato"),
    ("acqua pazza", "clear"),
    ("yogurt", "white"),
    ("in orange", "orange"),
    ("kheer", "white"),
    ("coconut rice", "white"),
    ("sweet", "white"),
    ("chia", "oat"),
    ("dark-chocolate", "chocolate"),
    ("oats", "oat"),
    ("steamed", "clear"),
    ("gochujang", "red"),
    ("soy-sauce", "dark"),
    ("tamari", "dark"),
    ("coconut-aminos", "dark"),
    ("tomatoes", "tomato"),
    ("tomatillos", "green"),
    ("coconut-milk", "cream"),
    ("cream", "cream"),
    ("red-wine", "dark"),
    ("turmeric", "gold"),
    ("vegetable-stock", "clear"),
];

/// The sauce of a dish, by its color.
pub(super) fn sauce(title: &str, ingredients: &[String]) -> &'static str {
    let found = SAUCES.iter().find(|(word, _)| {
        title.contains(word) || ingredients.iter().any(|ingredient| ingredient == word)
    });
    found.map_or("brown", |(_, sauce)| sauce)
}
