//! The table of all asks in ARCHITECTURE.md matches the code.

use std::{fmt::Write, fs, path::Path};

use ask::Ask;
use catalogue::properties;
use site::{AnyAsk, Decisive, Kind, Touch};

/// The table, from the code.
fn table() -> String {
    let mut table = String::from(
        "| ask | canonical URL | key | revalidated | shared tier | browser | touched by |\n\
         |---|---|---|---|---|---|---|\n",
    );
    // What no home has is shown by the first catalogue that has it.
    let others = catalogue::schemas().into_iter().flat_map(AnyAsk::examples);
    let is_other = |ask: &AnyAsk| matches!(ask.kind(), Kind::Computed(_));
    let examples = AnyAsk::examples(&properties::SCHEMA).into_iter();
    for ask in examples.chain(others.filter(is_other)) {
        let policy = ask.policy();
        let named = |columns: &[usize]| -> String {
            let name =
                |column: &usize| format!("`{}`", properties::PROPERTIES.columns[*column].name);
            columns.iter().map(name).collect::<Vec<_>>().join(", ")
        };
        let touched = match ask.touch() {
            Touch::Matching(_, Decisive::Any) => {
                "rows that match its filters, before or after; rows that it shows".to_owned()
            }
            Touch::Matching(_, Decisive::Columns(columns)) if columns.is_empty() => {
                "rows that come to match its filters, or cease to".to_owned()
            }
            Touch::Matching(_, Decisive::Columns(columns)) => format!(
                "rows that come to match its filters, or cease to; those that match, if {} changes; \
                 rows that it shows",
                named(columns)
            ),
            Touch::Counting(..) => {
                "rows that come to count for a choice, or cease to, or count for another one"
                    .to_owned()
            }
            Touch::Shown => "the rows that it shows".to_owned(),
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
