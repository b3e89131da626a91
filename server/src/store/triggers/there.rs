//! The triggers that a database has.

use std::collections::BTreeMap;

use crate::store::{StoreError, database::Transaction};

/// What is there, to be compared with what is derived.
#[derive(Debug, Default)]
pub(super) struct There {
    /// The bodies of functions, by their names.
    pub(super) functions: BTreeMap<String, String>,
    /// The statements that would create the triggers, by their names and tables; empty for one that
    /// some sessions escape, or that another node has dropped meanwhile.
    pub(super) triggers: BTreeMap<(String, String), String>,
}

impl There {
    /// Reads it.
    pub(super) async fn read(transaction: &mut Transaction) -> Result<Self, StoreError> {
        let mut there = Self::default();
        // PostgreSQL's functions see what the last commit left, not the snapshot that the statement reads: of a trigger
        // that a node just dropped, there is a row but no definition.
        let triggers = transaction
            .target()
            .fetch_fixed(
                "SELECT tgname::text, relname::text,
                   coalesce(CASE tgenabled WHEN 'A' THEN pg_get_triggerdef(pg_trigger.oid, true) END, '')
                 FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
                 WHERE NOT tgisinternal AND pg_table_is_visible(pg_class.oid)",
                "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
            )
            .await?;
        for record in &triggers {
            let key = (record.get(0)?, record.get(1)?);
            there.triggers.insert(key, record.get(2)?);
        }
        if matches!(transaction, Transaction::Postgres(..)) {
            let functions = transaction
                .target()
                .fetch_fixed(
                    "SELECT proname::text, prosrc FROM pg_proc
                     WHERE pg_function_is_visible(oid) AND prorettype = 'trigger'::regtype",
                    "",
                )
                .await?;
            for record in &functions {
                there.functions.insert(record.get(0)?, record.get(1)?);
            }
        }
        Ok(there)
    }
}
