//! The triggers that log a catalogue's rows, and edit those that embed them. Each logged row takes one
//! revision from the counter.

use catalogue::Catalogue;

use super::{NOW, changes, embedded::Embedded, keyed, trigger};
use crate::store::{
    StoreError,
    triggers::{Derived, tables::Tables},
};

/// The triggers of a catalogue.
pub(super) fn triggers(
    catalogue: &'static Catalogue,
    tables: &Tables,
) -> Result<Vec<Derived>, StoreError> {
    let table = catalogue.name();
    let columns = logged(catalogue, tables)?;
    let stored = format!(
        "(SELECT {} FROM {table} AS row WHERE row.id = NEW.id)",
        image("row", &columns)
    );
    let old = image("OLD", &columns);
    let keys = keyed::of_catalogue(catalogue);
    let embedded = Embedded::of(table);
    // A generated column changes with those that it follows from.
    let edited = columns
        .iter()
        .copied()
        .filter(|column| *column != "id" && !tables.is_generated(table, column));
    let edited = changes(edited);
    Ok(vec![
        // INSERT OR REPLACE removes a row without firing a delete trigger, so the row is logged beforehand.
        trigger(
            table,
            "replaced",
            &format!(
                "BEFORE INSERT ON {table}\nWHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
            ),
            &logging(table, "", ["NEW.id", &stored, &stored]),
        ),
        trigger(
            table,
            "inserted",
            &format!("AFTER INSERT ON {table}"),
            &(logging(table, &keys, ["NEW.id", "NULL", &stored]) + &embedded.inserted),
        ),
        trigger(
            table,
            "updated",
            &format!(
                "AFTER UPDATE ON {table}\nWHEN (SELECT logging FROM revision_counter) = 0 AND ({edited})"
            ),
            &(logging(
                table,
                &format!(
                    "{keys}  UPDATE {table} SET version = OLD.version + 1, updated_at = {NOW} WHERE id = NEW.id;\n"
                ),
                ["NEW.id", &old, &stored],
            ) + &embedded.updated),
        ),
        trigger(
            table,
            "renumbered",
            &format!("BEFORE UPDATE OF id ON {table} WHEN NEW.id IS NOT OLD.id"),
            "  SELECT RAISE(ABORT, 'the id of a row never changes');\n",
        ),
        trigger(
            table,
            "deleted",
            &format!("AFTER DELETE ON {table}"),
            &(logging(table, "", ["OLD.id", &old, "NULL"]) + &embedded.deleted),
        ),
    ])
}

/// The columns of a row's image: all except the counter of views and what only orders lists.
fn logged<'t>(catalogue: &Catalogue, tables: &'t Tables) -> Result<Vec<&'t str>, StoreError> {
    let only_orders = |name: &str| {
        let mut folded = catalogue.keys.iter().filter(|key| key.is_folded());
        folded.any(|key| key.column == name)
    };
    let columns = tables.columns(catalogue.name())?.iter();
    let logged = columns.filter(|column| column.name != "view_count" && !only_orders(&column.name));
    Ok(logged.map(|column| &*column.name).collect())
}

/// The image of a row.
fn image(row: &str, columns: &[&str]) -> String {
    let pairs = columns.iter();
    let pairs: Vec<String> = pairs
        .map(|column| format!("'{column}', {row}.{column}"))
        .collect();
    format!("json_object({})", pairs.join(", "))
}

/// The statements that take a revision, do something, and log a row: its id, what it was, and what
/// it is.
fn logging(table: &str, meanwhile: &str, [id, before, after]: [&str; 3]) -> String {
    format!(
        "  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
{meanwhile}  INSERT INTO change_log (revision, tag, catalogue, id, before, after, who, at)
  SELECT revision, tag, '{table}', {id},
    {before},
    {after},
    who, {NOW}
  FROM revision_counter;
  UPDATE revision_counter SET logging = 0;
"
    )
}
