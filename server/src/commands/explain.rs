//! `hearth explain`: how a URL becomes its key.

use std::error::Error;

use ask::{Ask, UrlError};
use catalogue::normalizer::{Rejection, Schema, explain};
use site::{AnyAsk, Kind, List, Object, Page, Route};

/// Prints the raw query, the rules, the canonical query and the key; for two URLs also where they
/// differ.
pub(super) fn run(url: &str, other: Option<&str>) -> Result<(), Box<dyn Error>> {
    let first = show(url)?;
    let Some(other) = other else { return Ok(()) };
    println!();
    let second = show(other)?;
    println!();
    match (first, second) {
        (Some(a), Some(b)) if a == b => println!("same key: the two URLs share one answer"),
        (Some(a), Some(b)) => {
            let same = a
                .chars()
                .zip(b.chars())
                .take_while(|(a, b)| a == b)
                .map(|(c, _)| c.len_utf8())
                .sum::<usize>();
            println!("different keys; they differ after {:?}", &a[..same]);
            println!("  first:  …{}", &a[same..]);
            println!("  second: …{}", &b[same..]);
        }
        _ => println!("at least one URL has no key, so they do not share an answer"),
    }
    Ok(())
}

/// Prints one URL, and returns its key, if it has one.
fn show(url: &str) -> Result<Option<String>, Box<dyn Error>> {
    let row = |name: &str, value: &str| println!("{name:<10} {value}");
    row("url", url);
    let (path, raw) = split(url);
    let ask = match Route::parse(path, raw) {
        Ok(Route::Ask(ask)) => Ok(ask),
        Ok(Route::Page(Page::List { query, .. })) => query.map(|query| List { query }.into()),
        Ok(Route::Page(Page::Row { schema, id })) => Ok(Object { schema, id }.into()),
        Err(UrlError::Parameters(rejection)) => Err(rejection),
        Ok(_) | Err(UrlError::NotFound) => return Err(unknown_address(url).into()),
    };
    if let Some(schema) = schema_of(path, &ask) {
        row("catalogue", schema.catalogue);
        row("raw", raw);
        show_rules(schema, raw);
    }
    let ask = match ask {
        Ok(ask) => ask,
        Err(rejection) => {
            show_rejection(&rejection);
            return Ok(None);
        }
    };
    row("canonical", &ask.url());
    if !ask.policy().is_stored() {
        row("key", "none: searches and previews are never stored");
        return Ok(None);
    }
    row("key", &ask.key());
    Ok(Some(ask.key().into_owned()))
}

/// The schema whose rules make the query canonical; `None` for an ask without such a query.
fn schema_of(path: &str, ask: &Result<AnyAsk, Rejection>) -> Option<&'static Schema> {
    match ask.as_ref().map(AnyAsk::kind) {
        Ok(Kind::List(_) | Kind::Count(_) | Kind::Facets(_)) => Some(ask.as_ref().ok()?.schema()),
        Ok(_) => None,
        Err(_) => {
            let mut parts = path.split('/');
            parts.find_map(catalogue::schema)
        }
    }
}

fn show_rules(schema: &'static Schema, raw: &str) {
    for step in &explain(schema, raw).steps {
        let rule = format!("{:>2} {}", step.rule.number(), step.rule.name());
        let after = if step.after.is_empty() {
            "(dropped)"
        } else {
            &step.after
        };
        println!(
            "  {rule:<11} {:<14} {} -> {after}",
            step.parameter, step.before
        );
    }
}

fn show_rejection(rejection: &Rejection) {
    for error in rejection.errors() {
        println!(
            "error      {} is {:?}: {}",
            error.parameter, error.value, error.expected
        );
    }
}

/// Path and raw query of a URL, with or without its origin.
fn split(url: &str) -> (&str, &str) {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| {
        &rest[rest.find('/').unwrap_or(rest.len())..]
    });
    let without_fragment = after_scheme.split('#').next().unwrap_or_default();
    without_fragment
        .split_once('?')
        .unwrap_or((without_fragment, ""))
}

fn unknown_address(url: &str) -> String {
    let known: Vec<&str> = catalogue::all()
        .iter()
        .map(|catalogue| catalogue.name())
        .collect();
    format!("{url:?} is not an address of {}", known.join(" or "))
}
