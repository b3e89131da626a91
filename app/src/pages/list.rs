//! The list of a catalogue.

use catalogue::{
    Listing,
    normalizer::{Query, View, view},
};
use http::StatusCode;
use leptos::prelude::*;

use crate::{
    components::{
        Head, failure,
        listing::{Asked, Chips, Empty, FiltersButton, Pager, PastTheEnd, Rail, Refused, Toolbar},
        page,
    },
    links,
    listed::{self, Listed},
    portal::Failure,
    reply,
    request::Request,
};

/// The list of a catalogue: 200 with rows, 404 without any or past the last page, 400 where the
/// request cannot be meant.
pub(crate) fn list<T: Listed>() -> impl IntoView {
    let request = Request::current();
    let asked = Asked::read(T::catalogue().schema, &request.search);
    let view = view(&request.search);
    Suspend::new(async move {
        let (query, rejection) = match asked.clone() {
            Asked::Understood(query) => (query, None),
            Asked::Refused { all, rejection, .. } => (all, Some(rejection)),
        };
        if let Some(rejection) = rejection {
            reply::status(StatusCode::BAD_REQUEST);
            let results = view! {
                <FiltersButton catalogue=T::catalogue() query=query.clone() />
                <Refused catalogue=T::catalogue() rejection />
            };
            return frame::<T>(&request, asked, view, None, results.into_any());
        }
        match listed::list::<T>(query.clone()).await {
            Ok(listing) => {
                let count = listing.count;
                if listing.results.is_empty() {
                    reply::status(StatusCode::NOT_FOUND);
                }
                frame::<T>(
                    &request,
                    asked,
                    view,
                    Some(count),
                    results(query, view, listing),
                )
            }
            Err(Failure::NotFound) => {
                reply::failed(Failure::NotFound);
                let results = view! { <PastTheEnd query view /> };
                frame::<T>(&request, asked, view, None, results.into_any())
            }
            Err(other) => failure(&request, other),
        }
    })
}

/// The page around the results: heading and filters.
fn frame<T: Listed>(
    request: &Request,
    asked: Asked,
    view: View,
    count: Option<u64>,
    results: AnyView,
) -> AnyView {
    let query = asked.query().clone();
    let heading = T::heading(&query);
    let head = Head {
        title: match query.page() {
            1 => heading.clone(),
            page => format!("{heading}, page {page}"),
        },
        description: T::WORDS.description.to_owned(),
        canonical: links::list(&query, View::Grid),
        hidden: query.is_bypass() || count.unwrap_or_default() == 0,
    };
    let main = view! {
        <div class="wrap list-page">
            <h1>{heading}</h1>
            <Rail catalogue=T::catalogue() asked view count />
            <section class="results" aria-labelledby="results-title">
                <h2 class="unseen" id="results-title">
                    "Results"
                </h2>
                {results}
            </section>
        </div>
    };
    page(request, head, main)
}

/// The results: what applies, the rows, and the ways to more.
fn results<T: Listed>(query: Query, view: View, listing: Listing<T>) -> AnyView {
    let catalogue = T::catalogue();
    if listing.results.is_empty() {
        return view! {
            <Toolbar catalogue query=query.clone() view count=0 />
            <Chips catalogue query=query.clone() view />
            <Empty catalogue query view />
        }
        .into_any();
    }
    let count = listing.count;
    let cards = listing
        .results
        .into_iter()
        .enumerate()
        .map(|(place, row)| view! { <li>{row.card(place)}</li> });
    view! {
        <Toolbar catalogue query=query.clone() view count />
        <Chips catalogue query=query.clone() view />
        <ul class="cards" id="results" data-view=view.as_str()>
            {cards.collect_view()}
        </ul>
        <Pager query view count />
    }
    .into_any()
}
