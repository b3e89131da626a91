//! How pages show homes.

use catalogue::{
    Facets,
    normalizer::{Decimal, Query},
    properties::Property,
};
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

    fn heading(query: &Query, facets: &Facets) -> String {
        let places = ["city", "state"].into_iter().flat_map(|facet| {
            let tokens = query.set(facet);
            tokens.map(move |token| text::spelled(facets, facet, token))
        });
        let places: Vec<String> = places.collect();
        let statuses: Vec<&str> = query.set("status").collect();
        let (what, for_sale) = match statuses.as_slice() {
            [] if query.is_set("status") => (format!("{} of any status", kinds(query)), ""),
            [] | ["active"] => (kinds(query), " for sale"),
            statuses => {
                let statuses: Vec<String> = statuses.iter().map(|it| (*it).to_owned()).collect();
                let status = text::label(&text::join_with_and(&statuses));
                (format!("{status} {}", kinds(query).to_lowercase()), "")
            }
        };
        let what = match places.as_slice() {
            [] => what + for_sale,
            places => format!("{what} in {}", text::join_with_and(places)),
        };
        let rooms = [("bedrooms", "bedroom"), ("bathrooms", "bathroom")];
        let rooms = rooms
            .into_iter()
            .filter_map(|(name, one)| rooms_in(query, name, one));
        let rooms: Vec<String> = rooms.collect();
        let rooms = match rooms.as_slice() {
            [] => String::new(),
            rooms => format!(" with {}", text::join_with_and(rooms)),
        };
        let dollars = |name| {
            query
                .value(name)
                .filter(|_| query.is_set(name))
                .map(text::dollars)
        };
        let price = match (dollars("min_price"), dollars("max_price")) {
            (Some(low), Some(high)) if low == high => format!(" at {low}"),
            (Some(low), Some(high)) => format!(" from {low} to {high}"),
            (Some(low), None) => format!(" from {low}"),
            (None, Some(high)) => format!(" up to {high}"),
            (None, None) => String::new(),
        };
        what + &rooms + &price
    }

    fn card(&self, place: usize) -> AnyView {
        let load = Load::of_card(place);
        view! { <PropertyCard home=self.clone() load /> }.into_any()
    }

    fn id(&self) -> i64 {
        self.id
    }

    fn name(&self) -> &str {
        &self.address
    }

    fn page(request: Request, id: i64) -> AnyView {
        pages::property(request, id).into_any()
    }
}

/// The types of home that a query is about, in words.
fn kinds(query: &Query) -> String {
    let kinds = query.set("property_type").map(|kind| format!("{kind}s"));
    match kinds.collect::<Vec<_>>().as_slice() {
        [] => "Homes".to_owned(),
        kinds => text::label(&text::join_with_and(kinds)),
    }
}

/// How many rooms of a kind a query requires, in words: `3 or more bedrooms`.
fn rooms_in(query: &Query, name: &str, one: &str) -> Option<String> {
    let (least, most) = (query.number(name)?, query.number(&format!("max_{name}")));
    let is_set = |number: Decimal| number.ceil_times(4) > 0;
    let many = |number: Decimal| match number.to_integer() {
        Some(1) => one.to_owned(),
        _ => format!("{one}s"),
    };
    Some(match most {
        None if !is_set(least) => return None,
        None => format!("{least} or more {one}s"),
        Some(most) if !is_set(most) => format!("no {one}s"),
        Some(most) if most == least => format!("{most} {}", many(most)),
        Some(most) if is_set(least) => format!("{least} to {most} {one}s"),
        Some(most) => format!("at most {most} {}", many(most)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalogue::{normalizer::normalize, properties::SCHEMA};

    #[test]
    fn headings_say_what_is_listed() {
        let check = |raw: &str, expect: &str| {
            let query = normalize(&SCHEMA, raw).expect("valid");
            let heading = Property::heading(&query, &Facets::default());
            assert_eq!(heading, expect, "{raw}");
        };
        check("", "Homes for sale");
        check("status=sold", "Sold homes");
        check("status=any", "Homes of any status");
        check("state=ca", "Homes in California");
        check(
            "type=loft&status=pending,sold&city=austin",
            "Pending and sold lofts in Austin",
        );
        check("beds=3", "Homes for sale with 3 or more bedrooms");
        check("max_bedrooms=0", "Homes for sale with no bedrooms");
        check(
            "beds=2&max_bedrooms=2&baths=1.75",
            "Homes for sale with 2 bedrooms and 1.75 or more bathrooms",
        );
        check("beds=1&max_beds=1", "Homes for sale with 1 bedroom");
        check("min_price=450k", "Homes for sale from $450,000");
        check(
            "city=boise&min_price=300k&max_price=$1.25m",
            "Homes in Boise from $300,000 to $1,250,000",
        );
    }
}
