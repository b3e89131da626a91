//! What the pages need to know about a catalogue beyond its declaration: words and a card.

mod agent;
mod property;
mod recipe;

use catalogue::{Catalogue, Facets, Row, normalizer::Query};
use leptos::prelude::AnyView;

use crate::Request;

/// A row type whose catalogue has pages.
pub(crate) trait CatalogueView: Row + Clone {
    /// The words that pages use for its catalogue.
    const WORDS: Words;

    /// The list's heading, which describes the query. The facets know how places are spelled.
    fn heading(query: &Query, facets: &Facets) -> String;

    /// The row as a card at this place in the list. The first ones load their pictures immediately.
    fn card(&self, place: usize) -> AnyView;

    /// Its id.
    fn id(&self) -> i64;

    /// What it is called in a sentence: the address of a home.
    fn name(&self) -> &str;

    /// The page of one row.
    fn page(request: Request, id: i64) -> AnyView;
}

/// The words that pages use for a catalogue.
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

/// The words for a catalogue of which only the declaration is known.
pub(crate) fn words(catalogue: &Catalogue) -> Words {
    let words = catalogue::for_row!(catalogue.schema, T => T::WORDS);
    // Every declaration is of a catalogue.
    words.unwrap_or(Words {
        one: catalogue.singular,
        many: catalogue.name(),
        section: catalogue.name(),
        description: "",
    })
}
