//! The first page.

use std::cmp::Reverse;

use catalogue::{
    Facets, Offered,
    normalizer::{Query, View},
    properties::{PROPERTIES, Property},
};
use leptos::prelude::*;
use leptos_cached::resource;
use site::{List, links};

use crate::{
    Request,
    catalogue_view::CatalogueView,
    components::{COVER, Head, Load, Photo, PropertyCard, failure, page, sizes},
    functions::{facets, list},
    islands::FilterForm,
    pictures, text,
};

/// How many cities the first page links to.
const CITIES: usize = 10;

/// The first page: a search, the cities, the newest homes.
pub(crate) fn start(request: Request) -> impl IntoView {
    let all = Query::all(PROPERTIES.schema);
    let facets = resource(facets(site::Facets::of(&all)));
    let newest = resource(list::<Property>(List { query: all }));
    Suspend::new(async move {
        match (newest.await, facets.await) {
            (Ok(newest), Ok(facets)) => show(&request, &newest.results, &facets),
            (Err(fault), _) | (_, Err(fault)) => failure(&request, &fault),
        }
    })
}

fn show(request: &Request, newest: &[Property], facets: &Facets) -> AnyView {
    let head = Head {
        title: String::new(),
        description: "Homes for sale, and recipes to cook in them. Every price is up to date."
            .to_owned(),
        canonical: "/".to_owned(),
        hidden: false,
    };
    let cards = newest.iter().take(8).map(|home| {
        view! { <li><PropertyCard home=home.clone() load=Load::Later /></li> }
    });
    let main = view! {
        <section class="hero">
            <div class="wrap">
                <div class="hero-text">
                    <h1>"A home to come back to."</h1>
                    <p class="lead">
                        "Hearth lists houses, apartments and lofts for sale. Every price is up to date, not an hour old."
                    </p>
                    <Search count=facets.count />
                    <Cities offered=facets.of("city").cloned().unwrap_or_default() />
                </div>
                <div class="picture hero-picture">
                    <Photo of=pictures::named(COVER) sizes=sizes::HERO load=Load::First />
                </div>
            </div>
        </section>
        <section class="wrap newest" aria-labelledby="newest">
            <div class="section-head">
                <h2 id="newest">"Newest homes"</h2>
                <a href="/properties">"See all homes"</a>
            </div>
            <ul class="cards row">{cards.collect_view()}</ul>
        </section>
        <section class="wrap invite">
            <div>
                <h2>"And for the new kitchen"</h2>
                <p>"Find recipes by ingredients, diet and time."</p>
            </div>
            <a class="button" href="/recipes">"Find a recipe"</a>
        </section>
    };
    page(request, head, main)
}

/// A form with the most important filters, which leads to the list.
#[component]
fn Search(
    /// How many homes there are.
    count: u64,
) -> impl IntoView {
    let types = catalogue::properties::TYPES.iter().map(|kind| {
        view! { <option value=*kind>{text::label(kind)}</option> }
    });
    view! {
        <search class="hero-search">
            <FilterForm
                catalogue=PROPERTIES.name().to_owned()
                live=false
                count=Some(count)
                one=Property::WORDS.one.to_owned()
                many=Property::WORDS.many.to_owned()
            >
                <div class="field">
                    <label for="search-city">"Where"</label>
                    <input r#type="text" id="search-city" name="city" placeholder="Austin, Portland" autocomplete="off" />
                </div>
                <div class="field">
                    <label for="search-type">"What"</label>
                    <select id="search-type" name="property_type">
                        <option value="">"Any home"</option>
                        {types.collect_view()}
                    </select>
                </div>
                <div class="field">
                    <label for="search-price">"Up to"</label>
                    <div class="money">
                        <input r#type="text" id="search-price" name="max_price" inputmode="decimal" placeholder="Any price" autocomplete="off" />
                    </div>
                </div>
            </FilterForm>
        </search>
    }
}

/// Links to the lists of the cities with the most homes.
#[component]
fn Cities(
    /// The cities, each with its number of homes.
    offered: Offered,
) -> impl IntoView {
    let all = Query::all(PROPERTIES.schema);
    let mut cities = offered.options;
    cities.sort_by(|a, b| (Reverse(a.count), &a.value).cmp(&(Reverse(b.count), &b.value)));
    cities.truncate(CITIES);
    let cities = cities.into_iter().map(|city| {
        let query = all
            .with("city", &city.value)
            .unwrap_or_else(|_| all.clone());
        view! {
            <li>
                <a class="chip" href=links::list(&query, View::Grid)>
                    {text::option(&city)}
                    <span class="muted">{text::grouped(city.count)}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav aria-label="Cities">
            <ul class="chips cities">{cities.collect_view()}</ul>
        </nav>
    }
}
