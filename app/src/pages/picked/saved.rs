//! The homes and the searches that a reader has saved.

use catalogue::properties::Property;
use leptos::prelude::*;
use site::Picked;

use super::head;
use crate::{
    Request,
    components::{Load, PropertyCard, page},
    text,
};

/// The homes that the address names. The searches are stored only in the reader's browser, whose
/// script lists them; each of them is a separate address.
pub(super) fn show(request: &Request, ids: &[i64], homes: Vec<Property>) -> AnyView {
    let count = homes.len() as u64;
    let homes = if homes.is_empty() {
        nothing().into_any()
    } else {
        cards(homes).into_any()
    };
    let main = view! {
        <div class="wrap saved-page">
            <div class="section-head">
                <h1>"Saved homes"</h1>
                <p class="muted" data-announce="">
                    {text::counted(count, "home", "homes")}
                </p>
            </div>
            {homes}
            <section class="searches" id="searches" aria-labelledby="searches-title" hidden>
                <h2 id="searches-title">"Saved searches"</h2>
                <ul></ul>
            </section>
        </div>
    };
    page(request, head(Picked::Saved, "Saved homes", ids), main)
}

fn nothing() -> impl IntoView {
    view! {
        <div class="nothing">
            <p class="lead">
                "You have not saved any homes yet. Press the heart on a home to save it in this browser, without an account. To share your selection, send this page’s address."
            </p>
            <noscript>
                <p class="muted">"Saving homes needs JavaScript, which is turned off. You can bookmark them instead."</p>
            </noscript>
            <p><a class="button" href="/properties">"See all homes"</a></p>
        </div>
    }
}

/// The homes, each with a checkbox that picks it for the comparison: a form, so that it works
/// without scripts.
fn cards(homes: Vec<Property>) -> impl IntoView {
    let cards = homes.into_iter().enumerate().map(|(place, home)| {
        let (id, label) = (home.id, format!("Compare {}", home.address));
        view! {
            <li>
                <PropertyCard home load=Load::of_card(place) />
                <label class="pick">
                    <input type="checkbox" name="ids" value=id aria-label=label />
                    "Compare"
                </label>
            </li>
        }
    });
    view! {
        <form method="get" action=Picked::Compare.path()>
            <h2 class="unseen">"Homes"</h2>
            <ul class="cards">{cards.collect_view()}</ul>
            <p class="pick-foot">
                <button class="button" type="submit">"Compare side by side"</button>
                <span class="muted">{format!("Up to {} homes.", Picked::Compare.most())}</span>
            </p>
        </form>
    }
}
