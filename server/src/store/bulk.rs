//! Filling the tables with many rows at once.

use super::{
    Store, StoreError,
    database::{Target, Transaction},
    triggers::embedding,
};

/// What was dropped from the tables while they are filled, because its work is done faster at the
/// end than row by row. The SQL recreates it.
pub(super) struct Dropped(Vec<String>);

impl Dropped {
    /// Drops the indexes of the catalogues, and on SQLite all triggers, inside the transaction.
    pub(super) async fn from(transaction: &mut Transaction) -> Result<Self, StoreError> {
        let mut target = transaction.target();
        target
            .run("SET LOCAL maintenance_work_mem = '256MB'", "")
            .await?;
        let parts = target
            .fetch_fixed(
                "SELECT indrelid::regclass::text, 'index',
                   format('DROP INDEX %s', indexrelid::regclass),
                   pg_get_indexdef(indexrelid) || coalesce((
                     SELECT string_agg(format('; ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s',
                       indexrelid::regclass, attnum, attstattarget), '')
                     FROM pg_attribute WHERE attrelid = indexrelid AND attstattarget >= 0), '')
                 FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
                 WHERE relnamespace = current_schema()::regnamespace AND NOT indisunique",
                "SELECT tbl_name, type, format('DROP %s \"%w\"', type, name), sql FROM sqlite_master
                 WHERE type = 'trigger' OR type = 'index' AND sql IS NOT NULL
                 ORDER BY type",
            )
            .await?;
        let mut dropped = Vec::with_capacity(parts.len());
        for part in &parts {
            let (table, kind): (String, String) = (part.get(0)?, part.get(1)?);
            if kind == "index" && catalogue::edited_by_name(&table).is_none() {
                continue;
            }
            target.run_generated(part.get(2)?).await?;
            dropped.push(part.get(3)?);
        }
        Ok(Self(dropped))
    }

    /// The same, and switches PostgreSQL's triggers off too, so that rows are written as they are
    /// and nothing is logged. Each is switched on again in the mode that it has now.
    pub(super) async fn with_triggers(transaction: &mut Transaction) -> Result<Self, StoreError> {
        let mut dropped = Self::from(transaction).await?;
        let mut target = transaction.target();
        let triggers = target
            .fetch_fixed(
                "SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname),
                   format('ALTER TABLE %s ENABLE %s TRIGGER %I', tgrelid::regclass,
                     CASE tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, tgname)
                 FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
                 WHERE relnamespace = current_schema()::regnamespace
                   AND NOT tgisinternal AND tgenabled <> 'D'",
                "SELECT '', '' WHERE false",
            )
            .await?;
        for trigger in &triggers {
            target.run_generated(trigger.get(0)?).await?;
            dropped.0.push(trigger.get(1)?);
        }
        Ok(dropped)
    }

    /// Creates all of it again. `progress` is told how many parts are done, and of how many.
    pub(super) async fn recreate(
        self,
        transaction: &mut Transaction,
        progress: &(dyn Fn(usize, usize) + Send + Sync),
    ) -> Result<(), StoreError> {
        let of = self.0.len();
        for (done, part) in self.0.into_iter().enumerate() {
            progress(done, of);
            transaction.target().run_generated(part).await?;
        }
        Ok(())
    }
}

impl Store {
    /// Tells the planner what the tables contain now. PostgreSQL also notes which pages are visible
    /// to all transactions: until then no index alone can answer a query.
    pub(super) async fn analyze(&self) -> Result<(), StoreError> {
        let mut connection = self.database.connection("hearth-analyze").await?;
        let mut target = connection.target();
        let analyze = match target {
            Target::Postgres(..) => {
                format!(
                    "VACUUM (ANALYZE) {}, change_log",
                    embedding::in_order().join(", ")
                )
            }
            Target::Sqlite(..) => "ANALYZE".to_owned(),
        };
        target.run_generated(analyze).await?;
        // Otherwise it would be closed some time later, while others open theirs.
        connection.close().await
    }
}
