//! Editing a row that others embed edits those.

use super::changes;
use crate::store::triggers::embedding;

/// The statements that edit the rows which embed the row of a table. They run once that row is logged
/// and has its keys, which others may copy.
pub(super) struct Embedded {
    /// After it was inserted.
    pub(super) inserted: String,
    /// After it was updated.
    pub(super) updated: String,
    /// After it was deleted.
    pub(super) deleted: String,
}

impl Embedded {
    /// Those of a table; empty if no rows embed its rows.
    pub(super) fn of(table: &str) -> Self {
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
            format!(" AND ({})", changes(embedding.columns.iter().copied()))
        };
        Self {
            inserted: edit("NEW", &all),
            updated: edit("NEW", &some),
            deleted: edit("OLD", &all),
        }
    }
}
