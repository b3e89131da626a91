//! How pages show homes.

use catalogue::{normalizer::Query, properties::Property};
use leptos::prelude::*;

use super::{CatalogueView, Words};
use crate::{
    Request,
    components::{Load, PropertyCard},
    pages, text,
};

impl CatalogueView for Property {
    const WORDS: Words = Words {
        one: "home",
        many: "homes",
        section: "Homes",
        description: "Houses, apartments and lofts for sale: filter by place, price and rooms, \
                      and see the price that stands now.",
    };

    fn heading(query: &Query) -> String {
        let kinds: Vec<String> = query
            .set("property_type")
            .map(|kind| format!("{kind}s"))
            .collect();
        let places: Vec<String> = query
            .set("city")
            .chain(query.set("state"))
            .map(text::name)
            .collect();
        let what = match kinds.as_slice() {
            [] => "Homes".to_owned(),
            kinds => text::label(&text::join_with_and(kinds)),
        };
        match places.as_slice() {
            [] => format!("{what} for sale"),
            places => format!("{what} in {}", text::join_with_and(places)),
        }
    }

    fn card(&self, place: usize) -> AnyView {
        let load = Load::of_card(place);
        view! { <PropertyCard home=self.clone() load /> }.into_any()
    }

    fn page(request: Request, id: i64) -> AnyView {
        pages::property(request, id).into_any()
    }
}
