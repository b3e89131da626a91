//! Edits of a database that exists only for a drill.

use crate::store::{Purpose, Store, StoreError};

impl Store {
    /// The lowest and the highest id of a home, if there are any.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn homes(&self) -> Result<Option<(i64, i64)>, StoreError> {
        let mut snapshot = self.database().begin(Purpose::Read).await?;
        let ids = "SELECT min(id), max(id) FROM properties";
        let records = snapshot.target().fetch_fixed(ids, ids).await?;
        let Some(record) = records.first() else {
            return Ok(None);
        };
        let (first, last): (Option<i64>, Option<i64>) = (record.get(0)?, record.get(1)?);
        Ok(first.zip(last))
    }

    /// Edits a home, as any program could.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn rehearse_edit(&self, home: i64) -> Result<(), StoreError> {
        let mut transaction = self.database().begin(Purpose::Write).await?;
        let edit = format!("UPDATE properties SET title = title || ' (drill)' WHERE id = {home}");
        transaction.target().run_generated(edit).await?;
        transaction.commit().await
    }
}
