//! Keys, by the rule that stands in the tables of letters: a trigger writes the texts into `folding`,
//! and reads what they become from views.

use catalogue::{Catalogue, Key, Rule};

use crate::store::triggers::embedding;

/// The statements that make the keys of the row `NEW` of a catalogue.
pub(super) fn of_catalogue(catalogue: &'static Catalogue) -> String {
    let table = catalogue.name();
    let mut statements = String::new();
    for (join, copied) in embedding::copied(catalogue) {
        let (columns, other) = (copied.join(", "), join.table);
        statements += &format!(
            "  UPDATE {table} SET ({columns}) =\n    \
             (SELECT {columns} FROM {other} WHERE {other}.id = NEW.{}) WHERE id = NEW.id;\n",
            join.foreign_key
        );
    }
    let folded = catalogue.keys.iter().filter_map(Made::of);
    let folded: Vec<Made> = folded.collect();
    if !folded.is_empty() {
        let set = folded.iter();
        let set: Vec<String> = set
            .map(|made| format!("    {} = {}", made.column, made.value))
            .collect();
        statements += &folding(
            &folded,
            &format!(
                "  UPDATE {table} SET\n{}\n  WHERE id = NEW.id;\n",
                set.join(",\n")
            ),
        );
    }
    statements
}

/// Statements within which the texts of keys are folded.
fn folding(made: &[Made], statements: &str) -> String {
    let texts: Vec<&str> = made.iter().map(|made| &*made.texts).collect();
    format!(
        "  DELETE FROM folding;\n  INSERT INTO folding (raw)\n  {};\n{statements}  DELETE FROM folding;\n",
        texts.join("\n    UNION ")
    )
}

/// A key that is made of a text of its own row.
struct Made {
    column: &'static str,
    /// The query for what is to be folded.
    texts: String,
    /// The expression of what it becomes.
    value: String,
}

impl Made {
    fn of(key: &Key) -> Option<Self> {
        let (texts, value) = match key.rule {
            Rule::Copied { .. } => return None,
            Rule::Token {
                of,
                synonyms_of: None,
            } => (
                format!("SELECT NEW.{of}"),
                format!("(SELECT token FROM token_forms WHERE raw = NEW.{of})"),
            ),
            Rule::Token {
                of,
                synonyms_of: Some(parameter),
            } => (
                format!("SELECT NEW.{of}"),
                format!(
                    "(SELECT coalesce((SELECT used FROM synonyms WHERE parameter = '{parameter}' \
                     AND synonyms.token = form.token), form.token) FROM token_forms AS form WHERE raw = NEW.{of})"
                ),
            ),
            Rule::Terms { of } => {
                let each =
                    format!("json_each('[' || replace(json_quote(NEW.{of}), ',', '\",\"') || ']')");
                (
                    format!("SELECT value FROM {each}"),
                    format!(
                        "(SELECT ',' || coalesce(group_concat(CASE token WHEN '' THEN '' ELSE token || ',' END, ''), '')\n      \
                         FROM (SELECT token FROM {each} JOIN token_forms ON raw = value ORDER BY key))"
                    ),
                )
            }
            Rule::Folded { of } => (
                format!("SELECT NEW.{of}"),
                format!("(SELECT folded FROM folded WHERE raw = NEW.{of})"),
            ),
        };
        Some(Self {
            column: key.column,
            texts,
            value,
        })
    }
}
