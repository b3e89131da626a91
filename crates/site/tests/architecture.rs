//! The table of all asks in ARCHITECTURE.md matches the code.

use std::{fmt::Write, fs, path::Path};

use ask::Ask;
use catalogue::properties;
use site::{AnyAsk, Touch};

/// The table, from the code.
fn table() -> String {
    let mut table = String::from(
        "| ask | canonical URL | key | revalidated | shared tier | browser | touched by |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for ask in AnyAsk::examples(&properties::SCHEMA) {
        let policy = ask.policy();
        let touched = match ask.touch() {
            Touch::Matching(_) => {
                "rows that match its filters, before or after; rows that it shows"
            }
            Touch::NearlyMatching(_) => "rows that fail at most one of its filters",
            Touch::Shown => "the rows that it shows",
        };
        let hours = policy.shared().as_secs() / 3_600;
        let shared = match hours {
            0 => format!("{} s", policy.shared().as_secs()),
            hours => format!("{hours} h"),
        };
        let _ = writeln!(
            table,
            "| `{}` | `{}` | `{}` | {policy} | {shared} | `{}` | {touched} |",
            ask.kind().name(),
            ask.url(),
            ask.key(),
            policy.cache_control(),
        );
    }
    table
}

#[test]
fn the_table_of_asks_matches_the_code() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ARCHITECTURE.md");
    let text = fs::read_to_string(file).unwrap();
    let table = table();
    assert!(
        text.contains(&table),
        "ARCHITECTURE.md should have:\n{table}"
    );
}
