//! The rows and the searches that a reader has saved.

use catalogue::normalizer::Schema;
use leptos::prelude::*;
use site::{Picked, links};

use super::head;
use crate::{
    Request,
    catalogue_view::{CatalogueView, words},
    components::page,
    text,
};

/// The rows that the address names. The searches are stored only in the reader's browser, whose
/// script lists them; each of them is a separate address.
pub(super) fn show<T: CatalogueView>(request: &Request, ids: &[i64], rows: Vec<T>) -> AnyView {
    let words = T::WORDS;
    let title = format!("Saved {}", words.many);
    let count = rows.len() as u64;
    let rows = if rows.is_empty() {
        nothing::<T>().into_any()
    } else {
        cards(rows).into_any()
    };
    let main = view! {
        <div class="wrap saved-page">
            <div class="section-head">
                <h1>{title.clone()}</h1>
                <p class="muted" data-announce="">
                    {text::counted(count, words.one, words.many)}
                </p>
            </div>
            <Shelves current=T::SCHEMA />
            {rows}
            <section class="searches" id="searches" aria-labelledby="searches-title" hidden>
                <h2 id="searches-title">"Saved searches"</h2>
                <ul></ul>
            </section>
        </div>
    };
    let picked = Picked::Saved(T::SCHEMA);
    page(request, head::<T>(picked, &title, ids), main)
}

/// Links to what is saved of each catalogue. The script makes them name the rows that this reader
/// has saved.
#[component]
fn Shelves(current: &'static Schema) -> impl IntoView {
    let shelf = |catalogue: &'static catalogue::Catalogue| {
        let is_current = catalogue.name() == current.catalogue;
        view! {
            <li>
                <a
                    href=Picked::Saved(catalogue.schema).path()
                    aria-current=is_current.then_some("page")
                    data-shelf=catalogue.name()
                >
                    {words(catalogue).section}
                </a>
            </li>
        }
    };
    let shelves = catalogue::all().map(shelf).collect_view();
    view! {
        <nav class="shelves" aria-label="Saved">
            <ul>{shelves}</ul>
        </nav>
    }
}

fn nothing<T: CatalogueView>() -> impl IntoView {
    let (one, many) = (T::WORDS.one, T::WORDS.many);
    let all = links::all(T::SCHEMA);
    view! {
        <div class="nothing">
            <p class="lead">
                {format!(
                    "You have not saved any {many} yet. Press the heart on a {one} to save it in this browser, without an account. To share your selection, send this page’s address.",
                )}
            </p>
            <noscript>
                <p class="muted">
                    {format!(
                        "Saving {many} needs JavaScript, which is turned off. You can bookmark them instead.",
                    )}
                </p>
            </noscript>
            <p><a class="button" href=all>{format!("See all {many}")}</a></p>
        </div>
    }
}

/// The rows as cards.
fn cards<T: CatalogueView>(rows: Vec<T>) -> impl IntoView {
    let is_compared = T::SCHEMA.catalogue == Picked::Compare.schema().catalogue;
    let heading = T::WORDS.section;
    let cards = rows.into_iter().enumerate().map(|(place, row)| {
        let pick = is_compared.then(|| pick(&row));
        view! { <li>{row.card(place)} {pick}</li> }
    });
    let cards = view! {
        <h2 class="unseen">{heading}</h2>
        <ul class="cards">{cards.collect_view()}</ul>
    };
    if !is_compared {
        return cards.into_any();
    }
    // A form, so that the comparison works without scripts.
    view! {
        <form method="get" action=Picked::Compare.path()>
            {cards}
            <p class="pick-foot">
                <button class="button" type="submit">"Compare side by side"</button>
                <span class="muted">{format!("Up to {} homes.", Picked::Compare.most())}</span>
            </p>
        </form>
    }
    .into_any()
}

/// A checkbox that picks a row for the comparison.
fn pick<T: CatalogueView>(row: &T) -> impl IntoView + use<T> {
    let label = format!("Compare {}", row.name());
    view! {
        <label class="pick">
            <input type="checkbox" name="ids" value=row.id() aria-label=label />
            "Compare"
        </label>
    }
}
