//! What the pages need to know of a catalogue beyond its declaration: words and a card.

mod property;
mod recipe;

use catalogue::{Catalogue, Facets, Listing, normalizer::Query};
use leptos::prelude::AnyView;
use serde::de::DeserializeOwned;

use crate::portal::{Failure, portal};

/// A row type whose catalogue has pages.
pub(crate) trait Listed: DeserializeOwned + Send + 'static {
    /// How its catalogue is spoken of.
    const WORDS: Words;

    /// Its declaration.
    fn catalogue() -> &'static Catalogue;

    /// The list's heading, which says what was asked.
    fn heading(query: &Query) -> String;

    /// The row as a card of the list, at this place in it: what stands at its top is seen first.
    fn card(self, place: usize) -> AnyView;
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

/// A page of the list.
pub(crate) async fn list<T: Listed>(query: Query) -> Result<Listing<T>, Failure> {
    let answer = portal().list(query);
    read(&answer.await?)
}

/// What a query's filters offer.
pub(crate) async fn facets(query: Query) -> Result<Facets, Failure> {
    let answer = portal().facets(query);
    read(&answer.await?)
}

/// How many rows a query's filters leave.
pub(crate) async fn count(query: Query) -> Result<u64, Failure> {
    #[derive(serde::Deserialize)]
    struct Counted {
        count: u64,
    }
    let answer = portal().count(query);
    read(&answer.await?).map(|Counted { count }| count)
}

/// One row.
pub(crate) async fn object<T: Listed>(id: Option<i64>) -> Result<T, Failure> {
    let answer = portal().object(T::catalogue(), id.ok_or(Failure::NotFound)?);
    read(&answer.await?)
}

/// Reads an answer. One that the row types cannot hold is the server's mistake, not the reader's.
pub(crate) fn read<T: DeserializeOwned>(answer: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(answer).map_err(|error| {
        leptos::logging::error!("an answer cannot be shown: {error}");
        Failure::Unavailable
    })
}

/// The words of a catalogue that is known by its declaration only.
pub(crate) fn words(catalogue: &Catalogue) -> Words {
    use catalogue::{properties::Property, recipes::Recipe};
    match catalogue.name() {
        "recipes" => Recipe::WORDS,
        _ => Property::WORDS,
    }
}
