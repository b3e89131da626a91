//! How pages show recipes.

use catalogue::{Facets, normalizer::Query, recipes::Recipe};
use leptos::prelude::*;
use site::Cooking;

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
        let names = |parameter, name: fn(&str) -> String| -> Vec<String> {
            query.set(parameter).map(name).collect()
        };
        let lower = |token: &str| text::term(token).to_lowercase();
        let any_of = |parameter, name| text::join_with_and(&names(parameter, name));
        // What kind of recipes, as adjectives and a noun.
        let mut kind = vec![any_of("difficulty", lower)];
        kind.extend(names("tag", lower));
        kind.extend(names("diet", lower));
        kind.push(any_of("cuisine", text::name));
        kind.push(match any_of("course", dishes) {
            courses if courses.is_empty() => "recipes".to_owned(),
            courses => courses,
        });
        kind.retain(|word| !word.is_empty());
        // What is in them, and how long they take.
        let number = |parameter| query.value(parameter).filter(|_| query.is_set(parameter));
        let with = names("ingredients", lower);
        let without = names("without", lower);
        let more = [
            (!with.is_empty()).then(|| format!("with {}", text::join_with_and(&with))),
            (!without.is_empty()).then(|| format!("without {}", text::join_with_or(&without))),
            number("max_total_time").map(|number| format!("in up to {number} minutes")),
            number("max_prep_time").map(|number| format!("with up to {number} minutes of work")),
        ];
        let more: Vec<String> = more.into_iter().flatten().collect();
        let mut heading = text::capitalized(&kind.join(" "));
        if !more.is_empty() {
            heading = format!("{heading} {}", more.join(", "));
        }
        heading
    }

    fn card(&self, _: usize) -> AnyView {
        view! { <RecipeCard recipe=self.clone() /> }.into_any()
    }

    fn id(&self) -> i64 {
        self.id
    }

    fn name(&self) -> &str {
        &self.title
    }

    fn page(request: Request, id: i64) -> AnyView {
        pages::recipe(request, Cooking::of(id)).into_any()
    }
}

/// The dishes of a course.
fn dishes(course: &str) -> String {
    match course {
        "main" => "main courses".to_owned(),
        "side" => "side dishes".to_owned(),
        course => format!("{course}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalogue::{normalizer::normalize, recipes::SCHEMA};

    #[test]
    fn headings_say_what_is_listed() {
        let check = |raw: &str, expect: &str| {
            let query = normalize(&SCHEMA, raw).expect("valid");
            let heading = Recipe::heading(&query, &Facets::default());
            assert_eq!(heading, expect, "{raw}");
        };
        check("", "Recipes");
        check("cuisine=italian&diet=vegan", "Vegan Italian recipes");
        check(
            "cuisine=thai,greek&diet=gluten-free&difficulty=easy",
            "Easy gluten-free Greek and Thai recipes",
        );
        check(
            "diet=vegan&cuisine=italian&ingredients=tomatoes&without=garlic,onion&max_total_time=30",
            "Vegan Italian recipes with tomatoes, without garlic or onion, in up to 30 minutes",
        );
        check("course=dessert,soup", "Desserts and soups");
        check("course=main&tag=one-pan", "One pan main courses");
        check("max_prep_time=20", "Recipes with up to 20 minutes of work");
    }
}
