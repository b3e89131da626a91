//! The picture of a recipe.

use std::{collections::HashMap, sync::LazyLock};

use leptos::prelude::*;

/// The symbol of `assets/ingredients.svg` that stands for each ingredient.
static SYMBOLS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let names = include_str!("../../../assets/ingredients.json");
    serde_json::from_str(names).unwrap_or_else(|error| {
        leptos::logging::error!("the names of the ingredients cannot be read: {error}");
        HashMap::new()
    })
});

/// What is in nearly everything, and so says least about a dish.
const STAPLES: [&str; 9] = [
    "salt", "oil", "sugar", "garlic", "onion", "butter", "herb", "sauce", "bowl",
];

/// Where symbols lie, by their middle and their size: the first three on the plate, the others
/// around it on the table.
const PLACES: [(i32, i32, i32); 7] = [
    (300, 164, 124),
    (252, 238, 92),
    (350, 240, 92),
    (88, 108, 78),
    (514, 298, 78),
    (92, 306, 70),
    (510, 100, 70),
];

/// A laid table: what goes in, on a plate. The id chooses cloth, plate and how things lie.
#[component]
pub(crate) fn Dish(
    /// The recipe's number.
    id: i64,
    /// What goes in, as tokens.
    ingredients: Vec<String>,
) -> impl IntoView {
    let dice = id.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let symbols = symbols(&ingredients);
    let things = symbols
        .iter()
        .zip(PLACES)
        .enumerate()
        .map(|(place, (symbol, at))| {
            let (x, y, size) = at;
            // Two bits of the number for each: a turn between -18 and 18 degrees.
            let turn = i32::try_from(dice >> (2 * place) & 3).unwrap_or_default() * 12 - 18;
            view! {
                <use_
                    href=format!("/ingredients.svg#{symbol}")
                    x=x - size / 2
                    y=y - size / 2
                    width=size
                    height=size
                    transform=format!("rotate({turn} {x} {y})")
                />
            }
        });
    view! {
        <div class=format!("picture dish cloth-{}", dice % 6)>
            <svg viewBox="0 0 600 400" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
                <circle class="shade" cx="306" cy="212" r="158" />
                <circle class="ware" cx="300" cy="200" r="158" />
                <circle class="well" cx="300" cy="200" r="122" />
                {things.collect_view()}
            </svg>
        </div>
    }
}

/// The symbols of a dish, each once: what says most about it first.
fn symbols(ingredients: &[String]) -> Vec<&'static str> {
    let mut symbols: Vec<&str> = Vec::with_capacity(ingredients.len());
    for name in ingredients {
        let symbol = SYMBOLS.get(name).map_or("herb", String::as_str);
        if !symbols.contains(&symbol) {
            symbols.push(symbol);
        }
    }
    symbols.sort_by_key(|symbol| STAPLES.contains(symbol));
    symbols.truncate(PLACES.len());
    symbols
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ingredient_has_a_symbol_that_the_sprite_draws() {
        let sprite = include_str!("../../../assets/ingredients.svg");
        assert!(SYMBOLS.len() > 50);
        for symbol in SYMBOLS.values().map(String::as_str).chain(STAPLES) {
            assert!(sprite.contains(&format!("id=\"{symbol}\"")), "{symbol}");
        }
    }

    #[test]
    fn what_says_most_comes_first_and_nothing_twice() {
        let names = ["garlic", "beef", "salt", "olive-oil", "carrots", "beef"];
        let symbols = symbols(&names.map(str::to_owned));
        assert_eq!(&symbols[..2], ["beef", "carrot"]);
        assert_eq!(
            symbols.iter().filter(|symbol| **symbol == "beef").count(),
            1
        );
    }
}
