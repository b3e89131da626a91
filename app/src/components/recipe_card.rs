//! A recipe in a list.

use catalogue::recipes::{Recipe, SCHEMA};
use leptos::prelude::*;
use site::links;

use crate::{
    components::{Dish, Labels},
    fragment::fragment,
    text,
};

/// A recipe as a card, or as a row if the list's style says so.
#[component]
pub(crate) fn RecipeCard(
    /// The recipe.
    recipe: Recipe,
) -> impl IntoView {
    // What a card does not show may differ: views are counted all the time.
    let shown = Recipe {
        view_count: 0,
        version: 0,
        updated_at: String::new(),
        ..recipe
    };
    fragment("recipe card", shown, card)
}

fn card(recipe: &Recipe) -> impl IntoView + use<> {
    let facts = [
        text::brief_time(recipe.total_time),
        Some(text::label(&recipe.difficulty)),
        Some(format!("serves {}", recipe.servings)),
    ];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let diets = recipe.diets.iter().filter(|diet| !is_implied(diet, recipe));
    let labels: Vec<String> = std::iter::once(text::name(&recipe.cuisine))
        .chain(diets.map(|diet| text::term(diet)))
        .collect();
    view! {
        <article class="card">
            <Dish
                id=recipe.id
                title=recipe.title.clone()
                cuisine=recipe.cuisine.clone()
                ingredients=recipe.ingredients.clone()
            />
            <div class="card-text">
                <h3 class="dish-title">
                    <a id=format!("row-{}", recipe.id) href=links::object(&SCHEMA, recipe.id)>
                        {recipe.title.clone()}
                    </a>
                </h3>
                <p class="facts">{facts}</p>
                <p class="excerpt">{text::excerpt(&recipe.description, 180)}</p>
                <Labels of=labels />
            </div>
            // For the script, as on the card of a home.
            <div class="keep"></div>
        </article>
    }
}

/// Whether a diet goes without saying: what is vegan has neither meat nor milk in it.
fn is_implied(diet: &str, recipe: &Recipe) -> bool {
    let is_vegan = recipe.diets.iter().any(|diet| diet == "vegan");
    is_vegan && ["vegetarian", "dairy-free"].contains(&diet)
}
