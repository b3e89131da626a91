//! The page of a recipe.

use catalogue::{
    Row,
    normalizer::{Query, View},
    recipes::{Recipe, SCHEMA},
};
use leptos::prelude::*;
use leptos_cached::resource;
use serde_json::{Value, json};
use site::{Object, links};

use crate::{
    Request,
    components::{Data, Dish, Facts, Head, failure, pictured},
    functions::object,
    text,
};

/// A recipe: ingredients and steps.
pub(crate) fn recipe(request: Request, id: i64) -> impl IntoView {
    let schema = Recipe::SCHEMA;
    let recipe = resource(object::<Recipe>(Object { schema, id }));
    Suspend::new(async move {
        match recipe.await {
            Ok(recipe) => show(&request, &recipe),
            Err(fault) => failure(&request, &fault),
        }
    })
}

fn show(request: &Request, recipe: &Recipe) -> AnyView {
    let head = Head {
        title: recipe.title.clone(),
        description: text::excerpt(&recipe.description, 155),
        canonical: links::object(&SCHEMA, recipe.id),
        hidden: false,
    };
    let time =
        text::duration(recipe.prep_time, "minute", "minutes").map(|time| ("clock", "Time", time));
    let mut facts: Vec<_> = time.into_iter().collect();
    facts.extend([
        ("users", "Serves", recipe.servings.to_string()),
        ("chef-hat", "Difficulty", text::label(&recipe.difficulty)),
    ]);
    let diets = recipe.diets.iter().map(|diet| {
        view! { <li><a class="chip" href=filtered("diet", diet)>{text::name(diet)}</a></li> }
    });
    let ingredients = recipe.ingredients.iter().map(|ingredient| {
        view! { <li><a href=filtered("ingredients", ingredient)>{text::label(ingredient)}</a></li> }
    });
    let steps = recipe
        .steps
        .iter()
        .map(|step| view! { <li>{step.clone()}</li> });
    let main = view! {
        <article class="wrap detail">
            <nav class="crumbs" aria-label="Breadcrumb">
                <ol>
                    <li><a href="/recipes">"Recipes"</a></li>
                    <li>
                        <a href=filtered("cuisine", &recipe.cuisine)>{text::name(&recipe.cuisine)}</a>
                    </li>
                    <li aria-current="page">{recipe.title.clone()}</li>
                </ol>
            </nav>
            <div class="detail-picture">
                <Dish id=recipe.id title=recipe.title.clone() ingredients=recipe.ingredients.clone() />
            </div>
            <header class="detail-head">
                <h1>{recipe.title.clone()}</h1>
                <p class="lead">{recipe.description.clone()}</p>
                <ul class="chips" aria-label="Diets">{diets.collect_view()}</ul>
            </header>
            <Facts facts />
            <section class="prose" aria-labelledby="steps">
                <h2 id="steps">"Method"</h2>
                <ol class="method">{steps.collect_view()}</ol>
            </section>
            <aside class="panel" aria-labelledby="ingredients">
                <h2 id="ingredients">"Ingredients"</h2>
                <ul class="ingredients">{ingredients.collect_view()}</ul>
                <p class="muted">{format!("Added on {}", text::day(&recipe.created_at))}</p>
            </aside>
            <Data of=data(request, recipe) />
        </article>
    };
    pictured(request, head, links::picture(&SCHEMA, recipe.id), main)
}

/// What the page shows, in schema.org's vocabulary.
fn data(request: &Request, recipe: &Recipe) -> Value {
    let step = |step: &String| json!({"@type": "HowToStep", "text": step});
    let names = |tokens: &[String], name: fn(&str) -> String| -> Vec<String> {
        tokens.iter().map(|token| name(token)).collect()
    };
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": recipe.title,
        "description": recipe.description,
        "author": {"@type": "Organization", "name": "Hearth"},
        "url": request.absolute(&links::object(&SCHEMA, recipe.id)),
        "image": [request.absolute(&links::picture(&SCHEMA, recipe.id))],
        "datePublished": recipe.created_at.get(..10),
        "recipeCuisine": text::name(&recipe.cuisine),
        "totalTime": format!("PT{}M", recipe.prep_time),
        "recipeYield": recipe.servings.to_string(),
        "recipeIngredient": names(&recipe.ingredients, text::label),
        "recipeInstructions": recipe.steps.iter().map(step).collect::<Vec<_>>(),
    });
    // An empty text would be no keyword.
    if !recipe.diets.is_empty() {
        data["keywords"] = names(&recipe.diets, text::name).join(", ").into();
    }
    data
}

/// The address of the list of recipes with this value.
fn filtered(parameter: &str, value: &str) -> String {
    let all = Query::all(&SCHEMA);
    links::list(&all.with(parameter, value).unwrap_or(all), View::Grid)
}
