//! The tables, in an order in which their rows can be written.

use std::collections::HashSet;

use crate::store::{StoreError, database::Transaction};

/// A table whose rows make up the contents.
#[derive(Debug)]
pub(in crate::store) struct Table {
    pub(in crate::store) name: &'static str,
    /// The columns by which a row is found.
    pub(in crate::store) key: &'static [&'static str],
    /// Columns that follow from others, or that mean nothing elsewhere.
    pub(super) without: &'static [&'static str],
    /// Columns of JSON: SQLite calls them text.
    pub(super) json: &'static [&'static str],
    /// The column of its numbers, if the database draws them.
    pub(in crate::store) numbered: Option<&'static str>,
}

const fn numbered(name: &'static str) -> Table {
    Table {
        name,
        key: &["id"],
        without: &[],
        json: &[],
        numbered: Some("id"),
    }
}

const fn named(name: &'static str, key: &'static [&'static str]) -> Table {
    Table {
        name,
        key,
        without: &[],
        json: &[],
        numbered: None,
    }
}

/// All of them; a row refers only to rows of tables before its own.
pub(in crate::store) const TABLES: &[Table] = &[
    numbered("offices"),
    Table {
        without: &["name_key"],
        ..numbered("agents")
    },
    numbered("locations"),
    numbered("properties"),
    Table {
        without: &["title_key", "total_time"],
        ..numbered("recipes")
    },
    numbered("accounts"),
    numbered("tokens"),
    named("sessions", &["id"]),
    named("requested", &["day", "url"]),
    named("jobs", &["name"]),
    named("edits", &["last_revision"]),
    Table {
        key: &["seq"],
        // A transaction's number means something only where it ran.
        without: &["transaction"],
        json: &["before", "after"],
        numbered: Some("seq"),
        ..numbered("change_log")
    },
];

/// Tables that are no part of the contents, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("revision_counter", "its revision and tag are read apart"),
    ("nodes", "the nodes that run now"),
    ("idempotency_keys", "of requests that may be sent again now"),
    ("released_files", "every node releases its own"),
    ("token_rule", "every build writes its own rule"),
    ("synonyms", "part of the rule"),
    ("letters", "part of the rule"),
    ("marks", "part of the rule"),
    ("compositions", "part of the rule"),
    ("accents", "part of the rule"),
    ("folding", "empty except within a trigger"),
    ("_sqlx_migrations", "the schema's number is read apart"),
    ("properties_words", "the words of the rows"),
    ("recipes_words", "the words of the rows"),
    ("agents_words", "the words of the rows"),
    ("locations_words", "the words of the rows"),
    ("offices_words", "the words of the rows"),
];

/// Whether a table's rows are the same after they were restored: sessions are ended.
pub(super) fn is_lasting(table: &str) -> bool {
    table != "sessions"
}

/// The tables that the database has, by its schema.
pub(in crate::store) async fn present(
    snapshot: &mut Transaction,
) -> Result<Vec<&'static Table>, StoreError> {
    let names = names(snapshot).await?;
    let there = TABLES.iter().filter(|table| names.contains(table.name));
    Ok(there.collect())
}

/// The names of all tables and views that the database has.
pub(in crate::store) async fn names(
    snapshot: &mut Transaction,
) -> Result<HashSet<String>, StoreError> {
    let records = snapshot
        .target()
        .fetch_fixed(
            "SELECT relname::text FROM pg_class
             WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')",
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite~_%' ESCAPE '~'",
        )
        .await?;
    records.iter().map(|record| record.get(0)).collect()
}
