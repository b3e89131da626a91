//! The words of rows. Nothing here is logged, for the words of a row are the row's.
//!
//! Triggers that stand beside others fire in no promised order, so each takes the row as it is by
//! then: whichever fires last leaves the right words.

use catalogue::Catalogue;

use super::{changes, trigger};
use crate::store::triggers::Derived;

/// The triggers of a catalogue.
pub(super) fn triggers(catalogue: &'static Catalogue) -> Vec<Derived> {
    let table = catalogue.name();
    let columns = catalogue.searched.join(", ");
    let write = write(catalogue);
    let changed = changes(catalogue.searched.iter().copied());
    vec![
        // REPLACE removes a row without a trigger.
        trigger(
            table,
            "words_inserted",
            &format!("AFTER INSERT ON {table}"),
            &write,
        ),
        trigger(
            table,
            "words_updated",
            &format!("AFTER UPDATE OF {columns} ON {table}\nWHEN {changed}"),
            &write,
        ),
        trigger(
            table,
            "words_deleted",
            &format!("AFTER DELETE ON {table}"),
            &format!("  DELETE FROM {table}_words WHERE rowid = OLD.id;\n"),
        ),
    ]
}

/// The statements that write the words of the row `NEW`. A key is folded already, and a text in
/// ASCII needs no folding: the index of words ignores case.
fn write(catalogue: &'static Catalogue) -> String {
    let table = catalogue.name();
    let is_key = |column: &str| catalogue.keys.iter().any(|key| key.column == column);
    let texts = catalogue.searched.iter().filter(|column| !is_key(column));
    let folded: Vec<String> = texts
        .map(|column| {
            format!(
                "SELECT {column} FROM {table} WHERE id = NEW.id AND {column} GLOB '*[^' || char(1) || '-' || char(127) || ']*'"
            )
        })
        .collect();
    let values = catalogue.searched.iter().map(|column| {
        if is_key(column) {
            return format!("    {column}");
        }
        format!("    coalesce((SELECT folded FROM folded WHERE raw = {column}), {column})")
    });
    let values: Vec<String> = values.collect();
    let (begin, end) = if folded.is_empty() {
        (String::new(), "")
    } else {
        let folded = folded.join("\n    UNION ");
        (
            format!("  DELETE FROM folding;\n  INSERT INTO folding (raw)\n    {folded};\n"),
            "  DELETE FROM folding;\n",
        )
    };
    format!(
        "{begin}  DELETE FROM {table}_words WHERE rowid = NEW.id;
  INSERT INTO {table}_words (rowid, {})
  SELECT id,
{}
  FROM {table} WHERE id = NEW.id;
{end}",
        catalogue.searched.join(", "),
        values.join(",\n")
    )
}
