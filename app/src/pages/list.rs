//! The list of a catalogue.

use catalogue::{
    Facets, Listing,
    normalizer::{self, Query, View},
};
use http::StatusCode;
use leptos::prelude::*;
use leptos_cached::{Fault, resource};
use site::{List, links};

use crate::{
    Request,
    catalogue_view::CatalogueView,
    components::{
        Head, failure,
        listing::{
            Chips, Empty, FiltersButton, FormState, Pager, PastTheEnd, Rail, Refused, Toolbar,
            relaxed,
        },
        page,
    },
    fragment::fragment,
    functions, reply,
};

/// The list of a catalogue: 200 with rows, 404 without any or past the last page, 400 if a part of
/// the request is invalid and the list is shown without it.
pub(crate) fn list<T: CatalogueView>(request: Request) -> impl IntoView {
    let state = FormState::read(T::SCHEMA, &request.search);
    let view = normalizer::view(&request.search);
    let query = state.query().clone();
    // The list goes first, because the page's headers describe its first query.
    let listing = resource(functions::list::<T>(List {
        query: query.clone(),
    }));
    let facets = resource(functions::facets(site::Facets::of(&query)));
    Suspend::new(async move {
        let (listing, facets) = match (listing.await, facets.await) {
            (Ok(listing), Ok(facets)) => (Some(listing), facets),
            // A page past the last one.
            (Err(Fault::NotFound), Ok(facets)) => (None, facets),
            (Err(fault), _) | (_, Err(fault)) => return failure(&request, &fault),
        };
        let shown = match listing {
            Some(listing) => results::<T>(&query, view, &listing, &facets).await,
            None => Ok(past_the_end::<T>(query, view)),
        };
        match shown {
            Ok((status, results)) => {
                let refused = state.rejection().cloned().map(|rejection| {
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
                frame::<T>(&request, state, view, (&facets, status), results.into_any())
            }
            Err(fault) => failure(&request, &fault),
        }
    })
}

/// The results with their status: the rows, or alternatives if there are none.
async fn results<T: CatalogueView>(
    query: &Query,
    view: View,
    listing: &Listing<T>,
    facets: &Facets,
) -> Result<(StatusCode, AnyView), Fault> {
    let catalogue = T::catalogue();
    if !listing.results.is_empty() {
        return Ok((StatusCode::OK, rows(query.clone(), view, listing, facets)));
    }
    let relaxed = relaxed(catalogue, query, facets).await?;
    let results = view! {
        <Toolbar catalogue query=query.clone() view count=0 />
        <Chips catalogue query=query.clone() facets=facets.clone() view />
        <Empty catalogue relaxed view />
    };
    Ok((StatusCode::NOT_FOUND, results.into_any()))
}

fn past_the_end<T: CatalogueView>(query: Query, view: View) -> (StatusCode, AnyView) {
    let results = view! {
        <FiltersButton catalogue=T::catalogue() query=query.clone() />
        <PastTheEnd query view />
    };
    (StatusCode::NOT_FOUND, results.into_any())
}

/// The page around the results: heading and filters.
fn frame<T: CatalogueView>(
    request: &Request,
    state: FormState,
    view: View,
    (facets, status): (&Facets, StatusCode),
    results: AnyView,
) -> AnyView {
    let query = state.query().clone();
    let heading = T::heading(&query, facets);
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
            {rail::<T>(request, &state, view, facets)}
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

/// The filters. They are the same on all pages of a list.
fn rail<T: CatalogueView>(
    request: &Request,
    state: &FormState,
    view: View,
    facets: &Facets,
) -> AnyView {
    let address = match state.rejection() {
        None => links::list(&state.query().without("page"), view),
        Some(_) => request.address(),
    };
    fragment("filters", (address, facets), |(address, facets)| {
        let search = address.split_once('?').map_or("", |(_, search)| search);
        let state = FormState::read(T::SCHEMA, search);
        let view = normalizer::view(search);
        view! { <Rail catalogue=T::catalogue() state view facets=Facets::clone(facets) /> }
    })
}

/// The results: the applied filters, the rows and the pager.
fn rows<T: CatalogueView>(
    query: Query,
    view: View,
    listing: &Listing<T>,
    facets: &Facets,
) -> AnyView {
    let catalogue = T::catalogue();
    let count = listing.count;
    let cards = listing
        .results
        .iter()
        .enumerate()
        .map(|(place, row)| view! { <li>{row.card(place)}</li> });
    view! {
        <Toolbar catalogue query=query.clone() view count />
        <Chips catalogue query=query.clone() facets=facets.clone() view />
        <ul class="cards" id="results" data-view=view.as_str()>
            {cards.collect_view()}
        </ul>
        <Pager query view count />
    }
    .into_any()
}
