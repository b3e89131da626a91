//! Pages that say why there is nothing else to show.

use leptos::prelude::*;

use super::{Drawing, Head, page};
use crate::{portal::Failure, reply, request::Request};

/// The page of a failure, with its status.
pub(crate) fn failure(request: &Request, failure: Failure) -> AnyView {
    reply::failed(failure);
    match failure {
        Failure::NotFound => message(
            request,
            "There is nothing here",
            "The address may be mistyped, or what stood here is no longer listed.",
        ),
        Failure::Unavailable => message(
            request,
            "We cannot look that up right now",
            "Our records cannot be reached. Nothing is wrong with your request: please try again in a minute.",
        ),
    }
}

/// The page of an address that does not exist, with its status.
pub(crate) fn missing(request: &Request) -> AnyView {
    failure(request, Failure::NotFound)
}

fn message(request: &Request, title: &'static str, sentence: &'static str) -> AnyView {
    let head = Head {
        title: title.to_owned(),
        description: sentence.to_owned(),
        canonical: request.path.clone(),
        hidden: true,
    };
    let main = view! {
        <div class="wrap notice-page">
            <div class="picture vacant">
                <Drawing of="houses.svg#vacant".to_owned() />
            </div>
            <h1>{title}</h1>
            <p class="lead">{sentence}</p>
            <ul class="ways">
                <li><a class="button" href="/properties">"See all homes"</a></li>
                <li><a class="button quiet" href="/recipes">"See all recipes"</a></li>
            </ul>
        </div>
    };
    page(request, head, main)
}
