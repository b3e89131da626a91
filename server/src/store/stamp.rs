//! The stamp that the database is at: its revision counter.

use cache::Stamp;
use sea_query::Query;

use super::{
    Database, Purpose, Store, StoreError,
    database::{Record, Transaction},
};

impl Store {
    /// Forgets which transaction took the last revision, if that has a number that this cluster of
    /// PostgreSQL has not issued: the database was restored by `pg_restore` from another one. The
    /// transaction that gets this number would commit under the old revision and its tag, and no
    /// node would notice. (A number under which something was committed is never issued again.)
    pub(super) async fn forget_foreign_transaction(&self) -> Result<(), StoreError> {
        if matches!(self.database, Database::Sqlite(..)) {
            return Ok(());
        }
        let mut transaction = self.database.begin(Purpose::Write).await?;
        let forget = "UPDATE revision_counter SET taken_by = NULL \
                      WHERE taken_by >= pg_snapshot_xmax(pg_current_snapshot())";
        transaction.target().run(forget, "").await?;
        transaction.commit().await
    }

    /// A transaction that reads, and the stamp of its snapshot.
    pub(crate) async fn snapshot(&self) -> Result<(Transaction, Stamp), StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        // The first statement of a transaction fixes its snapshot.
        let stamp = stamp(&mut snapshot).await?;
        Ok((snapshot, stamp))
    }
}

/// The stamp in the first two columns of a record: revision and tag.
pub(super) fn read_stamp(record: &Record) -> Result<Stamp, StoreError> {
    let revision = record.get::<i64>(0)?;
    let revision = u64::try_from(revision)
        .map_err(|_| StoreError::Unexpected(format!("revision {revision}")))?;
    // All 64 bits of the tag matter; its sign means nothing.
    Ok(Stamp {
        revision,
        tag: record.get::<i64>(1)?.cast_unsigned(),
    })
}

/// The stamp of a snapshot.
pub(crate) async fn stamp(snapshot: &mut Transaction) -> Result<Stamp, StoreError> {
    let counter = Query::select()
        .columns(["revision", "tag"])
        .from("revision_counter")
        .to_owned();
    let record = snapshot.target().fetch_optional(&counter).await?;
    let record = record.ok_or_else(|| StoreError::Unexpected("no revision counter".to_owned()))?;
    read_stamp(&record)
}
