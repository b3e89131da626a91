//! How pages show agents.

use catalogue::{Facets, agents::Agent, normalizer::Query};
use leptos::prelude::*;

use super::{CatalogueView, Words};
use crate::{Request, components::AgentCard, pages, text};

impl CatalogueView for Agent {
    const WORDS: Words = Words {
        one: "agent",
        many: "agents",
        section: "Agents",
        description: "Estate agents by city, language and specialty, with the homes that they sell.",
    };

    fn heading(query: &Query, facets: &Facets) -> String {
        let places = ["city", "state"].into_iter().flat_map(|facet| {
            let tokens = query.set(facet);
            tokens.map(move |token| text::spelled(facets, facet, token))
        });
        let places: Vec<String> = places.collect();
        let names = |parameter| query.set(parameter).map(text::name).collect::<Vec<_>>();
        let mut heading = match places.as_slice() {
            [] => "Agents".to_owned(),
            places => format!("Agents in {}", text::join_with_and(places)),
        };
        if let languages @ [_, ..] = names("language").as_slice() {
            heading += &format!(" who speak {}", text::join_with_and(languages));
        }
        if let specialties @ [_, ..] = names("specialty").as_slice() {
            let specialties = text::join_with_and(specialties).to_lowercase();
            heading += &format!(" for {specialties}");
        }
        heading
    }

    fn card(&self, _: usize) -> AnyView {
        view! { <AgentCard agent=self.clone() /> }.into_any()
    }

    fn id(&self) -> i64 {
        self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn page(request: Request, id: i64) -> AnyView {
        pages::agent(request, id).into_any()
    }
}
