//! The top of every page.

use leptos::prelude::*;
use site::{Page, Picked, links};

use crate::{catalogue_view, components::Icon};

/// The site's logo.
const MARK: &str = "/icons.svg#mark";

/// The name, the navigation, and a link for keyboard users that skips both.
#[component]
pub(crate) fn Header(
    /// The path of the page, which determines the current section.
    path: String,
) -> impl IntoView {
    let section = |catalogue: &'static catalogue::Catalogue| {
        let address = links::all(catalogue.schema);
        // The page itself, or a page below it.
        let current = match path.strip_prefix(&address) {
            Some("") => Some("page"),
            Some(rest) if rest.starts_with('/') => Some("true"),
            _ => None,
        };
        view! {
            <li>
                <a href=address aria-current=current>
                    {catalogue_view::words(catalogue).section}
                </a>
            </li>
        }
    };
    let is_saved = matches!(
        Page::parse(&path, ""),
        Some(Page::Picked {
            picked: Picked::Saved(_),
            ..
        })
    );
    let sections = catalogue::all().map(section).collect_view();
    view! {
        <a class="skip" href="#main">"Skip to content"</a>
        <header class="site-header">
            <div class="wrap">
                <a class="brand" href="/" aria-current=(path == "/").then_some("page")>
                    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
                        <use_ href=MARK />
                    </svg>
                    "Hearth"
                </a>
                <nav aria-label="Main">
                    <ul>{sections}</ul>
                </nav>
                <a class="header-saved" href="/saved" aria-current=is_saved.then_some("page")>
                    <Icon name="heart" />
                    "Saved"
                </a>
                <a class="header-search" href="/properties">
                    <Icon name="search" />
                    "Find a home"
                </a>
            </div>
        </header>
    }
}
