//! What else a recipe is good for.

use catalogue::recipes::Nutrition;

use super::{
    dishes::{Course, Difficulty, Dish},
    pantry::{HOT, Main},
};

/// The tags of a recipe, sorted. Each follows from what the recipe says.
pub(super) fn of(
    dish: &Dish,
    ingredients: &[&str],
    minutes: i64,
    steps: &[String],
    nutrition: Nutrition,
) -> Vec<&'static str> {
    let text = steps.join(" ");
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let simmers = dish.uses("{Simmer}");
    let is_sweet = dish.course == Course::Dessert;
    let has = |kind: Main| ingredients.iter().any(|token| Main::of(token) == kind);
    let others = [
        "bake",
        "Bake",
        "dish",
        "lift out",
        "set aside",
        "another pan",
        "second pan",
        "drain",
        "strain",
        "oven",
        "separately",
        "Cook the rice",
        "bowls",
        "blend",
        "Blend",
    ];
    let tags = [
        ("comfort-food", simmers && nutrition.calories >= 500),
        ("dinner-party", matches!(dish.difficulty, Difficulty::Hard)),
        (
            "budget",
            has(Main::Pulse) && !has(Main::Meat) && !has(Main::Seafood),
        ),
        ("high-protein", nutrition.protein >= 35),
        (
            "light",
            nutrition.calories > 0 && nutrition.calories <= 350 && !is_sweet,
        ),
        (
            "make-ahead",
            simmers && !has(Main::Seafood) && minutes >= 50,
        ),
        ("one-pan", simmers && !says(&others)),
        (
            "sheet-pan",
            dish.uses("{Roast}") && says(&["baking sheet", "tray"]),
        ),
        ("quick", minutes <= 25),
        (
            "spicy",
            !is_sweet && ingredients.iter().any(|token| HOT.contains(token)),
        ),
        (
            "weeknight",
            minutes <= 40
                && !matches!(dish.difficulty, Difficulty::Hard)
                && dish.course == Course::Main,
        ),
    ];
    let mut tags: Vec<&str> = tags
        .iter()
        .filter(|(_, it)| *it)
        .map(|(tag, _)| *tag)
        .collect();
    tags.sort_unstable();
    tags
}
