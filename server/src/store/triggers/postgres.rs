//! The triggers of PostgreSQL. Those that log are functions of the migrations, which take whole
//! rows; those that name columns are derived.

use catalogue::{Catalogue, Key, Rule};

use super::{Derived, Function, Plan, embedding, tables::Tables};
use crate::store::StoreError;

/// The triggers that the database should have, with their functions.
pub(super) fn plan(tables: &Tables) -> Result<Plan, StoreError> {
    let mut plan = Plan::default();
    for catalogue in catalogue::edited() {
        log(catalogue, tables, &mut plan)?;
    }
    for catalogue in catalogue::edited() {
        keyed(catalogue, tables, &mut plan)?;
    }
    for table in embedding::embedded() {
        embedded(table, &mut plan);
    }
    truncated(&mut plan);
    Ok(plan)
}

impl Plan {
    /// A trigger of a table: on which events, for what, and what it runs. The statement is written
    /// as PostgreSQL shows it, because that is how it is compared.
    fn trigger(&mut self, table: &str, ending: &str, [events, each, run]: [&str; 3]) {
        let name = format!("{table}_{ending}");
        self.triggers.push(Derived {
            sql: format!("CREATE TRIGGER {name} {events} ON {table} {each} EXECUTE FUNCTION {run}"),
            name,
            table: table.to_owned(),
        });
    }
}

/// The log of a catalogue's rows, and their versions.
fn log(catalogue: &Catalogue, tables: &Tables, plan: &mut Plan) -> Result<(), StoreError> {
    let table = catalogue.name();
    let columns = tables.columns(table)?;
    // They have no value yet when the row is looked at before it is written.
    let generated = columns.iter().filter(|column| column.is_generated);
    let generated: Vec<String> = generated
        .map(|column| format!("'{}'", column.name))
        .collect();
    let version = format!("hearth_version({})", generated.join(", "));
    plan.trigger(
        table,
        "versioned",
        ["BEFORE UPDATE", "FOR EACH ROW", &version],
    );
    for (ending, event, rows, function) in [
        (
            "inserted",
            "AFTER INSERT",
            "NEW TABLE AS new_rows",
            "hearth_log_insert()",
        ),
        (
            "updated",
            "AFTER UPDATE",
            "OLD TABLE AS old_rows NEW TABLE AS new_rows",
            "hearth_log_update()",
        ),
        (
            "deleted",
            "AFTER DELETE",
            "OLD TABLE AS old_rows",
            "hearth_log_delete()",
        ),
    ] {
        let each = format!("REFERENCING {rows} FOR EACH STATEMENT");
        plan.trigger(table, ending, [event, &each, function]);
    }
    Ok(())
}

/// The keys of a table's rows. Before triggers fire in the order of their names: keys first, then
/// the version.
fn keyed(
    catalogue: &'static Catalogue,
    tables: &Tables,
    plan: &mut Plan,
) -> Result<(), StoreError> {
    let table = catalogue.name();
    let keys = catalogue.keys.iter();
    let keys = keys.filter(|key| !tables.is_generated(table, key.column));
    let keys: Vec<&Key> = keys.collect();
    if keys.is_empty() {
        return Ok(());
    }
    let mut body = "\nBEGIN\n".to_owned();
    let mut columns: Vec<&str> = Vec::new();
    for key in &keys {
        let column = key.column;
        columns.extend(key.source());
        columns.push(column);
        body += &match key.rule {
            Rule::Token {
                of,
                synonyms_of: None,
            } => format!("  NEW.{column} := hearth_token(NEW.{of});\n"),
            Rule::Token {
                of,
                synonyms_of: Some(parameter),
            } => format!(
                "  NEW.{column} := hearth_token(NEW.{of});\n  NEW.{column} := coalesce(\n    \
                 (SELECT used FROM synonyms WHERE parameter = '{parameter}' AND token = NEW.{column}), \
                 NEW.{column});\n"
            ),
            Rule::Terms { of } => format!("  NEW.{column} := hearth_terms(NEW.{of});\n"),
            Rule::Folded { of } => format!("  NEW.{column} := hearth_fold(NEW.{of});\n"),
            Rule::Copied { .. } => String::new(),
        };
    }
    for (join, copied) in embedding::copied(catalogue) {
        columns.push(join.foreign_key);
        let into: Vec<String> = copied.iter().map(|name| format!("NEW.{name}")).collect();
        body += &format!(
            "  SELECT {} INTO {} FROM {} WHERE id = NEW.{};\n",
            copied.join(", "),
            into.join(", "),
            join.table,
            join.foreign_key
        );
    }
    if !catalogue.joins.is_empty() {
        columns.push("parts_version");
    }
    body += "  RETURN NEW;\nEND ";
    let mut once: Vec<&str> = Vec::new();
    for column in columns {
        if !once.contains(&column) {
            once.push(column);
        }
    }
    for column in &once {
        tables.column(table, column)?;
    }
    let name = format!("hearth_{table}_keyed");
    let events = format!("BEFORE INSERT OR UPDATE OF {}", once.join(", "));
    let run = format!("{name}()");
    plan.trigger(table, "keyed", [&events, "FOR EACH ROW", &run]);
    plan.functions.push(Function { name, body });
    Ok(())
}

/// Editing a row that others embed edits those, so that one trigger logs everything.
fn embedded(table: &'static str, plan: &mut Plan) {
    let mut body =
        "\nDECLARE\n  part bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;\nBEGIN\n"
            .to_owned();
    for embedding in embedding::of(table) {
        let row = |of: &str| {
            let columns = embedding.columns.iter();
            let columns: Vec<String> = columns.map(|column| format!("{of}.{column}")).collect();
            columns.join(", ")
        };
        let changed = if embedding.columns.is_empty() {
            "false".to_owned()
        } else {
            format!("ROW ({}) IS DISTINCT FROM ROW ({})", row("NEW"), row("OLD"))
        };
        body += &format!(
            "  IF TG_OP <> 'UPDATE' OR {changed} THEN\n    \
             UPDATE {} SET parts_version = parts_version + 1 WHERE {};\n  END IF;\n",
            embedding.catalogue.name(),
            embedding.holds("part"),
        );
    }
    body += "  RETURN NULL;\nEND ";
    let name = format!("hearth_{table}_embedded");
    let run = format!("{name}()");
    plan.trigger(
        table,
        "embedded",
        ["AFTER INSERT OR DELETE OR UPDATE", "FOR EACH ROW", &run],
    );
    plan.functions.push(Function { name, body });
}

/// Emptying a table changes its catalogue, and those that embed its rows.
fn truncated(plan: &mut Plan) {
    for table in embedding::tables() {
        let own = Some(table);
        let others = embedding::of(table).into_iter();
        let others = others.map(|embedding| embedding.catalogue.name());
        let touched: Vec<String> = own
            .into_iter()
            .chain(others)
            .map(|name| format!("'{name}'"))
            .collect();
        let function = format!("hearth_log_truncate({})", touched.join(", "));
        plan.trigger(
            table,
            "truncated",
            ["AFTER TRUNCATE", "FOR EACH STATEMENT", &function],
        );
    }
}
