//! What stands in the place of results.

use catalogue::{
    Catalogue,
    normalizer::{Query, Rejection, View},
};
use leptos::prelude::*;

use super::{
    asked::in_words,
    chips::{cleared, of_filter},
};
use crate::{components::Drawing, links, listed::words, text};

/// Nothing meets the filters: each of them is offered for removal.
#[component]
pub(crate) fn Empty(
    /// The declaration that the filters come from.
    catalogue: &'static Catalogue,
    /// The query.
    query: Query,
    /// The view, which the links keep.
    view: View,
) -> impl IntoView {
    let many = words(catalogue).many;
    let filters = catalogue
        .filters
        .iter()
        .filter(|filter| query.is_set(filter.parameter));
    let relaxed = filters
        .flat_map(|filter| of_filter(filter, &query))
        .take(4)
        .map(|(label, _, without)| {
            view! {
                <li>
                    <a class="button quiet" href=links::list(&without, view) data-keeps-view="">
                        {format!("Without “{label}”")}
                    </a>
                </li>
            }
        });
    let all = links::list(&cleared(catalogue, &query), view);
    view! {
        <div class="empty">
            <div class="picture vacant">
                <Drawing of="houses.svg#vacant".to_owned() />
            </div>
            <h2>{format!("No {many} match all of this")}</h2>
            <p>"Each of these lifts one filter and keeps the others."</p>
            <ul class="ways">
                {relaxed.collect_view()}
                <li>
                    <a class="button" href=all data-keeps-view="">{format!("See all {many}")}</a>
                </li>
            </ul>
        </div>
    }
}

/// The page is past the last one.
#[component]
pub(crate) fn PastTheEnd(
    /// The query.
    query: Query,
    /// The view, which the link keeps.
    view: View,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{format!("There is no page {}", text::grouped(query.page()))}</h2>
            <p>"The list is shorter than that, or has become so."</p>
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

/// The request cannot be meant: says which filter and why, beside the field's own message.
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
        <div class="empty refused">
            <h2>"That filter cannot be applied"</h2>
            <ul class="errors">{errors.collect_view()}</ul>
            <ul class="ways">
                <li>
                    <a class="button" href=format!("/{}", catalogue.name())>
                        {format!("See all {}", words(catalogue).many)}
                    </a>
                </li>
            </ul>
        </div>
    }
}
