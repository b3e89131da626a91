//! One word, one meaning: words that were replaced by the field's terms must not come back. The glossary in
//! ARCHITECTURE.md has the terms in use.

use std::{collections::BTreeSet, path::Path, process::Command};

use proc_macro2::{TokenStream, TokenTree};

/// Words that must not be part of an identifier, with what to write.
const IN_NAMES: [(&str, &str); 20] = [
    ("believe", "is_valid"),
    ("believes", "is_valid"),
    ("believed", "valid"),
    ("belief", "validity"),
    ("remember", "store"),
    ("remembers", "caches"),
    ("remembered", "cached"),
    ("kept", "saved, stored, retained"),
    ("asked", "request, query, state, was_requested"),
    ("asker", "caller"),
    ("askers", "callers"),
    ("flown", "outcome"),
    ("landing", "waiting"),
    ("court", "checker"),
    ("crowd", "workers"),
    ("crowds", "stampedes"),
    ("breach", "violation"),
    ("breaches", "violations"),
    ("nemesis", "injector"),
    ("meant", "valid"),
];

/// Identifiers that were renamed, with what to write.
const NAMES: [(&str, &str); 9] = [
    ("Question", "Ask"),
    ("PageQuestion", "PageAsk"),
    ("Asks", "Ask"),
    ("Listed", "CatalogueView"),
    ("listed_and", "join_with_and"),
    ("take_off", "join"),
    ("land", "wait"),
    ("Leased", "LoadLease"),
    ("take_lease", "take_load_lease"),
];

/// Words and phrases that must not occur in code, messages or documentation, with what to write.
const IN_TEXTS: [(&str, &str); 13] = [
    ("believe", "validate"),
    ("believes", "validates"),
    ("believed", "valid"),
    ("belief", "validity"),
    ("remembered", "cached"),
    ("remembers", "caches"),
    ("nemesis", "fault injector"),
    ("flown", "loaded"),
    ("cannot be meant", "invalid"),
    ("can be meant", "valid"),
    ("stands in the way", "say what matches nothing"),
    ("an offer would be", "option"),
    ("at hand", "cached"),
];

/// Where they may stay: texts about homes and dishes, migrations (whose checksums are stored in
/// databases), reports of earlier runs, and this list.
const ELSEWHERE: [&str; 5] = [
    "crates/demo/",
    "migrations/",
    "docs/bench/",
    "tools/pictures/",
    "xtask/tests/words.rs",
];

/// The words of an identifier: `has_load_lease` and `HasLoadLease` have three.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_lower = false;
    for character in name.chars() {
        if character == '_' || (character.is_uppercase() && was_lower) {
            parts.push(String::new());
        }
        was_lower = character.is_lowercase();
        if let Some(part) = parts.last_mut().filter(|_| character != '_') {
            part.extend(character.to_lowercase());
        }
    }
    parts
}

/// Collects the identifiers of Rust code, macros included; comments and literals have none.
fn identifiers(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => drop(found.insert(name.to_string())),
            TokenTree::Group(group) => identifiers(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// What is wrong with the names in a file of Rust code.
fn wrong_names(file: &str, text: &str) -> Vec<String> {
    let tokens = text
        .parse::<TokenStream>()
        .unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut names = BTreeSet::new();
    identifiers(tokens, &mut names);
    let mut found = Vec::new();
    for name in names {
        let parts = parts(&name);
        let banned = IN_NAMES
            .iter()
            .find(|(word, _)| parts.iter().any(|part| part == word));
        let banned = banned.or_else(|| NAMES.iter().find(|(gone, _)| name == *gone));
        if let Some((_, instead)) = banned {
            found.push(format!("{file}: `{name}`: write {instead}"));
        }
    }
    found
}

/// What is wrong with a text.
fn wrong_words(file: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.to_lowercase();
        for (word, instead) in IN_TEXTS {
            let is_word = |at: usize| {
                let around = [
                    line[..at].chars().next_back(),
                    line[at + word.len()..].chars().next(),
                ];
                around
                    .iter()
                    .flatten()
                    .all(|character| !character.is_alphanumeric())
            };
            if line.match_indices(word).any(|(at, _)| is_word(at)) {
                found.push(format!("{file}:{}: “{word}”: write {instead}", at + 1));
            }
        }
    }
    found
}

#[test]
fn replaced_words_do_not_come_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let list = Command::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ])
        .current_dir(&root)
        .output()
        .expect("git lists the repository's files");
    let list = String::from_utf8(list.stdout).expect("file names are UTF-8");
    let mut found = Vec::new();
    for file in list
        .split('\0')
        .filter(|file| !ELSEWHERE.iter().any(|place| file.starts_with(place)))
    {
        let Ok(text) = std::fs::read_to_string(root.join(file)) else {
            continue;
        };
        let extension = Path::new(file)
            .extension()
            .and_then(|extension| extension.to_str());
        match extension {
            Some("rs") => found.extend(wrong_names(file, &text)),
            Some("md" | "ts" | "js" | "mjs" | "css" | "toml" | "yml") => {}
            _ => continue,
        }
        found.extend(wrong_words(file, &text));
    }
    assert!(
        found.is_empty(),
        "{} words:\n  {}",
        found.len(),
        found.join("\n  ")
    );
}

#[test]
fn a_planted_word_is_found() {
    let names = |text| wrong_names("planted.rs", text).len();
    assert_eq!(names("fn load(ask: Ask) { let cached = ask.key(); }"), 0);
    assert_eq!(
        names("// Whoever asked kept it.\nfn load() -> &'static str { \"asked\" }"),
        0
    );
    assert_eq!(names("fn load(asked: Ask) {}"), 1);
    assert_eq!(names("struct RememberedAnswer;"), 1);
    assert_eq!(names("fn f() { view! { <p>{was_kept}</p> } }"), 1);
    assert_eq!(names("fn f() { courtyard(); breached(); }"), 0);
    let words = |text| wrong_words("planted.md", text).len();
    assert_eq!(
        words("Cached answers are valid until a change touches them."),
        0
    );
    assert_eq!(words("Nothing is Believed; “abc” cannot be meant."), 2);
}
