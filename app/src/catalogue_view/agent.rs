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
        let mut heading = "Agents".to_owned();
        if let specialties @ [_, ..] = names("specialty").as_slice() {
            let specialties = text::join_with_and(specialties).to_lowercase();
            heading += &format!(" for {specialties}");
        }
        if let places @ [_, ..] = places.as_slice() {
            heading += &format!(" in {}", text::join_with_and(places));
        }
        let languages = match names("language").as_slice() {
            [] => None,
            languages => Some(format!("speak {}", text::join_with_and(languages))),
        };
        let taking = query.set("takes_clients").collect::<Vec<_>>();
        let taking = match taking.as_slice() {
            ["yes"] => Some("take new clients".to_owned()),
            ["no"] => Some("take no new clients".to_owned()),
            _ => None,
        };
        let do_what: Vec<String> = languages.into_iter().chain(taking).collect();
        if !do_what.is_empty() {
            heading += &format!(" who {}", text::join_with_and(&do_what));
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

#[cfg(test)]
mod tests {
    use super::*;
    use catalogue::{agents::SCHEMA, normalizer::normalize};

    #[test]
    fn headings_say_who_is_listed() {
        let check = |raw: &str, expect: &str| {
            let query = normalize(&SCHEMA, raw).expect("valid");
            let heading = Agent::heading(&query, &Facets::default());
            assert_eq!(heading, expect, "{raw}");
        };
        check("", "Agents");
        check("takes_clients=yes,no", "Agents");
        check("takes_clients=no", "Agents who take no new clients");
        check(
            "city=austin&specialty=lofts,first-homes&language=spanish,french&takes_clients=yes",
            "Agents for first homes and lofts in Austin who speak French and Spanish and take new clients",
        );
    }
}
