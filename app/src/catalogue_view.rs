//! What the pages need to know of a catalogue beyond its declaration: words and a card.

mod property;
mod recipe;

use catalogue::{Catalogue, Row, normalizer::Query};
use leptos::prelude::AnyView;

use crate::Request;

/// A row type whose catalogue has pages.
pub(crate) trait CatalogueView: Row + Clone {
    /// How its catalogue is spoken of.
    const WORDS: Words;

    /// The list's heading, which says what was asked.
    fn heading(query: &Query) -> String;

    /// The row as a card of the list, at this place in it: what stands at its top is seen first.
    fn card(&self, place: usize) -> AnyView;

    /// The page of one row.
    fn page(request: Request, id: i64) -> AnyView;
}

/// How a catalogue is spoken of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    /// One row: "home".
    pub(crate) one: &'static str,
    /// Several rows: "homes".
    pub(crate) many: &'static str,
    /// The catalogue in the navigation: "Homes".
    pub(crate) section: &'static str,
    /// A sentence for search engines.
    pub(crate) description: &'static str,
}

/// The words of a catalogue that is known by its declaration only.
pub(crate) fn words(catalogue: &Catalogue) -> Words {
    use catalogue::{properties::Property, recipes::Recipe};
    match catalogue.name() {
        "recipes" => Recipe::WORDS,
        _ => Property::WORDS,
    }
}
