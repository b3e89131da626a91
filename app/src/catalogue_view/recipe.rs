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
        let joined = |before: &str, parameter, joined: fn(&[String]) -> String| {
            let names = names(parameter);
            let words = (!names.is_empty()).then(|| joined(&names).to_lowercase());
            words.map_or_else(String::new, |words| format!(" {before} {words}"))
        };
        kind + &joined("with", "ingredients", text::join_with_and)
            + &joined("without", "without", text::join_with_or)
    }

    fn card(&self, _: usize) -> AnyView {
        view! { <RecipeCard recipe=self.clone() /> }.into_any()
    }

    fn page(request: Request, id: i64) -> AnyView {
        pages::recipe(request, id).into_any()
    }
}
