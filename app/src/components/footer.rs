//! The bottom of every page.

use leptos::prelude::*;
use site::links;

use crate::catalogue_view;

/// What Hearth is, in a sentence, and the secondary links.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let sections = catalogue::all().map(|catalogue| {
        view! {
            <li>
                <a href=links::all(catalogue.schema)>
                    {catalogue_view::words(catalogue).section}
                </a>
            </li>
        }
    });
    view! {
        <footer class="site-footer">
            <div class="wrap">
                <p>"Hearth lists homes for sale, and recipes to cook in them. Every price is up to date."</p>
                <nav aria-label="More">
                    <ul>
                        {sections.collect_view()}
                        <li><a href="/admin" rel="nofollow">"For editors"</a></li>
                    </ul>
                </nav>
            </div>
        </footer>
    }
}
