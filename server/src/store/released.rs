//! The site's files of every release that has run lately.

use std::time::Duration;

use bytes::Bytes;
use sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::{Purpose, Store, StoreError, database::Record, statement::insert};
use crate::credentials::now_millis;

/// How long a release's files are there after the last start of one of its nodes.
const LIFETIME: Duration = Duration::from_hours(90 * 24);

/// A file of a release in one coding.
#[derive(Debug, Clone)]
pub struct Released {
    /// Its path in the site.
    pub path: String,
    /// The coding, as in `Content-Encoding`; empty for the file itself.
    pub coding: String,
    /// The bytes.
    pub bytes: Bytes,
}

impl Store {
    /// Lets the nodes of other releases serve these files too, and drops those that were released
    /// long ago.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn release(&self, files: &[Released]) -> Result<(), StoreError> {
        let now = now_millis();
        let mut files: Vec<&Released> = files.iter().collect();
        // In one order on all nodes, so that they cannot deadlock.
        files.sort_by_key(|file| (&file.path, &file.coding));
        let mut transaction = self.database.begin(Purpose::Write).await?;
        for file in files {
            let row = [
                file.path.as_str().into(),
                file.coding.as_str().into(),
                file.bytes.to_vec().into(),
                now.into(),
            ];
            let mut statement = insert("released_files", ["path", "coding", "bytes", "at"], [row]);
            // The path contains a hash of the content, so it is the same file.
            statement.on_conflict(
                OnConflict::columns(["path", "coding"])
                    .update_column("at")
                    .to_owned(),
            );
            transaction.target().execute(&statement).await?;
        }
        let lifetime = i64::try_from(LIFETIME.as_millis()).unwrap_or(i64::MAX);
        let drop = Query::delete()
            .from_table("released_files")
            .and_where(Expr::col("at").lt(now.saturating_sub(lifetime)))
            .to_owned();
        transaction.target().execute(&drop).await?;
        transaction.commit().await
    }

    /// A file of any release in all its codings; empty if there is none.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn released(&self, path: &str) -> Result<Vec<Released>, StoreError> {
        let select = Query::select()
            .columns(["coding", "bytes"])
            .from("released_files")
            .and_where(Expr::col("path").eq(path))
            .to_owned();
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let records = snapshot.target().fetch(&select).await?;
        let read = |record: &Record| {
            Ok(Released {
                path: path.to_owned(),
                coding: record.get(0)?,
                bytes: record.get::<Vec<u8>>(1)?.into(),
            })
        };
        records.iter().map(read).collect()
    }
}
