//! What is shown instead of results.

use catalogue::{
    Catalogue,
    normalizer::{Query, Rejection, View},
};
use leptos::prelude::*;
use site::links;

use super::{Relaxed, form_state::in_words};
use crate::{
    catalogue_view::words,
    components::{Drawing, Icon},
    text,
};

/// No rows match the filters: says which of them exclude everything, and links to alternatives.
#[component]
pub(crate) fn Empty(
    /// The declaration that the words come from.
    catalogue: &'static Catalogue,
    /// The alternatives.
    relaxed: Relaxed,
    /// The view, which the links preserve.
    view: View,
) -> impl IntoView {
    let words = words(catalogue);
    let Relaxed { blocking, ways } = relaxed;
    let why = match blocking.as_slice() {
        [] => "No single filter rules everything out: the combination does.".to_owned(),
        [one] => format!("{} Remove “{}” to see more.", one.why, one.label),
        several => {
            let labels: Vec<String> = several.iter().map(|one| one.label.clone()).collect();
            format!(
                "Remove one of these to see more: {}.",
                text::join_with_and(&labels)
            )
        }
    };
    let ways = ways.into_iter().enumerate().map(|(place, way)| {
        let count = text::counted(way.count, words.one, words.many);
        view! {
            <li>
                <a
                    class=if place == 0 { "button" } else { "button quiet" }
                    id=format!("way-{place}")
                    href=links::list(&way.query, view)
                    data-keeps-view=""
                >
                    {way.label}
                    " "
                    <small>{count}</small>
                </a>
            </li>
        }
    });
    view! {
        <div class="empty">
            <div class="picture vacant">
                <Drawing of="houses.svg#vacant".to_owned() />
            </div>
            <h2>{format!("No {} match all of this", words.many)}</h2>
            <p>{why}</p>
            <ul class="ways">{ways.collect_view()}</ul>
        </div>
    }
}

/// The page is past the last one.
#[component]
pub(crate) fn PastTheEnd(
    /// The query.
    query: Query,
    /// The view, which the link preserves.
    view: View,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{format!("There is no page {}", text::grouped(query.page()))}</h2>
            <p>"The list has fewer pages than that."</p>
            <ul class="ways">
                <li>
                    <a class="button" href=links::list(&query.at_page(1), view) data-keeps-view="">
                        "Go to the first page"
                    </a>
                </li>
            </ul>
        </div>
    }
}

/// A part of the request is invalid: says which and why, above the results without it, and in
/// addition to the field's own message.
#[component]
pub(crate) fn Refused(
    /// The declaration that the labels come from.
    catalogue: &'static Catalogue,
    /// What is wrong.
    rejection: Rejection,
) -> impl IntoView {
    let errors = rejection.errors().iter().map(|error| {
        let filter = catalogue
            .filters
            .iter()
            .find(|filter| filter.parameter == error.parameter);
        let label = filter.map_or_else(
            || text::label(error.parameter),
            |filter| filter.label.to_owned(),
        );
        view! {
            <li>
                <strong>{label}</strong>
                {format!(" cannot be “{}”: expected {}.", error.value, in_words(catalogue, error))}
            </li>
        }
    });
    view! {
        <div class="notice refused">
            <Icon name="circle-alert" />
            <div>
                <p>"An invalid filter was ignored."</p>
                <ul>{errors.collect_view()}</ul>
            </div>
        </div>
    }
}
