//! Every case of `cases.tsv`, checked the same way on the native target and in WebAssembly.

use normalizer::{Schema, is_canonical, normalize};

use crate::schemas::{PROPERTIES, RECIPES};

/// The cases: catalogue, raw query, and the canonical query or `! ` and the invalid parameters.
const CASES: &str = include_str!("cases.tsv");

/// Checks the corpus; returns a message for each case that fails, and the number of cases.
pub fn check_corpus() -> (Vec<String>, usize) {
    let cases = || {
        CASES
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
    };
    (
        cases().filter_map(|line| check(line).err()).collect(),
        cases().count(),
    )
}

fn check(line: &str) -> Result<(), String> {
    let mut fields = line.split('\t');
    let (Some(catalogue), Some(raw), Some(expected), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(format!("{line}: three fields expected"));
    };
    let schema = if catalogue == "recipes" {
        &RECIPES
    } else {
        &PROPERTIES
    };
    let actual = outcome(schema, raw);
    if actual != expected {
        return Err(format!("{raw}: {actual} instead of {expected}"));
    }
    // Canonical text stays as it is.
    if !expected.starts_with('!') && !is_canonical(schema, expected) {
        return Err(format!("{raw}: {expected} is not canonical itself"));
    }
    Ok(())
}

/// A result as the corpus writes it.
fn outcome(schema: &'static Schema, raw: &str) -> String {
    match normalize(schema, raw) {
        Ok(query) => query.as_str().to_owned(),
        Err(rejection) => {
            let names: Vec<&str> = rejection
                .errors()
                .iter()
                .map(|error| error.parameter)
                .collect();
            format!("! {}", names.join(" "))
        }
    }
}
