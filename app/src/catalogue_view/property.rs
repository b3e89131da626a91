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
                      all at up-to-date prices.",
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
        let statuses: Vec<&str> = query.set("status").collect();
        let (what, for_sale) = match statuses.as_slice() {
            [] if query.is_set("status") => (format!("{what} of any status"), ""),
            [] | ["active"] => (what, " for sale"),
            statuses => {
                let statuses: Vec<String> = statuses.iter().map(|it| (*it).to_owned()).collect();
                let status = text::label(&text::join_with_and(&statuses));
                (format!("{status} {}", what.to_lowercase()), "")
            }
        };
        match places.as_slice() {
            [] => what + for_sale,
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
