//! What a database contains: its stamp, and the rows of each table with a hash.
//!
//! Two databases with equal contents answer everything alike, also if one is PostgreSQL and the
//! other SQLite: values are hashed in a form that both give alike. What follows from other columns
//! or belongs to the running fleet is no part of it ([`LEFT_OUT`]). The columns are those that the
//! database has, so that a backup of an earlier schema can be compared too.

mod digest;
mod rows;
mod tables;

use std::collections::BTreeMap;

use cache::Stamp;
use serde::{Deserialize, Serialize};

pub use self::tables::LEFT_OUT;
use self::{digest::Digest, tables::is_lasting};
pub(super) use self::{
    rows::{Batches, columns, insertion},
    tables::{TABLES, Table, names, present},
};
use super::{StoreError, database::Transaction, stamp::stamp};

/// How far something long has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, such as "copying properties".
    pub doing: String,
    /// How much of it is done, in its own unit.
    pub done: u64,
    /// How much there is; 0 if that is not known.
    pub of: u64,
}

/// Whoever wants to know how far it has come.
pub type Watch<'w> = &'w (dyn Fn(Progress) + Send + Sync);

/// What a database contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The number of the last migration that has run.
    pub schema: i64,
    /// The revision that it is at.
    pub revision: u64,
    /// The tag of that revision, in hexadecimal.
    pub tag: String,
    /// The tables by their names.
    pub tables: BTreeMap<String, Held>,
}

/// What a table contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// How many rows.
    pub rows: u64,
    /// A hash of their values, in hexadecimal.
    pub hash: String,
}

impl Contents {
    /// Reads all of it in one snapshot.
    pub(super) async fn read(
        snapshot: &mut Transaction,
        watch: Watch<'_>,
    ) -> Result<Self, StoreError> {
        let Stamp { revision, tag } = stamp(snapshot).await?;
        let mut tables = BTreeMap::new();
        for table in present(snapshot).await? {
            tables.insert(table.name.to_owned(), held(snapshot, table, watch).await?);
        }
        Ok(Self {
            schema: schema(snapshot).await?,
            revision,
            tag: format!("{tag:016x}"),
            tables,
        })
    }

    /// Where two contents differ, in words; `self` is what there should be. Sessions are not
    /// compared unless `sessions` says so: restoring ends them.
    pub fn differences(&self, found: &Self, sessions: bool) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, expected: String, found: String| {
            if expected != found {
                differences.push(format!("{what}: {found} instead of {expected}"));
            }
        };
        let of = |n: u64| n.to_string();
        compare("schema", self.schema.to_string(), found.schema.to_string());
        compare("revision", of(self.revision), of(found.revision));
        compare("tag", self.tag.clone(), found.tag.clone());
        let names: Vec<&String> = self.tables.keys().chain(found.tables.keys()).collect();
        for name in names {
            if !sessions && !is_lasting(name) {
                continue;
            }
            let text = |table: Option<&Held>| match table {
                Some(held) => format!("{} rows with the hash {:.16}", held.rows, held.hash),
                None => "no table".to_owned(),
            };
            let (expected, found) = (self.tables.get(name), found.tables.get(name));
            compare(name, text(expected), text(found));
        }
        differences.dedup();
        differences
    }

    /// How many rows it has, in all tables.
    pub fn rows(&self) -> u64 {
        self.tables.values().map(|held| held.rows).sum()
    }
}

/// The number of the last migration that has run.
pub(super) async fn schema(snapshot: &mut Transaction) -> Result<i64, StoreError> {
    let last = "SELECT max(version) FROM _sqlx_migrations";
    let records = snapshot.target().fetch_fixed(last, last).await?;
    let last = records.first().map(|record| record.get::<Option<i64>>(0));
    last.transpose()?
        .flatten()
        .ok_or_else(|| StoreError::Unexpected("no migration has run".to_owned()))
}

async fn held(
    snapshot: &mut Transaction,
    table: &'static Table,
    watch: Watch<'_>,
) -> Result<Held, StoreError> {
    let columns = columns(snapshot, table).await?;
    let mut batches = Batches::of(snapshot, table, &columns).await?;
    let mut digest = Digest::default();
    let mut rows = 0;
    while let Some(batch) = batches.next(snapshot).await? {
        for row in &batch {
            digest.add(row);
        }
        rows += batch.len() as u64;
        watch(Progress {
            doing: format!("reading {}", table.name),
            done: rows,
            of: batches.rows,
        });
    }
    Ok(Held {
        rows,
        hash: digest.to_string(),
    })
}
