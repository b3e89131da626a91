//! What the page of a recipe shows, in schema.org's vocabulary: everything that search engines
//! require and recommend of a `Recipe`, except what there is not: no video, no pictures of single
//! steps, and no ratings (`aggregateRating`), as readers cannot rate.

use catalogue::recipes::{Nutrition, Recipe, SCHEMA};
use serde_json::{Value, json};
use site::links;

use super::method::anchor;
use crate::{Request, text};

/// The recipe's data. The page marks its steps with [`anchor`].
pub(super) fn data(request: &Request, recipe: &Recipe) -> Value {
    let url = request.absolute(&links::object(&SCHEMA, recipe.id));
    let steps = recipe.steps.iter().enumerate().map(|(at, step)| {
        json!({
            "@type": "HowToStep",
            "name": step_name(step),
            "text": step,
            "url": format!("{url}#{}", anchor(at)),
        })
    });
    // A recipe of which nobody has written the amounts has their names at least.
    let ingredients = match recipe.amounts.as_slice() {
        [] => names(&recipe.ingredients, text::label),
        amounts => amounts.to_vec(),
    };
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": recipe.title,
        "description": recipe.description,
        "author": {"@type": "Organization", "name": "Hearth"},
        "url": url,
        "image": [request.absolute(&links::picture(&SCHEMA, recipe.id))],
        "datePublished": recipe.created_at.get(..10),
        "dateModified": recipe.updated_at.get(..10),
        "recipeCategory": text::label(&recipe.course),
        "recipeCuisine": text::name(&recipe.cuisine),
        "totalTime": duration(recipe.total_time),
        "recipeYield": text::counted(recipe.servings.unsigned_abs(), "serving", "servings"),
        "recipeIngredient": ingredients,
        "recipeInstructions": steps.collect::<Vec<_>>(),
    });
    // These two belong together, and are not known of a recipe whose time is one number.
    if recipe.cook_time > 0 {
        data["prepTime"] = duration(recipe.prep_time).into();
        data["cookTime"] = duration(recipe.cook_time).into();
    }
    if recipe.nutrition.is_known() {
        data["nutrition"] = nutrition(&recipe.nutrition);
    }
    // An empty text would be no keyword.
    let mut keywords = names(&recipe.tags, text::words);
    keywords.extend(names(&recipe.diets, text::words));
    if !keywords.is_empty() {
        data["keywords"] = keywords.join(", ").into();
    }
    let diets: Vec<&str> = recipe.diets.iter().filter_map(|diet| named(diet)).collect();
    if !diets.is_empty() {
        data["suitableForDiet"] = diets.into();
    }
    data
}

fn names(tokens: &[String], name: fn(&str) -> String) -> Vec<String> {
    tokens.iter().map(|token| name(token)).collect()
}

/// The beginning of a step, as its name: up to where the first thing is done.
fn step_name(step: &str) -> String {
    let ends = [", ", "; ", ": ", " and ", " until ", " with ", ". "];
    let end = ends.iter().filter_map(|end| step.find(end)).min();
    let first = end.map_or(step, |end| &step[..end]);
    text::excerpt(first.trim_end_matches('.'), 60)
}

/// A number of minutes as ISO 8601 writes it.
fn duration(minutes: i64) -> String {
    text::iso_duration(minutes.unsigned_abs().saturating_mul(60))
}

fn nutrition(of: &Nutrition) -> Value {
    let grams = |number: i64| format!("{number} g");
    json!({
        "@type": "NutritionInformation",
        "servingSize": "1 serving",
        "calories": format!("{} calories", of.calories),
        "proteinContent": grams(of.protein),
        "fatContent": grams(of.fat),
        "saturatedFatContent": grams(of.saturated_fat),
        "carbohydrateContent": grams(of.carbohydrate),
        "fiberContent": grams(of.fiber),
        "sugarContent": grams(of.sugar),
        "sodiumContent": format!("{} mg", of.sodium),
    })
}

/// The vocabulary's name of a diet; it has none for keto, paleo and nuts.
fn named(diet: &str) -> Option<&'static str> {
    Some(match diet {
        "dairy-free" => "https://schema.org/LowLactoseDiet",
        "gluten-free" => "https://schema.org/GlutenFreeDiet",
        "vegan" => "https://schema.org/VeganDiet",
        "vegetarian" => "https://schema.org/VegetarianDiet",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_named_by_their_beginning() {
        for (step, expect) in [
            ("Toast the seeds, and grind them.", "Toast the seeds"),
            ("Serve.", "Serve"),
            (
                "Soak the noodles in warm water for 20 minutes and drain.",
                "Soak the noodles in warm water for 20 minutes",
            ),
        ] {
            assert_eq!(step_name(step), expect);
        }
    }
}
