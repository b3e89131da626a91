//! The columns of tables, as the database knows them.

use std::collections::BTreeMap;

use crate::store::{StoreError, database::Transaction};

/// A column that an image of a row in the change log may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    /// Whether the database computes it from others.
    pub(super) is_generated: bool,
}

/// The columns of all tables, each in the table's order.
#[derive(Debug, Default)]
pub(super) struct Tables(BTreeMap<String, Vec<Column>>);

impl Tables {
    /// Reads them.
    pub(super) async fn read(transaction: &mut Transaction) -> Result<Self, StoreError> {
        let records = transaction
            .target()
            .fetch_fixed(
                "SELECT relname::text, attname::text, (attgenerated <> '')::text
                 FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                 WHERE pg_table_is_visible(pg_class.oid) AND relnamespace <> 'pg_catalog'::regnamespace
                   AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
                 ORDER BY relname, attnum",
                "SELECT tables.name, columns.name,
                   CASE WHEN columns.hidden IN (2, 3) THEN 'true' ELSE 'false' END
                 FROM sqlite_master AS tables, pragma_table_xinfo(tables.name) AS columns
                 WHERE tables.type = 'table' AND columns.hidden <> 1
                 ORDER BY tables.name, columns.cid",
            )
            .await?;
        let mut tables = Self::default();
        for record in &records {
            let column = Column {
                name: record.get(1)?,
                is_generated: record.get::<String>(2)? == "true",
            };
            let table = tables.0.entry(record.get(0)?).or_default();
            table.push(column);
        }
        Ok(tables)
    }

    /// The columns of a table.
    ///
    /// # Errors
    /// If there is no such table.
    pub(super) fn columns(&self, table: &str) -> Result<&[Column], StoreError> {
        self.find(table).ok_or_else(|| {
            StoreError::Unexpected(format!(
                "no table {table}: a catalogue declares it, so a migration must make it"
            ))
        })
    }

    /// Makes sure that a table has a column.
    ///
    /// # Errors
    /// If it has none of that name.
    pub(super) fn column(&self, table: &str, column: &str) -> Result<(), StoreError> {
        let columns = self.columns(table)?;
        if columns.iter().any(|known| known.name == column) {
            return Ok(());
        }
        Err(StoreError::Unexpected(format!(
            "{table} has no column {column}: a catalogue declares it, so a migration must add it"
        )))
    }

    /// The columns of a table, if there is one.
    pub(super) fn find(&self, table: &str) -> Option<&[Column]> {
        self.0.get(table).map(Vec::as_slice)
    }

    /// Whether a column of a table is generated.
    pub(super) fn is_generated(&self, table: &str, column: &str) -> bool {
        let mut columns = self.find(table).unwrap_or_default().iter();
        columns.any(|known| known.name == column && known.is_generated)
    }
}
