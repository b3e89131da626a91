//! The applied filters.

use catalogue::{
    Catalogue, Facet, Facets, Filter, Test,
    normalizer::{Kind, Query, View},
};
use leptos::prelude::*;
use site::links;

use super::scale::is_money;
use crate::{components::Icon, text};

/// The applied filters, each a link to the list without it, and a link to the list without any.
#[component]
pub(crate) fn Chips(
    /// The declaration that the filters come from.
    catalogue: &'static Catalogue,
    /// The query.
    query: Query,
    /// The facets, which know how places are spelled.
    facets: Facets,
    /// The view of the results, which the links preserve.
    view: View,
) -> impl IntoView {
    let search = query.is_set("q").then(|| {
        let words = format!("“{}”", query.text("q").unwrap_or_default());
        (words, "q".to_owned(), query.without("q"))
    });
    let filters = catalogue
        .filters
        .iter()
        .filter(|filter| query.is_set(filter.parameter));
    let chips: Vec<_> = search
        .into_iter()
        .chain(filters.flat_map(|filter| of_filter(filter, &query, &facets)))
        .collect();
    if chips.is_empty() {
        return None;
    }
    let items = chips.into_iter().map(|(label, id, without)| {
        view! {
            <li>
                <a
                    class="chip"
                    id=format!("chip-{id}")
                    href=links::list(&without, view)
                    data-keeps-view=""
                    aria-label=format!("Remove {label}")
                >
                    {label.clone()}
                    <Icon name="x" />
                </a>
            </li>
        }
    });
    let none = cleared(catalogue, &query);
    Some(view! {
        <ul class="chips" aria-label="Filters that apply">
            {items.collect_view()}
            <li>
                <a class="clear" id="chip-all" href=links::list(&none, view) data-keeps-view="">
                    "Clear all"
                </a>
            </li>
        </ul>
    })
}

/// The query without its filters; the sort order stays.
pub(super) fn cleared(catalogue: &Catalogue, query: &Query) -> Query {
    let clear = |query: Query, filter: &Filter| query.without(filter.parameter);
    catalogue.filters.iter().fold(query.without("q"), clear)
}

/// A filter's chips: one for each element of a set, or one for its number. Each comes with the
/// rest of its id and the query without it.
pub(super) fn of_filter(
    filter: &'static Filter,
    query: &Query,
    facets: &Facets,
) -> Vec<(String, String, Query)> {
    let parameter = filter.parameter;
    let kind = query
        .schema()
        .parameter(parameter)
        .map(|parameter| parameter.kind);
    if !kind.is_some_and(Kind::is_set) {
        let label = bound(filter, query.value(parameter).unwrap_or_default());
        return vec![(label, parameter.to_owned(), query.without(parameter))];
    }
    let elements: Vec<&str> = query.set(parameter).collect();
    if elements.is_empty() {
        let label = format!("Any {}", filter.label.to_lowercase());
        return vec![(label, parameter.to_owned(), query.without(parameter))];
    }
    let chip = |element: &str| {
        // Removing the last element also removes its parameter, which restores the default.
        let without = match elements.len() {
            1 => query.without(parameter),
            _ => query.toggled(parameter, element),
        };
        let label = match filter.test {
            _ if filter.said.is_some() => text::said(filter, &text::term(element).to_lowercase()),
            Test::AllOf | Test::NoneOf => text::term(element),
            _ => text::spelled(facets, parameter, element),
        };
        (label, format!("{parameter}-{element}"), without)
    };
    elements.iter().map(|element| chip(element)).collect()
}

/// A bound in words: `From $300,000`, `3+ bedrooms`, `Minutes at most 30`.
fn bound(filter: &Filter, value: &str) -> String {
    match filter.test {
        _ if filter.said.is_some() => text::said(filter, value),
        Test::AtLeast { .. } if is_money(filter) => format!("From {}", text::dollars(value)),
        Test::AtMost { .. } if is_money(filter) => format!("Up to {}", text::dollars(value)),
        Test::AtLeast { .. } => format!("{value}+ {}", filter.label.to_lowercase()),
        _ => format!("{} {value}", filter.label),
    }
}

/// A facet's filters in words: the labels of its chips, joined.
pub(super) fn of_facet(
    catalogue: &Catalogue,
    facet: &Facet,
    query: &Query,
    facets: &Facets,
) -> Option<String> {
    let filters = catalogue.filters_of(facet);
    let chips = filters
        .filter(|filter| query.is_set(filter.parameter))
        .flat_map(|filter| {
            let chips = of_filter(filter, query, facets).into_iter();
            chips.map(move |(label, ..)| (filter, label))
        });
    // Names have a capital anywhere, other words only at the beginning.
    let labels: Vec<String> = chips
        .enumerate()
        .map(|(place, (filter, label))| match filter.said {
            Some(_) if place > 0 => text::uncapitalized(&label),
            _ => label,
        })
        .collect();
    (!labels.is_empty()).then(|| text::join_with_and(&labels))
}
