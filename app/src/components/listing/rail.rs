//! The filters of a list.

use catalogue::{Catalogue, Facets, normalizer::View};
use leptos::prelude::*;

use super::{Field, FormState};
use crate::{catalogue_view::words, components::Icon, islands::FilterForm};

/// The filters as one GET form: next to the results where there is room, otherwise a sheet that the
/// browser opens and closes, with or without scripts.
#[component]
pub(crate) fn Rail(
    /// The declaration that the form is made from.
    catalogue: &'static Catalogue,
    /// What the form shows.
    state: FormState,
    /// The view of the results, which the form preserves.
    view: View,
    /// The options of each facet.
    facets: Facets,
) -> impl IntoView {
    let query = state.query();
    let words = words(catalogue);
    // Parameters for which the form has no control.
    let carried = ["sort", "page_size"].map(|name| {
        query.is_set(name).then(|| {
            view! { <input r#type="hidden" name=name value=query.value(name).unwrap_or_default().to_owned() /> }
        })
    });
    let search = state.text("q");
    let count = facets.count;
    let fields = catalogue.facets.iter().map(|facet| {
        let offered = facets.of(facet.name).cloned().unwrap_or_default();
        view! { <Field catalogue facet state=state.clone() offered count /> }
    });
    let fields = fields.collect_view();
    view! {
        <aside id="filters" class="rail" popover="auto" aria-labelledby="filters-title">
            <div class="rail-head">
                <h2 id="filters-title">"Filters"</h2>
                <button
                    class="icon-button sheet-only"
                    r#type="button"
                    popovertarget="filters"
                    popovertargetaction="hide"
                    aria-label="Close filters"
                >
                    <Icon name="x" />
                </button>
            </div>
            <FilterForm
                catalogue=catalogue.name().to_owned()
                live=true
                count=Some(count)
                one=words.one.to_owned()
                many=words.many.to_owned()
            >
                {carried.into_iter().collect_view()}
                <CurrentView view />
                <div class="field">
                    <label for="filter-q">"Keywords"</label>
                    <input r#type="search" id="filter-q" name="q" value=search autocomplete="off" />
                </div>
                {fields}
            </FilterForm>
        </aside>
    }
}

/// A hidden field that preserves the view; in a grid it is disabled, and the toggle may enable it.
#[component]
pub(super) fn CurrentView(
    /// The view of the results.
    view: View,
) -> impl IntoView {
    view! {
        <input
            r#type="hidden"
            name="view"
            value="list"
            disabled={view == View::Grid}
            data-keeps-view=""
        />
    }
}
