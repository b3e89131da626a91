//! `hearth explain`: how a URL becomes its key.

use std::error::Error;

use app::inspection::{Explained, parted};

/// Prints the raw query, the rules, the canonical query and the key; for two URLs also where their
/// keys part.
pub(super) fn run(url: &str, other: Option<&str>) -> Result<(), Box<dyn Error>> {
    let first = explained(url)?;
    show(&first);
    let Some(other) = other else { return Ok(()) };
    println!();
    let second = explained(other)?;
    show(&second);
    println!();
    compare(&first, &second);
    Ok(())
}

fn explained(url: &str) -> Result<Explained, Box<dyn Error>> {
    let explained = Explained::of(url).map(|(explained, _)| explained);
    explained.map_err(|_| unknown_address(url).into())
}

/// Prints one URL's way to its key.
pub(super) fn show(explained: &Explained) {
    let row = |name: &str, value: &str| println!("{name:<10} {value}");
    row("url", &explained.url);
    if let Some(catalogue) = &explained.catalogue {
        row("catalogue", catalogue);
        row("raw", &explained.raw);
    }
    for step in &explained.steps {
        let rule = format!("{:>2} {}", step.number, step.rule);
        let after = match &*step.after {
            "" => "(dropped)",
            after => after,
        };
        println!(
            "  {rule:<11} {:<14} {} -> {after}",
            step.parameter, step.before
        );
    }
    for error in &explained.errors {
        row("error", &error.to_string());
    }
    if let Some(canonical) = &explained.canonical {
        row("canonical", canonical);
        row("key", explained.key_or_why());
    }
}

/// Prints where the keys of two URLs part.
pub(super) fn compare(one: &Explained, other: &Explained) {
    match (&one.key, &other.key) {
        (Some(a), Some(b)) if a == b => println!("same key: the two URLs share one answer"),
        (Some(a), Some(b)) => {
            println!("different keys; what only one of them has is marked");
            for (name, key, other) in [("first", a, b), ("second", b, a)] {
                let parts = parted(key, other);
                let line: String = parts.iter().map(|(part, _)| *part).collect();
                let marks = parts.iter().map(|(part, is_shared)| {
                    let mark = if *is_shared { " " } else { "^" };
                    mark.repeat(part.chars().count())
                });
                println!("  {name:<7} {line}");
                println!("          {}", marks.collect::<String>().trim_end());
            }
        }
        _ => println!("at least one URL has no key, so they do not share an answer"),
    }
}

fn unknown_address(url: &str) -> String {
    let known: Vec<&str> = catalogue::all()
        .iter()
        .map(|catalogue| catalogue.name())
        .collect();
    format!("{url:?} is not an address of {}", known.join(" or "))
}
