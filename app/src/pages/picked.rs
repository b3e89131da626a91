//! The rows that a reader has picked.

mod compare;
mod saved;

use catalogue::normalizer::Rejection;
use http::StatusCode;
use leptos::prelude::*;
use leptos_cached::{Fault, resource};
use site::{Object, Picked, links};

use crate::{
    Request,
    catalogue_view::CatalogueView,
    components::{Head, failure, page},
    functions::object,
    reply,
};

/// The homes that the address names, side by side.
pub(crate) fn compare(request: Request, ids: Result<Vec<i64>, Rejection>) -> impl IntoView {
    picked(request, Picked::Compare, ids, compare::show)
}

/// The saved rows of a catalogue that the address names.
pub(crate) fn saved<T: CatalogueView>(
    request: Request,
    ids: Result<Vec<i64>, Rejection>,
) -> impl IntoView {
    picked::<T>(request, Picked::Saved(T::SCHEMA), ids, saved::show)
}

/// The rows that the address names, or a page that says why they cannot be shown.
fn picked<T: CatalogueView>(
    request: Request,
    picked: Picked,
    ids: Result<Vec<i64>, Rejection>,
    show: fn(&Request, &[i64], Vec<T>) -> AnyView,
) -> impl IntoView {
    let schema = T::SCHEMA;
    let named = ids.clone().unwrap_or_default();
    let rows: Vec<_> = named
        .into_iter()
        .map(|id| resource(object::<T>(Object { schema, id })))
        .collect();
    Suspend::new(async move {
        let ids = match ids {
            Ok(ids) => ids,
            Err(rejection) => return invalid::<T>(picked, &request, &rejection),
        };
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            match row.await {
                Ok(row) => found.push(T::clone(&row)),
                // Skip rows that no longer exist.
                Err(Fault::NotFound) => {}
                Err(fault) => return failure(&request, &fault),
            }
        }
        if found.is_empty() && !ids.is_empty() {
            reply::failed(&Fault::NotFound);
        }
        show(&request, &ids, found)
    })
}

/// The page that says what is wrong with the address.
fn invalid<T: CatalogueView>(picked: Picked, request: &Request, rejection: &Rejection) -> AnyView {
    reply::status(StatusCode::BAD_REQUEST);
    let errors = rejection.errors().iter().map(|error| {
        view! {
            <p class="lead">
                <strong>{error.parameter}</strong>
                {format!(" cannot be “{}”: expected {}.", error.value, error.expected)}
            </p>
        }
    });
    let many = T::WORDS.many;
    let all = links::all(T::SCHEMA);
    let main = view! {
        <div class="wrap notice-page">
            <h1>{format!("We cannot show those {many}")}</h1>
            {errors.collect_view()}
            <ul class="ways">
                <li><a class="button" href=all>{format!("See all {many}")}</a></li>
            </ul>
        </div>
    };
    page(request, head::<T>(picked, "Invalid address", &[]), main)
}

/// The head of such a page. It is hidden because search engines have the rows themselves.
fn head<T: CatalogueView>(picked: Picked, title: &str, ids: &[i64]) -> Head {
    Head {
        title: title.to_owned(),
        description: match picked {
            Picked::Compare => "Homes side by side: price, rooms, area, age and place.".to_owned(),
            Picked::Saved(_) => format!("A selection of saved {}, as they are now.", T::WORDS.many),
        },
        canonical: picked.url(ids),
        hidden: true,
    }
}
