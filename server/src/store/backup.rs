//! Backups: made while nodes serve, checked, and restored.
//!
//! A backup is one file, SQLite's own or an archive of `pg_dump`, and beside it a manifest
//! (`FILE.json`) with its hash, its revision and tag, and the rows of each table with a hash. The
//! manifest is read in the snapshot that the file is made from, or from the file itself, so what is
//! restored can be compared with it, row by row.
//!
//! # The lost future
//!
//! What was committed after the backup is lost, but Redis, other nodes' memory and browsers still
//! have answers from then. Their stamps name revisions that the restored database does not have
//! yet. When it issues those numbers again, it draws new tags, so the log never contains such a
//! stamp, and an answer whose stamp the log does not contain is not valid. Answers from before the
//! backup are right in the restored database too, and stay valid. So the revision and its tag are
//! restored as they were, and nothing is deleted from any tier. What must not be restored:
//!
//! | | because |
//! |---|---|
//! | `revision_counter.taken_by` | it names the transaction that took the revision; another cluster gives that number to another transaction, which would then commit under the old revision and tag |
//! | `nodes` | beats never repeat, and editors would wait for nodes that are gone |
//! | `sessions` | a session that was ended since would be open again |
//!
//! No node may serve the database meanwhile: its lease would cover answers of the lost future.

mod archive;
mod file;
mod manifest;
mod postgres;
mod programs;
mod rehearsal;
mod sqlite;
mod temporary;

use std::{
    io,
    path::{Path, PathBuf},
};

pub use self::{
    manifest::{Manifest, Product},
    temporary::Temporary,
};
use super::{Contents, Database, Purpose, Store, StoreError, Watch, contents::names, migrate};

/// A backup that is complete, and whose file is as it was made.
#[derive(Debug)]
pub struct Backup {
    /// The file.
    pub file: PathBuf,
    /// What it should contain. `None` if the manifest is missing, or another program made the file.
    pub manifest: Option<Manifest>,
    product: Product,
}

/// What a restored database contains.
#[derive(Debug)]
pub struct Restored {
    /// Its contents.
    pub contents: Contents,
    /// Whether they were compared with a manifest. (If they differ, nothing is restored.)
    pub is_compared: bool,
    /// What it contained before.
    pub replaced: Option<String>,
}

