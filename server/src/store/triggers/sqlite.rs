//! The triggers of SQLite. Each names the columns that it is about, as there are no rows as values.

mod embedded;
mod keyed;
mod log;
mod words;

use super::{Derived, Plan, tables::Tables};
use crate::store::StoreError;

/// Now, in milliseconds since 1970.
const NOW: &str = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

/// The triggers that the database should have.
pub(super) fn plan(tables: &Tables) -> Result<Plan, StoreError> {
    let mut triggers = Vec::new();
    for catalogue in catalogue::edited() {
        triggers.extend(log::triggers(catalogue, tables)?);
        triggers.extend(words::triggers(catalogue));
    }
    Ok(Plan {
        triggers,
        ..Plan::default()
    })
}

/// A trigger of a table: when it fires, and the statements that it runs.
fn trigger(table: &str, ending: &str, when: &str, run: &str) -> Derived {
    let name = format!("{table}_{ending}");
    Derived {
        sql: format!("CREATE TRIGGER {name} {when}\nBEGIN\n{run}END"),
        name,
        table: table.to_owned(),
    }
}

/// The condition that one of some columns changes.
fn changes<'c>(columns: impl IntoIterator<Item = &'c str>) -> String {
    let changes = columns
        .into_iter()
        .map(|column| format!("NEW.{column} IS NOT OLD.{column}"));
    let changes: Vec<String> = changes.collect();
    if changes.is_empty() {
        return "false".to_owned();
    }
    changes.join(" OR ")
}
