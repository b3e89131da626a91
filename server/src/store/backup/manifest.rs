//! What a backup should contain, written beside it.

use std::{
    fmt, fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    time::SystemTime,
};

use serde::{Deserialize, Serialize};

use super::{
    BackupError, Watch,
    file::{Partial, hash, with_suffix},
    refused,
};
use crate::store::{Contents, Database, StoreError};

/// Which of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Product {
    /// SQLite.
    #[serde(rename = "SQLite")]
    Sqlite,
    /// PostgreSQL.
    #[serde(rename = "PostgreSQL")]
    Postgres,
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

impl Product {
    pub(super) fn of(database: &Database) -> Self {
        match database {
            Database::Sqlite(..) => Self::Sqlite,
            Database::Postgres(..) => Self::Postgres,
        }
    }

    /// The database that a URL leads to.
    pub(super) fn of_url(url: &str) -> Result<Self, BackupError> {
        if url.starts_with("sqlite:") {
            return Ok(Self::Sqlite);
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres);
        }
        Err(StoreError::Address.into())
    }

    /// The database that a file is a backup of, by its first bytes.
    pub(super) fn of_file(file: &Path) -> Result<Self, BackupError> {
        let failed = |error| BackupError::File("read", file.to_owned(), error);
        let mut first = Vec::new();
        let opened = fs::File::open(file).map_err(failed)?;
        opened.take(16).read_to_end(&mut first).map_err(failed)?;
        if first == b"SQLite format 3\0" {
            return Ok(Self::Sqlite);
        }
        if first.starts_with(b"PGDMP") {
            return Ok(Self::Postgres);
        }
        let file = file.display();
        refused(format!(
            "{file} is no backup, or damaged: it begins neither as SQLite's files do nor as pg_dump's"
        ))
    }
}

/// What a backup should contain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The database that it is of.
    pub product: Product,
    /// The version of hearth that made it.
    pub hearth: String,
    /// When it was made, in UTC.
    pub made: String,
    /// The size of the file in bytes.
    pub size: u64,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// What the database contained.
    pub contents: Contents,
}

/// Where the manifest of a backup is.
pub(super) fn path(file: &Path) -> PathBuf {
    with_suffix(file, ".json")
}

impl Manifest {
    pub(super) async fn of(
        product: Product,
        file: &Path,
        contents: Contents,
        watch: Watch<'_>,
    ) -> Result<Self, BackupError> {
        let (size, sha256) = hash(file, watch).await?;
        Ok(Self {
            product,
            hearth: env!("CARGO_PKG_VERSION").to_owned(),
            made: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
            size,
            sha256,
            contents,
        })
    }

    pub(super) fn write(&self, file: &Path) -> Result<(), BackupError> {
        let path = path(file);
        let partial = Partial::beside(&path)?;
        let failed = |error| BackupError::File("write", path.clone(), error);
        let json = serde_json::to_vec_pretty(self).map_err(|error| failed(error.into()))?;
        let mut opened = fs::File::create(partial.path()).map_err(failed)?;
        opened.write_all(&json).map_err(failed)?;
        opened.write_all(b"\n").map_err(failed)?;
        partial.rename(&path)
    }

    /// The manifest of a backup, if there is one.
    pub(super) fn read(file: &Path) -> Result<Option<Self>, BackupError> {
        let path = path(file);
        if !path.exists() {
            return Ok(None);
        }
        let failed = |error| BackupError::File("read", path.clone(), error);
        let json = fs::read(&path).map_err(failed)?;
        let manifest = serde_json::from_slice(&json).map_err(|error| failed(error.into()))?;
        Ok(Some(manifest))
    }

    /// Whether the file is the one that this was written for.
    pub(super) async fn check(
        &self,
        file: &Path,
        product: Product,
        watch: Watch<'_>,
    ) -> Result<(), BackupError> {
        let (size, sha256) = hash(file, watch).await?;
        if (product, size, &sha256) == (self.product, self.size, &self.sha256) {
            return Ok(());
        }
        refused(format!(
            "{} is damaged, or not the file that its manifest describes: {product}, {size} bytes with the \
             SHA-256 {sha256:.16}…, instead of {}, {} bytes with {:.16}…",
            file.display(),
            self.product,
            self.size,
            self.sha256
        ))
    }
}
