//! Pages that say why there is nothing else to show.

use leptos::prelude::*;
use leptos_cached::Fault;
use site::links;

use super::{Drawing, Head, page};
use crate::{Request, catalogue_view, reply};

/// The page for a fault, with its status.
pub(crate) fn failure(request: &Request, fault: &Fault) -> AnyView {
    reply::failed(fault);
    match fault {
        Fault::NotFound => message(
            request,
            "There is nothing here",
            "The address may be mistyped, or what it showed is no longer listed.",
        ),
        _ => message(
            request,
            "We cannot look that up right now",
            "We cannot reach our database. There is nothing wrong with your request: please try again in a minute.",
        ),
    }
}

/// The page for an address that does not exist, with its status.
pub(crate) fn missing(request: &Request) -> AnyView {
    failure(request, &Fault::NotFound)
}

fn message(request: &Request, title: &'static str, sentence: &'static str) -> AnyView {
    let head = Head {
        title: title.to_owned(),
        description: sentence.to_owned(),
        canonical: request.path.clone(),
        hidden: true,
    };
    let mut class = "button";
    let ways = catalogue::all().map(|catalogue| {
        view! {
            <li>
                <a class=std::mem::replace(&mut class, "button quiet") href=links::all(catalogue.schema)>
                    {format!("See all {}", catalogue_view::words(catalogue).many)}
                </a>
            </li>
        }
    });
    let main = view! {
        <div class="wrap notice-page">
            <div class="picture vacant">
                <Drawing of="houses.svg#vacant".to_owned() />
            </div>
            <h1>{title}</h1>
            <p class="lead">{sentence}</p>
            <ul class="ways">
                {ways.collect_view()}
            </ul>
        </div>
    };
    page(request, head, main)
}
