//! The words of rows, for the text search: a table of its own on SQLite, an index on PostgreSQL.

use std::collections::BTreeMap;

use catalogue::Catalogue;

use super::tables::Tables;
use crate::store::{StoreError, database::Transaction, keys};

/// The catalogues whose words are not indexed, or not those of the declared columns.
pub(super) async fn missing(
    transaction: &mut Transaction,
    tables: &Tables,
) -> Result<Vec<&'static Catalogue>, StoreError> {
    let all = catalogue::edited().into_iter();
    if matches!(transaction, Transaction::Sqlite(_)) {
        let is_missing = |catalogue: &&'static Catalogue| {
            let there = tables.find(&format!("{}_words", catalogue.name()));
            !there.is_some_and(|there| {
                there
                    .iter()
                    .map(|it| &*it.name)
                    .eq(catalogue.searched.iter().copied())
            })
        };
        return Ok(all.filter(is_missing).collect());
    }
    let indexed = indexed(transaction).await?;
    let is_missing = |catalogue: &&'static Catalogue| {
        let mut searched: Vec<String> = catalogue
            .searched
            .iter()
            .map(|it| (*it).to_owned())
            .collect();
        searched.sort();
        indexed.get(&format!("{}_words", catalogue.name())) != Some(&searched)
    };
    Ok(all.filter(is_missing).collect())
}

/// The columns that PostgreSQL's indexes of words depend on, in order of their names.
async fn indexed(
    transaction: &mut Transaction,
) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let records = transaction
        .target()
        .fetch_fixed(
            "SELECT DISTINCT relname::text, attname::text
             FROM pg_class
             JOIN pg_index ON indexrelid = pg_class.oid AND indisvalid
             JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = pg_class.oid
               AND refclassid = 'pg_class'::regclass AND refobjid = indrelid AND refobjsubid > 0
             JOIN pg_attribute ON attrelid = indrelid AND attnum = refobjsubid
             WHERE pg_table_is_visible(pg_class.oid) AND relname LIKE '%~_words' ESCAPE '~'
             ORDER BY 1, 2",
            "",
        )
        .await?;
    let mut indexed = BTreeMap::<String, Vec<String>>::new();
    for record in &records {
        indexed
            .entry(record.get(0)?)
            .or_default()
            .push(record.get(1)?);
    }
    Ok(indexed)
}

/// Indexes the words of a catalogue's rows anew.
pub(super) async fn index(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
) -> Result<(), StoreError> {
    let name = catalogue.name();
    let sql = match transaction {
        // ANALYZE would take every text apart again, only to let the planner test words row by row, which is slow for
        // all but the commonest ones.
        Transaction::Postgres(..) => format!(
            "DROP INDEX IF EXISTS {name}_words;
             CREATE INDEX {name}_words ON {name} USING gin (hearth_words({}));
             ALTER INDEX {name}_words ALTER COLUMN 1 SET STATISTICS 0",
            // A search names the same expression.
            catalogue.searched.join(" || ' ' || ")
        ),
        // The texts are there a second time: an index without them would have to be told the old words when a row
        // changes, and would be wrong for good if a trigger fired too late to know them.
        Transaction::Sqlite(_) => format!(
            "DROP TABLE IF EXISTS {name}_words;
             CREATE VIRTUAL TABLE {name}_words USING fts5 (
               {}, tokenize = \"unicode61 remove_diacritics 0\"
             )",
            catalogue.searched.join(", ")
        ),
    };
    transaction.target().run_generated(sql).await?;
    if matches!(transaction, Transaction::Sqlite(_)) {
        keys::index_words(transaction, catalogue).await?;
    }
    Ok(())
}
