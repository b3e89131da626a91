//! The page of a recipe, and its cook's mode.

mod cook;
mod data;
mod ingredients;
mod method;
mod nutrition;
mod times;

use catalogue::{
    Row,
    normalizer::Rejection,
    recipes::{Recipe, SCHEMA},
};
use http::StatusCode;
use leptos::prelude::*;
use leptos_cached::resource;
use site::{Cooking, Object, Servings, links};

use self::{
    data::data,
    ingredients::{Ingredients, Stepper},
    method::Method,
    nutrition::PerServing,
};
use crate::{
    Request,
    components::{Data, Dish, Duration, Facts, Head, Icon, Printed, failure, pictured},
    functions::object,
    reply, text,
};

/// A recipe, for as many people as the address says, as a whole or one step at a time. If the number
/// of people is invalid, the recipe is shown as it was written, with status 400 and a message.
pub(crate) fn recipe(request: Request, cooking: Cooking) -> impl IntoView {
    let Cooking {
        id,
        servings,
        by_steps,
    } = cooking;
    let schema = Recipe::SCHEMA;
    let recipe = resource(object::<Recipe>(Object { schema, id }));
    Suspend::new(async move {
        let recipe = match recipe.await {
            Ok(recipe) => recipe,
            Err(fault) => return failure(&request, &fault),
        };
        let (wanted, rejection) = match servings {
            Ok(wanted) => (wanted, None),
            Err(rejection) => (None, Some(rejection)),
        };
        if rejection.is_some() {
            reply::status(StatusCode::BAD_REQUEST);
        }
        let written = u32::try_from(recipe.servings).unwrap_or(1);
        let servings = Servings::of(written, wanted);
        let main = match by_steps {
            // Cook's mode has no field that could say what is wrong.
            true if rejection.is_none() => cook::show(&recipe, servings),
            _ => show(&request, &recipe, servings, rejection),
        };
        let head = Head {
            title: match by_steps {
                true => format!("Cook {}", recipe.title),
                false => recipe.title.clone(),
            },
            description: text::excerpt(&recipe.description, 155),
            // Other amounts, or one step at a time, are the same recipe.
            canonical: links::object(&SCHEMA, recipe.id),
            hidden: false,
        };
        pictured(&request, head, links::picture(&SCHEMA, recipe.id), main)
    })
}

fn show(
    request: &Request,
    recipe: &Recipe,
    servings: Servings,
    rejection: Option<Rejection>,
) -> AnyView {
    let cook = servings.url(recipe.id, true);
    let labels = recipe
        .diets
        .iter()
        .map(|diet| chip("diet", diet, text::term(diet)));
    let tags = recipe
        .tags
        .iter()
        .map(|tag| chip("tag", tag, text::term(tag)));
    let with = recipe
        .ingredients
        .iter()
        .map(|token| chip("ingredients", token, text::term(token)));
    let main = view! {
        <article class="wrap detail recipe">
            <nav class="crumbs" aria-label="Breadcrumb">
                <ol>
                    <li><a href="/recipes">"Recipes"</a></li>
                    <li>
                        <a href=links::filtered(&SCHEMA, "cuisine", &recipe.cuisine)>{text::name(&recipe.cuisine)}</a>
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
            <header class="recipe-head">
                <h1>{recipe.title.clone()}</h1>
                <p class="lead">{recipe.description.clone()}</p>
                <ul class="chips" aria-label="Diets and tags">
                    {labels.collect_view()}
                    {tags.collect_view()}
                </ul>
                <div class="recipe-actions">
                    <a class="button" id="cook" href=cook>
                        <Icon name="chef-hat" />
                        "Start cooking"
                    </a>
                    // The script adds the buttons here: none of them would work without it.
                    <div
                        class="actions"
                        data-row=links::object(&SCHEMA, recipe.id)
                        data-name=recipe.title.clone()
                    ></div>
                </div>
            </header>
            <Facts facts=facts(recipe, servings) />
            <section class="panel" aria-labelledby="ingredients">
                <div class="panel-head">
                    <h2 id="ingredients">"Ingredients"</h2>
                    <Stepper id=recipe.id servings rejection />
                </div>
                <Ingredients recipe=recipe.clone() servings />
            </section>
            <div class="detail-body">
                <section class="prose" aria-labelledby="method">
                    <h2 id="method">"Method"</h2>
                    <Method steps=recipe.steps.clone() />
                </section>
                <PerServing nutrition=recipe.nutrition />
                <section class="more-with" aria-labelledby="more-with">
                    <h2 id="more-with">"More recipes with"</h2>
                    <ul class="chips">{with.collect_view()}</ul>
                    <p class="muted">{format!("Added on {}", text::day(&recipe.created_at))}</p>
                </section>
            </div>
            <Printed address=request.absolute(&links::object(&SCHEMA, recipe.id)) />
            <Data of=data(request, recipe) />
        </article>
    };
    main.into_any()
}

/// The icon, the name and the value of each fact.
fn facts(recipe: &Recipe, servings: Servings) -> Vec<(&'static str, &'static str, AnyView)> {
    let time = |minutes| {
        let known = text::time(minutes)?;
        Some(view! { <Duration minutes words=known /> }.into_any())
    };
    // A recipe whose time is one number has no parts.
    let is_divided = recipe.cook_time > 0;
    let part = |minutes| is_divided.then(|| time(minutes)).flatten();
    let serves = text::counted(servings.written().into(), "serving", "servings");
    let facts = [
        ("clock", "Total time", time(recipe.total_time)),
        ("pencil", "Preparation", part(recipe.prep_time)),
        ("flame", "Cooking", part(recipe.cook_time)),
        ("users", "Makes", Some(serves.into_any())),
        (
            "signal",
            "Difficulty",
            Some(text::label(&recipe.difficulty).into_any()),
        ),
        ("utensils", "Course", course(recipe)),
    ];
    let known = facts
        .into_iter()
        .filter_map(|(icon, name, value)| Some((icon, name, value?)));
    known.collect()
}

fn course(recipe: &Recipe) -> Option<AnyView> {
    let course = text::label(&recipe.course);
    let address = links::filtered(&SCHEMA, "course", &recipe.course);
    (!course.is_empty()).then(|| view! { <a href=address>{course}</a> }.into_any())
}

fn chip(parameter: &str, value: &str, label: String) -> AnyView {
    view! { <li><a class="chip" href=links::filtered(&SCHEMA, parameter, value)>{label}</a></li> }
        .into_any()
}
