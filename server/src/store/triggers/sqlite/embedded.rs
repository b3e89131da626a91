//! Editing a row that others embed edits those, so that one trigger logs everything.

use super::{changes, trigger};
use crate::store::triggers::{Derived, embedding};

/// The triggers of a table that is embedded.
pub(super) fn triggers(table: &'static str) -> Vec<Derived> {
    let embeddings = embedding::of(table);
    let edit = |row: &str, condition: &dyn Fn(&embedding::Embedding) -> String| {
        let edits = embeddings.iter().map(|embedding| {
            format!(
                "  UPDATE {} SET parts_version = parts_version + 1 WHERE {}{};\n",
                embedding.catalogue.name(),
                embedding.holds(&format!("{row}.id")),
                condition(embedding)
            )
        });
        edits.collect::<String>()
    };
    let all = |_: &embedding::Embedding| String::new();
    let some = |embedding: &embedding::Embedding| {
        // With one, the trigger's condition says it.
        if embeddings.len() == 1 {
            return String::new();
        }
        format!(" AND ({})", changes(embedding.columns.iter().copied()))
    };
    let mut columns: Vec<&str> = Vec::new();
    for column in embeddings.iter().flat_map(|embedding| &embedding.columns) {
        if !columns.contains(column) {
            columns.push(column);
        }
    }
    let changed = changes(columns);
    // What a trigger of the log does to its row is part of the edit that fired it.
    let changed = if catalogue::by_name(table).is_some() {
        format!("(SELECT logging FROM revision_counter) = 0 AND ({changed})")
    } else {
        changed
    };
    vec![
        trigger(
            table,
            "embedded_insert",
            &format!("AFTER INSERT ON {table}"),
            &edit("NEW", &all),
        ),
        trigger(
            table,
            "embedded_update",
            &format!("AFTER UPDATE ON {table}\nWHEN {changed}"),
            &edit("NEW", &some),
        ),
        trigger(
            table,
            "embedded_delete",
            &format!("AFTER DELETE ON {table}"),
            &edit("OLD", &all),
        ),
    ]
}
