//! A recipe in a list.

use catalogue::recipes::{RECIPES, Recipe};
use leptos::prelude::*;

use crate::{components::Dish, links, text};

/// A recipe as a card, and by the list's style as a row.
#[component]
pub(crate) fn RecipeCard(
    /// The recipe.
    recipe: Recipe,
) -> impl IntoView {
    let facts = format!(
        "{} min · {} · serves {}",
        recipe.prep_time,
        text::label(&recipe.difficulty),
        recipe.servings
    );
    let diets = recipe
        .diets
        .iter()
        .map(|diet| format!(" · {}", text::name(diet)));
    view! {
        <article class="card">
            <Dish id=recipe.id title=recipe.title.clone() ingredients=recipe.ingredients.clone() />
            <div class="card-text">
                <h3 class="dish-title">
                    <a id=format!("row-{}", recipe.id) href=links::object(&RECIPES, recipe.id)>
                        {recipe.title.clone()}
                    </a>
                </h3>
                <p class="facts">{facts}</p>
                <p class="excerpt">{text::excerpt(&recipe.description, 180)}</p>
                <p class="muted">{text::name(&recipe.cuisine)} {diets.collect::<String>()}</p>
            </div>
        </article>
    }
}
