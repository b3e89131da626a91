//! A database for the length of a drill.

use std::{path::Path, str::FromStr as _};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, postgres::PgConnectOptions};
use tempfile::TempDir;
use tracing::warn;
use url::Url;

use super::{BackupError, Product, programs, refused};
use crate::credentials::random_secret;

/// A new database beside another one, which must be [dropped](Self::remove).
pub struct Temporary {
    /// Where it is.
    pub url: String,
    place: Place,
}

enum Place {
    /// A folder with a file.
    Sqlite(TempDir),
    /// A database of a server, and the URL to create and drop it by.
    Postgres { name: String, beside: String },
}

impl Temporary {
    /// A new, empty database of a product: a file in the system's folder for temporary files, or a
    /// database on the server that `beside` leads to.
    ///
    /// # Errors
    /// If it cannot be created.
    pub async fn new(product: Product, beside: &str) -> Result<Self, BackupError> {
        match (product, Product::of_url(beside)?) {
            (Product::Sqlite, _) => {
                let folder = TempDir::new().map_err(|error| {
                    BackupError::File("create a folder in", std::env::temp_dir(), error)
                })?;
                let url = format!("sqlite://{}", folder.path().join("hearth.db").display());
                Ok(Self {
                    url,
                    place: Place::Sqlite(folder),
                })
            }
            (Product::Postgres, Product::Postgres) => Self::on_server(beside, None).await,
            (Product::Postgres, Product::Sqlite) => {
                refused("a backup of PostgreSQL is tried on a server: name one in DATABASE_URL")
            }
        }
    }

    async fn on_server(beside: &str, template: Option<&str>) -> Result<Self, BackupError> {
        let name = format!("hearth_drill_{}", random_secret().to_lowercase());
        let template = template.map(|of| format!(" TEMPLATE {of}"));
        let create = format!("CREATE DATABASE {name}{}", template.unwrap_or_default());
        let created = run(beside, create).await;
        if let Err(sqlx::Error::Database(error)) = &created
            && error.code().as_deref() == Some("42501")
        {
            let options = PgConnectOptions::from_str(beside)?;
            return refused(format!(
                "the role {0} may not create databases, and the drill needs one for a moment: \
                 ALTER ROLE {0} CREATEDB, or run it with another role in DATABASE_URL",
                options.get_username()
            ));
        }
        created?;
        Ok(Self {
            url: with_database(beside, &name)?,
            place: Place::Postgres {
                name,
                beside: beside.to_owned(),
            },
        })
    }

    /// Another one with the same contents. Nobody may be connected to this one.
    ///
    /// # Errors
    /// If it cannot be created.
    pub async fn duplicate(&self) -> Result<Self, BackupError> {
        match &self.place {
            Place::Postgres { name, beside } => Self::on_server(beside, Some(name)).await,
            Place::Sqlite(folder) => {
                let other = Self::new(Product::Sqlite, &self.url).await?;
                let (from, to) = (
                    folder.path().join("hearth.db"),
                    super::sqlite::file_of(&other.url)?,
                );
                copy(&from, &to)?;
                Ok(other)
            }
        }
    }

    /// Removes it.
    pub async fn remove(self) {
        if let Place::Postgres { name, beside } = &self.place {
            let dropped = run(beside, format!("DROP DATABASE {name} WITH (FORCE)")).await;
            if let Err(error) = dropped {
                warn!(%error, name, "cannot drop the drill's database: drop it by hand");
            }
        }
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    std::fs::copy(from, to)
        .map(drop)
        .map_err(|error| BackupError::File("write", to.to_owned(), error))
}

/// Runs a statement that no transaction can contain. Its text has nothing from outside.
async fn run(url: &str, sql: String) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await?;
    connection.close().await
}

/// A URL that leads to another database of the same server.
fn with_database(url: &str, name: &str) -> Result<String, BackupError> {
    let parsed = Url::parse(url);
    let Ok(mut parsed) = parsed else {
        return refused("DATABASE_URL cannot be parsed");
    };
    let others: Vec<(String, String)> = parsed
        .query_pairs()
        .filter(|(key, _)| key != "dbname")
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    parsed.set_path(name);
    parsed.set_query(None);
    if !others.is_empty() {
        parsed.query_pairs_mut().extend_pairs(others);
    }
    let url = parsed.to_string();
    debug_assert_eq!(programs::database_of(&url).ok().as_deref(), Some(name));
    Ok(url)
}
