//! The homes that a reader has picked.

mod compare;
mod saved;

use catalogue::{Row, normalizer::Rejection, properties::Property};
use http::StatusCode;
use leptos::prelude::*;
use leptos_cached::{Fault, resource};
use site::{Object, Picked};

use crate::{
    Request,
    components::{Head, failure, page},
    functions::object,
    reply,
};

/// The homes that the address names, or a page that says why they cannot be shown.
pub(crate) fn picked(
    request: Request,
    picked: Picked,
    ids: Result<Vec<i64>, Rejection>,
) -> impl IntoView {
    let schema = Property::SCHEMA;
    let named = ids.clone().unwrap_or_default();
    let homes: Vec<_> = named
        .into_iter()
        .map(|id| resource(object::<Property>(Object { schema, id })))
        .collect();
    Suspend::new(async move {
        let ids = match ids {
            Ok(ids) => ids,
            Err(rejection) => return invalid(picked, &request, &rejection),
        };
        let mut found = Vec::with_capacity(homes.len());
        for home in homes {
            match home.await {
                Ok(home) => found.push(Property::clone(&home)),
                // Skip homes that no longer exist.
                Err(Fault::NotFound) => {}
                Err(fault) => return failure(&request, &fault),
            }
        }
        if found.is_empty() && !ids.is_empty() {
            reply::failed(&Fault::NotFound);
        }
        match picked {
            Picked::Compare => compare::show(&request, &ids, &found),
            Picked::Saved => saved::show(&request, &ids, found),
        }
    })
}

/// The page that says what is wrong with the address.
fn invalid(picked: Picked, request: &Request, rejection: &Rejection) -> AnyView {
    reply::status(StatusCode::BAD_REQUEST);
    let errors = rejection.errors().iter().map(|error| {
        view! {
            <p class="lead">
                <strong>{error.parameter}</strong>
                {format!(" cannot be “{}”: expected {}.", error.value, error.expected)}
            </p>
        }
    });
    let main = view! {
        <div class="wrap notice-page">
            <h1>"We cannot show those homes"</h1>
            {errors.collect_view()}
            <ul class="ways">
                <li><a class="button" href="/properties">"See all homes"</a></li>
            </ul>
        </div>
    };
    page(request, head(picked, "Invalid address", &[]), main)
}

/// The head of such a page. It is hidden because search engines have the homes themselves.
fn head(picked: Picked, title: &str, ids: &[i64]) -> Head {
    Head {
        title: title.to_owned(),
        description: match picked {
            Picked::Compare => "Homes side by side: price, rooms, area, age and place.",
            Picked::Saved => "A selection of saved homes, at current prices.",
        }
        .to_owned(),
        canonical: picked.url(ids),
        hidden: true,
    }
}
