//! The picture of a recipe.

use leptos::prelude::*;

use crate::components::Drawing;

/// A dish on a table: the id chooses the crockery, the ingredients the colours.
#[component]
pub(crate) fn Dish(
    /// The recipe's number.
    id: i64,
    /// What goes in, as tokens.
    ingredients: Vec<String>,
) -> impl IntoView {
    const CROCKERY: [&str; 4] = ["plate", "bowl", "pan", "board"];
    let shape = CROCKERY[usize::try_from(id.unsigned_abs() % 4).unwrap_or_default()];
    let mut colours: Vec<&str> = Vec::with_capacity(3);
    for colour in ingredients
        .iter()
        .map(|name| colour(name))
        .chain(["herb", "tomato", "grain"])
    {
        if colours.len() < 3 && !colours.contains(&colour) {
            colours.push(colour);
        }
    }
    let classes = ["one", "two", "three"]
        .iter()
        .zip(&colours)
        .map(|(n, c)| format!(" {n}-{c}"));
    view! {
        <div class=format!("picture dish{}", classes.collect::<String>())>
            <Drawing of=format!("dishes.svg#{shape}") />
        </div>
    }
}

/// The colour that an ingredient brings to the plate.
fn colour(ingredient: &str) -> &'static str {
    const KNOWN: [(&str, &[&str]); 7] = [
        (
            "tomato",
            &[
                "tomato",
                "pepper",
                "chili",
                "paprika",
                "beet",
                "strawberr",
                "salmon",
                "shrimp",
            ],
        ),
        (
            "herb",
            &[
                "basil", "spinach", "parsley", "cilantro", "mint", "pea", "avocado", "kale",
                "zucchini", "lettuce", "broccoli",
            ],
        ),
        (
            "citrus",
            &[
                "lemon", "lime", "orange", "corn", "egg", "saffron", "turmeric", "curry", "mango",
            ],
        ),
        (
            "root",
            &["carrot", "pumpkin", "squash", "sweet-potato", "lentil"],
        ),
        (
            "grain",
            &[
                "rice", "pasta", "bread", "flour", "potato", "oat", "noodle", "quinoa", "chickpea",
                "tofu", "garlic", "onion", "cheese", "milk", "cream", "butter", "coconut",
            ],
        ),
        (
            "meat",
            &[
                "beef",
                "pork",
                "lamb",
                "chicken",
                "duck",
                "turkey",
                "bacon",
                "sausage",
                "mushroom",
                "chocolate",
                "bean",
                "soy",
            ],
        ),
        (
            "berry",
            &[
                "cabbage",
                "eggplant",
                "aubergine",
                "blueberr",
                "grape",
                "plum",
                "fig",
                "cherry",
                "olive",
            ],
        ),
    ];
    let found = KNOWN
        .iter()
        .find(|(_, names)| names.iter().any(|name| ingredient.contains(name)));
    found.map_or("grain", |(colour, _)| colour)
}
