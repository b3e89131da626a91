//! `hearth explain`: how a URL becomes its key.

use std::error::Error;

use catalogue::{
    Catalogue,
    normalizer::{Rejection, explain, object_key},
};

/// What a URL asks for.
enum Asked {
    List(&'static Catalogue, String),
    Object(&'static Catalogue, i64),
}

/// Prints raw, rules, canonical query and key; for two URLs also where they part.
pub(super) fn run(url: &str, other: Option<&str>) -> Result<(), Box<dyn Error>> {
    let first = show(url)?;
    let Some(other) = other else { return Ok(()) };
    println!();
    let second = show(other)?;
    println!();
    match (first, second) {
        (Some(a), Some(b)) if a == b => println!("one key: the two share one answer"),
        (Some(a), Some(b)) => {
            let same = a
                .chars()
                .zip(b.chars())
                .take_while(|(a, b)| a == b)
                .map(|(c, _)| c.len_utf8())
                .sum::<usize>();
            println!("two keys; they part after {:?}", &a[..same]);
            println!("  first:  …{}", &a[same..]);
            println!("  second: …{}", &b[same..]);
        }
        _ => println!("at least one of them has no key, so they share no answer"),
    }
    Ok(())
}

/// Prints one URL, and returns its key, if it has one.
fn show(url: &str) -> Result<Option<String>, Box<dyn Error>> {
    let row = |name: &str, value: &str| println!("{name:<10} {value}");
    row("url", url);
    let (catalogue, raw) = match parse(url)? {
        Asked::Object(catalogue, id) => {
            let key = object_key(catalogue.schema, id);
            row("key", &key);
            return Ok(Some(key));
        }
        Asked::List(catalogue, raw) => (catalogue, raw),
    };
    row("catalogue", catalogue.name());
    row("raw", &raw);
    let explanation = explain(catalogue.schema, &raw);
    for step in &explanation.steps {
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
    match &explanation.result {
        Ok(query) => {
            row("canonical", query.as_str());
            if query.is_bypass() {
                row(
                    "key",
                    "none: a search or a preview is answered and never stored",
                );
                return Ok(None);
            }
            row("key", &query.key());
            Ok(Some(query.key()))
        }
        Err(rejection) => {
            show_rejection(rejection);
            Ok(None)
        }
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

fn parse(url: &str) -> Result<Asked, Box<dyn Error>> {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| {
        &rest[rest.find('/').unwrap_or(rest.len())..]
    });
    let without_fragment = after_scheme.split('#').next().unwrap_or_default();
    let (path, raw) = without_fragment
        .split_once('?')
        .unwrap_or((without_fragment, ""));
    let path = path.strip_prefix("/api").unwrap_or(path).trim_matches('/');
    let (name, rest) = path.split_once('/').unwrap_or((path, ""));
    let Some(catalogue) = catalogue::by_name(name) else {
        let known: Vec<&str> = catalogue::all()
            .iter()
            .map(|catalogue| catalogue.name())
            .collect();
        return Err(format!(
            "{url:?} names no catalogue; there are {}",
            known.join(" and ")
        )
        .into());
    };
    if rest.is_empty() {
        return Ok(Asked::List(catalogue, raw.to_owned()));
    }
    let id = rest
        .parse()
        .map_err(|_| format!("{url:?} is neither a list nor a {}", catalogue.singular))?;
    Ok(Asked::Object(catalogue, id))
}
