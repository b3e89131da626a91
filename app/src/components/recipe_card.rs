//! A recipe in a list.

use catalogue::recipes::{Recipe, SCHEMA};
use leptos::prelude::*;
use site::links;

use crate::{components::Dish, fragment::fragment, text};

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
    // A label does not wrap, and the dot after it stays with it, so that no line begins with a dot.
    let diets = recipe.diets.iter().map(|diet| text::term(diet));
    let labels: Vec<String> = std::iter::once(text::name(&recipe.cuisine))
        .chain(diets)
        .collect();
    let last = labels.len() - 1;
    let labels = labels.into_iter().enumerate().map(|(place, label)| {
        let more = if place < last { " ·" } else { "" };
        view! {
            <span>{format!("{label}{more}")}</span>
            " "
        }
    });
    let labels = labels.collect_view();
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
                <p class="muted labels">{labels}</p>
            </div>
            // For the script, as on the card of a home.
            <div class="keep"></div>
        </article>
    }
}
