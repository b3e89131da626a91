//! Which lists and pages are loaded ahead of requests: those that catalogues declare, and those that
//! were requested most.
//!
//! They are requested at their canonical addresses, in the way of any reader, so their keys are those
//! of readers' requests.

use std::collections::HashSet;

use ask::Ask as _;
use catalogue::{Catalogue, Combinations};
use serde::{Deserialize, Serialize};
use site::{AnyAsk, Page, Route};

/// The value of `Sec-Purpose` in requests that warm: they count as made in advance, and not as views.
pub(crate) const PURPOSE: &str = "prefetch;warm";

/// How many requests a warming may make at a time: half of what the database is given to load.
pub(crate) const MOST_AT_A_TIME: u16 = 6;

/// Something to be warmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// What it is, for people: `italian + vegan`, or an address.
    pub(crate) label: String,
    /// The canonical addresses that are requested: of the answer, of the page.
    pub(crate) urls: Vec<String>,
}

/// A canonical address that was requested often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Popular {
    /// The address.
    pub(crate) url: String,
    /// How often it was requested.
    pub(crate) times: u64,
}

/// What is warmed: what catalogues declare, and then what is popular and not among that. With a
/// catalogue, only what is about that one.
pub(crate) fn items(catalogue: Option<&'static Catalogue>, popular: &[Popular]) -> Vec<Item> {
    let declared = catalogue::all().into_iter();
    let declared = declared.filter(|one| is_wanted(catalogue, one.name()));
    let mut items: Vec<Item> = declared.flat_map(of_catalogue).collect();
    let known: HashSet<&str> = items
        .iter()
        .flat_map(|item| &item.urls)
        .map(String::as_str)
        .collect();
    let others = popular
        .iter()
        .filter(|one| !known.contains(&*one.url))
        // Addresses of an older version may mean nothing any more.
        .filter(|one| about(&one.url).is_some_and(|name| is_wanted(catalogue, name)));
    let others: Vec<Item> = others
        .map(|one| Item {
            label: one.url.clone(),
            urls: vec![one.url.clone()],
        })
        .collect();
    items.extend(others);
    items
}

fn is_wanted(catalogue: Option<&Catalogue>, name: &str) -> bool {
    catalogue.is_none_or(|wanted| wanted.name() == name)
}

/// The name of the catalogue that a canonical address is about; empty for the first page.
fn about(url: &str) -> Option<&'static str> {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    match Route::parse(path, query).ok()? {
        Route::Ask(ask) => Some(ask.schema().catalogue),
        Route::Page(Page::List { schema, .. }) => Some(schema.catalogue),
        Route::Page(Page::Start) => Some(""),
        Route::Page(page) => page.row().map(|(schema, _)| schema.catalogue),
        Route::Admin(_) | Route::Fixed(_) => None,
    }
}

fn of_catalogue(catalogue: &'static Catalogue) -> Vec<Item> {
    let combinations = catalogue.warmed.iter();
    let items = combinations.flat_map(|combinations| {
        let all = combinations.all().into_iter();
        all.filter_map(|combination| item(catalogue, combinations, &combination))
    });
    items.collect()
}

/// `None` if the declaration has parameters that its schema does not know, which a test excludes.
fn item(
    catalogue: &Catalogue,
    combinations: &Combinations,
    combination: &[(&str, &str)],
) -> Option<Item> {
    // A number says nothing without its name.
    let words = combination
        .iter()
        .map(|(name, value)| match value.parse::<u64>() {
            Ok(number) => format!("{name} {number}"),
            Err(_) => (*value).to_owned(),
        });
    let values: Vec<String> = words.collect();
    let label = match &*values {
        [] => format!("all {}", catalogue.name()),
        values => values.join(" + "),
    };
    let page_size = combinations
        .page_size
        .map(|size| format!("page_size={size}"));
    let pairs = combination
        .iter()
        .map(|(name, value)| format!("{name}={value}"));
    let query: Vec<String> = pairs.chain(page_size).collect();
    let query = query.join("&");
    let ask = AnyAsk::parse(&format!("/api/{}/", catalogue.name()), &query).ok()?;
    let page = Page::parse(&format!("/{}", catalogue.name()), &query)?;
    Some(Item {
        label,
        urls: vec![ask.url().into_owned(), page.canonical()?],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn popular(url: &str) -> Popular {
        Popular {
            url: url.to_owned(),
            times: 3,
        }
    }

    #[test]
    fn every_declared_combination_is_warmed_under_a_key_of_its_own() {
        for catalogue in catalogue::all() {
            let declared = catalogue.warmed.iter();
            let declared: usize = declared.map(|one| one.all().len()).sum();
            let items = of_catalogue(catalogue);
            assert_eq!(items.len(), declared, "{}", catalogue.name());
            let urls: HashSet<&String> = items.iter().flat_map(|item| &item.urls).collect();
            assert_eq!(urls.len(), declared * 2, "{}", catalogue.name());
        }
        let recipes = catalogue::by_name("recipes").unwrap();
        let items = of_catalogue(recipes);
        assert_eq!(items.len(), 25);
        assert_eq!(items[0].label, "italian + vegan");
        assert_eq!(
            items[0].urls,
            [
                "/api/recipes/?cuisine=italian&diet=vegan&page_size=100",
                "/recipes?cuisine=italian&diet=vegan&page_size=100"
            ]
        );
        assert_eq!(items[4].label, "italian");
    }

    #[test]
    fn what_is_popular_follows_once_and_only_if_it_still_means_something() {
        let recipes = catalogue::by_name("recipes").unwrap();
        let declared = of_catalogue(recipes).len();
        let items = items(
            Some(recipes),
            &[
                popular("/recipes?cuisine=italian&diet=vegan&page_size=100"),
                popular("/recipes/7"),
                popular("/properties/7"),
                popular("/api/recipes/?max_prep_time=abc"),
                popular("/nowhere"),
            ],
        );
        let others: Vec<&str> = items[declared..].iter().map(|item| &*item.label).collect();
        assert_eq!(others, ["/recipes/7"]);
    }
}
