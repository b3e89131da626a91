//! The list of a catalogue.

use catalogue::{
    Facets, Listing,
    normalizer::{Query, View, view},
};
use futures::future::join;
use http::StatusCode;
use leptos::prelude::*;

use crate::{
    components::{
        Head, failure,
        listing::{
            Asked, Chips, Empty, FiltersButton, Pager, PastTheEnd, Rail, Refused, Toolbar, relaxed,
        },
        page,
    },
    links,
    listed::{self, Listed},
    portal::Failure,
    reply,
    request::Request,
};

/// The list of a catalogue: 200 with rows, 404 without any or past the last page, 400 where a part
/// of the request cannot be meant and the list is shown without it.
pub(crate) fn list<T: Listed>() -> impl IntoView {
    let request = Request::current();
    let asked = Asked::read(T::catalogue().schema, &request.search);
    let view = view(&request.search);
    Suspend::new(async move {
        match results::<T>(asked.query(), view).await {
            Ok((facets, status, results)) => {
                let refused = asked.rejection().cloned().map(|rejection| {
                    view! { <Refused catalogue=T::catalogue() rejection /> }
                });
                let status = match refused {
                    Some(_) => StatusCode::BAD_REQUEST,
                    None => status,
                };
                reply::status(status);
                let results = view! {
                    {refused}
                    {results}
                };
                frame::<T>(&request, asked, view, (facets, status), results.into_any())
            }
            Err(failure_of_all) => failure(&request, failure_of_all),
        }
    })
}

/// What can be chosen, and the results with their status.
async fn results<T: Listed>(
    query: &Query,
    view: View,
) -> Result<(Facets, StatusCode, AnyView), Failure> {
    let catalogue = T::catalogue();
    // Neither waits for the other: on a large table counting the facets takes long.
    let listing = listed::list::<T>(query.clone());
    let facets = listed::facets(query.clone());
    let (listing, facets) = join(listing, facets).await;
    let listing = match listing {
        Err(Failure::NotFound) => None,
        other => Some(other?),
    };
    let facets = facets?;
    let Some(listing) = listing else {
        let query = query.clone();
        let results = view! {
            <FiltersButton catalogue query=query.clone() />
            <PastTheEnd query view />
        };
        return Ok((facets, StatusCode::NOT_FOUND, results.into_any()));
    };
    if !listing.results.is_empty() {
        let results = rows(query.clone(), view, listing);
        return Ok((facets, StatusCode::OK, results));
    }
    let relaxed = relaxed(catalogue, query, &facets).await?;
    let results = view! {
        <Toolbar catalogue query=query.clone() view count=0 />
        <Chips catalogue query=query.clone() view />
        <Empty catalogue relaxed view />
    };
    Ok((facets, StatusCode::NOT_FOUND, results.into_any()))
}

/// The page around the results: heading and filters.
fn frame<T: Listed>(
    request: &Request,
    asked: Asked,
    view: View,
    (facets, status): (Facets, StatusCode),
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
        hidden: query.is_bypass() || status != StatusCode::OK,
    };
    let main = view! {
        <div class="wrap list-page">
            <h1>{heading}</h1>
            <Rail catalogue=T::catalogue() asked view facets />
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
fn rows<T: Listed>(query: Query, view: View, listing: Listing<T>) -> AnyView {
    let catalogue = T::catalogue();
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
