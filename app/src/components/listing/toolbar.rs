//! The bar above the results.

use catalogue::{
    Catalogue, Facets,
    normalizer::{Query, View},
};
use leptos::prelude::*;
use site::links;

use super::{chips, rail::CurrentView};
use crate::{
    catalogue_view::words,
    components::Icon,
    islands::{SortForm, ViewToggle},
    text,
};

/// The count, and how the results are ordered and shown.
#[component]
pub(crate) fn Toolbar(
    /// The declaration that the sort orders come from.
    catalogue: &'static Catalogue,
    /// The query.
    query: Query,
    /// The view of the results.
    view: View,
    /// How many rows there are.
    count: u64,
) -> impl IntoView {
    let words = words(catalogue);
    let carried = query
        .pairs()
        .filter(|(name, _)| !matches!(*name, "sort" | "page"));
    let carried = carried.map(|(name, value)| {
        view! { <input r#type="hidden" name=name value=value.to_owned() /> }
    });
    let carried = carried.collect_view();
    let current = catalogue.sort(&query).choice;
    let options = catalogue.sorts.iter().map(|sort| {
        view! { <option value=sort.choice selected=sort.choice == current>{sort.label}</option> }
    });
    let options = options.collect_view();
    let ways = (count > 0).then(|| {
        view! {
                <SortForm catalogue=catalogue.name().to_owned()>
                    {carried}
                    <CurrentView view />
                    <label for="sort">"Sort by"</label>
                    <select id="sort" name="sort">{options}</select>
                </SortForm>
                <ViewToggle
                    list={view == View::List}
                    grid_address=links::list(&query, View::Grid)
                    list_address=links::list(&query, View::List)
                />
        }
    });
    view! {
        <div class="toolbar">
            <p class="count" data-announce="">{text::counted(count, words.one, words.many)}</p>
            <div class="keep"></div>
            <FiltersButton catalogue query=query.clone() />
            {ways}
        </div>
    }
}

/// Opens the filters as a sheet where there is no room for the rail.
#[component]
pub(crate) fn FiltersButton(
    /// The declaration that the filters come from.
    catalogue: &'static Catalogue,
    /// The query.
    query: Query,
) -> impl IntoView {
    let filters = catalogue
        .filters
        .iter()
        .filter(|filter| query.is_set(filter.parameter));
    let applied = filters
        .map(|filter| chips::of_filter(filter, &query, &Facets::default()).len())
        .sum::<usize>();
    let badge = (applied > 0).then(|| {
        view! {
            <span class="tally">
                {applied} <span class="unseen">" applied"</span>
            </span>
        }
    });
    view! {
        <button
            id="open-filters"
            class="button quiet sheet-only"
            r#type="button"
            popovertarget="filters"
        >
            <Icon name="sliders-horizontal" />
            "Filters"
            {badge}
        </button>
    }
}
