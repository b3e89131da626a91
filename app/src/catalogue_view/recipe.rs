//! How pages show recipes.

use catalogue::{Facets, normalizer::Query, recipes::Recipe};
use leptos::prelude::*;

use super::{CatalogueView, Words};
use crate::{Request, components::RecipeCard, pages, text};

impl CatalogueView for Recipe {
    const WORDS: Words = Words {
        one: "recipe",
        many: "recipes",
        section: "Recipes",
        description: "Recipes for the new kitchen, by cuisine, diet, ingredients and time.",
    };

    fn heading(query: &Query, _: &Facets) -> String {
        let names = |parameter| query.set(parameter).map(text::name).collect::<Vec<_>>();
        let kind = [names("diet"), names("cuisine")].concat().join(" ");
        let kind = if kind.is_empty() {
            "Recipes".to_owned()
        } else {
            format!("{kind} recipes")
        };
        match names("ingredients").as_slice() {
            [] => kind,
            ingredients => kind + " with " + &text::join_with_and(ingredients).to_lowercase(),
        }
    }

    fn card(&self, _: usize) -> AnyView {
        view! { <RecipeCard recipe=self.clone() /> }.into_any()
    }

    fn page(request: Request, id: i64) -> AnyView {
        pages::recipe(request, id).into_any()
    }
}