/// Why a backup was not made or restored. The text is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database cannot be reached, or refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot be read or written.
    #[error("cannot {0} {path}: {2}", path = .1.display())]
    File(&'static str, PathBuf, io::Error),
    /// SQLite refuses a file.
    #[error("SQLite, {path}: {1}", path = .0.display())]
    Sqlite(PathBuf, rusqlite::Error),
    /// Something is not as it must be; the text says what to do.
    #[error("{0}")]
    Refused(String),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

fn refused<T>(why: impl Into<String>) -> Result<T, BackupError> {
    Err(BackupError::Refused(why.into()))
}

impl Backup {
    /// Backs the database up into a file, which must not exist unless `force` says so. Nodes may
    /// serve meanwhile. The schema stays as it is.
    ///
    /// # Errors
    /// If the database cannot be read, or the file not be written.
    pub async fn make(
        url: &str,
        file: &Path,
        force: bool,
        watch: Watch<'_>,
    ) -> Result<Self, BackupError> {
        if !force && (file.exists() || manifest::path(file).exists()) {
            let file = file.display();
            return refused(format!(
                "{file} exists: name another file, or overwrite it with --force"
            ));
        }
        if let Some(folder) = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            && !folder.is_dir()
        {
            return refused(format!(
                "there is no folder {}: create it",
                folder.display()
            ));
        }
        let database = existing(url).await?;
        let partial = file::Partial::beside(file)?;
        let contents = match &database {
            Database::Sqlite(_, options, _) => {
                sqlite::copy_pages(options.get_filename(), partial.path(), watch).await?;
                sqlite::check(partial.path()).await?;
                let copy = Database::file(partial.path()).await?;
                let contents = read(&copy, watch).await?;
                copy.close().await;
                contents
            }
            Database::Postgres(..) => postgres::dump(&database, url, partial.path(), watch).await?,
        };
        let product = Product::of(&database);
        database.close().await;
        let manifest = Manifest::of(product, partial.path(), contents, watch).await?;
        partial.rename(file)?;
        manifest.write(file)?;
        Ok(Self {
            file: file.to_owned(),
            manifest: Some(manifest),
            product,
        })
    }

    /// A backup that was made before. Its file is compared with its manifest.
    ///
    /// # Errors
    /// If it is missing or damaged.
    pub async fn open(file: &Path, watch: Watch<'_>) -> Result<Self, BackupError> {
        let product = Product::of_file(file)?;
        let manifest = Manifest::read(file)?;
        if let Some(manifest) = &manifest {
            manifest.check(file, product, watch).await?;
        }
        match product {
            Product::Sqlite => sqlite::check(file).await?,
            Product::Postgres => archive::check(file).await?,
        }
        Ok(Self {
            file: file.to_owned(),
            manifest,
            product,
        })
    }

    /// The database that it is of.
    pub fn product(&self) -> Product {
        self.product
    }

    /// Restores it into a database that is empty, or which `replace` allows to be replaced. The
    /// schema is the backup's.
    ///
    /// # Errors
    /// If the database is not empty, a node serves it, or what is restored is not what the manifest
    /// says; then it is as it was before.
    pub async fn restore(
        &self,
        url: &str,
        replace: bool,
        watch: Watch<'_>,
    ) -> Result<Restored, BackupError> {
        let newest = migrate::newest();
        let schema = self
            .manifest
            .as_ref()
            .map(|manifest| manifest.contents.schema);
        if let Some(schema) = schema.filter(|schema| *schema > newest) {
            return refused(format!(
                "the backup is of schema {schema}, this build knows {newest}: restore it with the \
                 version of hearth that made it, or a later one"
            ));
        }
        match (self.product, Product::of_url(url)?) {
            (Product::Sqlite, Product::Sqlite) => sqlite::restore(self, url, replace, watch).await,
            (Product::Postgres, Product::Postgres) => {
                postgres::restore(self, url, replace, watch).await
            }
            (of, other) => refused(format!(
                "{} is a backup of {of}, and DATABASE_URL leads to {other}: restore it into {of}, \
                 and move that with hearth copy",
                self.file.display()
            )),
        }
    }

    /// Compares what was restored with the manifest. Returns whether there is one.
    fn compare(&self, found: &Contents) -> Result<bool, BackupError> {
        let Some(manifest) = &self.manifest else {
            return Ok(false);
        };
        let differences = manifest.contents.differences(found, false);
        if differences.is_empty() {
            return Ok(true);
        }
        let differences = differences.join("; ");
        refused(format!(
            "what was restored is not what the backup's manifest says: {differences}"
        ))
    }
}

/// Reads the contents of a database.
async fn read(database: &Database, watch: Watch<'_>) -> Result<Contents, BackupError> {
    let mut snapshot = database.begin(Purpose::Read).await?;
    Ok(Contents::read(&mut snapshot, watch).await?)
}

/// What a database contains, in words; `None` if nothing was ever written to it.
async fn occupied(database: &Database) -> Result<Option<String>, BackupError> {
    let mut snapshot = database.begin(Purpose::Read).await?;
    let names = names(&mut snapshot).await?;
    drop(snapshot);
    if names.is_empty() {
        return Ok(None);
    }
    if !names.contains("revision_counter") {
        return Ok(Some("tables that are not Hearth's".to_owned()));
    }
    Ok(Store::over(database.clone()).occupied().await?)
}

/// Connects to a database that exists, without changing its schema.
async fn existing(url: &str) -> Result<Database, BackupError> {
    if Product::of_url(url)? == Product::Sqlite {
        let file = sqlite::file_of(url)?;
        if !file.is_file() {
            return refused(format!("there is no database {}", file.display()));
        }
    }
    let database = Database::connect(url).await?;
    let mut snapshot = database.begin(Purpose::Read).await?;
    if !names(&mut snapshot).await?.contains("revision_counter") {
        return refused("the database that DATABASE_URL leads to is not one of Hearth's");
    }
    drop(snapshot);
    Ok(database)
}
