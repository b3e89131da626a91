//! The page of a recipe.

mod data;

use catalogue::{
    Row,
    normalizer::{Query, View},
    recipes::{Recipe, SCHEMA},
};
use leptos::prelude::*;
use leptos_cached::resource;
use site::{Object, links};

use crate::{
    Request,
    components::{Data, Dish, Facts, Head, failure, pictured},
    functions::object,
    text,
};
use data::{data, step_anchor};

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
        text::duration(recipe.total_time, "minute", "minutes").map(|time| ("clock", "Time", time));
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
        .enumerate()
        .map(|(at, step)| view! { <li id=step_anchor(at)>{step.clone()}</li> });
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
                <Dish
                id=recipe.id
                title=recipe.title.clone()
                cuisine=recipe.cuisine.clone()
                ingredients=recipe.ingredients.clone()
            />
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

/// The address of the list of recipes with this value.
fn filtered(parameter: &str, value: &str) -> String {
    let all = Query::all(&SCHEMA);
    links::list(&all.with(parameter, value).unwrap_or(all), View::Grid)
}
