//! The triggers that the server derives: they log edits, count versions, make keys and words, and
//! edit the rows that embed an edited one.
//!
//! What they do follows from the declarations of the catalogues and from the columns that the tables
//! have. So no migration names them: after the migrations have run, the server compares what is
//! there with what it derives, and writes what differs, in one transaction that other nodes wait
//! for. Nothing is written, and no lock taken, when nothing differs.
//!
//! A server on the schema of a newer release leaves everything as the newer one derived it.

pub(super) mod embedding;
mod postgres;
mod sqlite;
mod tables;
mod there;
mod words;

use std::collections::BTreeSet;

use tracing::{debug, info};

use super::{Purpose, Store, StoreError, database::Transaction, migrate};
use tables::Tables;
use there::There;

/// How the names of derived triggers end, after the name of their table. A trigger with such a name
/// that is not derived any more is dropped.
const ENDINGS: &[&str] = &[
    "replaced",
    "inserted",
    "updated",
    "renumbered",
    "deleted",
    "truncated",
    "keyed",
    "keyed_insert",
    "keyed_update",
    "titled_insert",
    "titled_update",
    "versioned",
    "embedded",
    "embedded_insert",
    "embedded_update",
    "embedded_delete",
    "words_inserted",
    "words_updated",
    "words_deleted",
];

/// A trigger as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Derived {
    pub(super) name: String,
    pub(super) table: String,
    /// The statement that creates it, as the database shows it afterwards.
    pub(super) sql: String,
}

/// A function that triggers of PostgreSQL call, as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Function {
    name: String,
    body: String,
}

/// What a database should have.
#[derive(Debug, Default)]
struct Plan {
    functions: Vec<Function>,
    triggers: Vec<Derived>,
}

/// What has to be done for the database to have what it should.
#[derive(Debug, Default)]
struct Differences {
    functions: Vec<Function>,
    /// Triggers to drop: their names and tables.
    dropped: BTreeSet<(String, String)>,
    created: Vec<Derived>,
    /// Catalogues whose words are to be indexed anew.
    words: Vec<&'static catalogue::Catalogue>,
}

impl Differences {
    fn none(&self) -> bool {
        self.functions.is_empty()
            && self.dropped.is_empty()
            && self.created.is_empty()
            && self.words.is_empty()
    }
}

impl Store {
    /// Brings the derived triggers up to date. Several nodes may do so at once.
    pub(super) async fn derive_triggers(&self) -> Result<(), StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        if differences(&mut snapshot).await?.none() {
            debug!("the triggers are those that the declarations ask for");
            return Ok(());
        }
        drop(snapshot);
        let mut transaction = self.database.begin(Purpose::Write).await?;
        migrate::wait_for_others(&mut transaction).await?;
        // A newer release may have migrated the database since this one looked.
        if migrate::is_newer(&mut transaction).await? {
            return Ok(());
        }
        let differences = differences(&mut transaction).await?;
        write(&mut transaction, &differences).await?;
        transaction.commit().await?;
        info!(
            triggers = differences.created.len(),
            words = differences.words.len(),
            "triggers are derived anew"
        );
        Ok(())
    }

    /// The triggers that this build derives for the database.
    pub(super) async fn derived_triggers(&self) -> Result<Vec<Derived>, StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let tables = Tables::read(&mut snapshot).await?;
        Ok(plan(&snapshot, &tables)?.triggers)
    }

    /// The names of the triggers that are there but not as this build derives them.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(crate) async fn foreign_triggers(&self) -> Result<BTreeSet<String>, StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let differences = differences(&mut snapshot).await?;
        Ok(differences
            .dropped
            .into_iter()
            .map(|(name, _)| name)
            .collect())
    }
}

/// Whether a trigger of that name on that table is one that a server derives.
pub(super) fn is_derived(name: &str, table: &str) -> bool {
    let rest = name.strip_prefix(table);
    let ending = rest.and_then(|rest| rest.strip_prefix('_'));
    ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

fn plan(transaction: &Transaction, tables: &Tables) -> Result<Plan, StoreError> {
    match transaction {
        Transaction::Postgres(..) => postgres::plan(tables),
        Transaction::Sqlite(_) => sqlite::plan(tables),
    }
}

/// Compares what the database has with what it should have.
async fn differences(transaction: &mut Transaction) -> Result<Differences, StoreError> {
    let tables = Tables::read(transaction).await?;
    let plan = plan(transaction, &tables)?;
    let there = There::read(transaction).await?;
    let mut differences = Differences {
        words: words::missing(transaction, &tables).await?,
        ..Differences::default()
    };
    for function in plan.functions {
        if there.functions.get(&function.name) != Some(&function.body) {
            differences.functions.push(function);
        }
    }
    let mut right = BTreeSet::new();
    for derived in plan.triggers {
        let key = (derived.name.clone(), derived.table.clone());
        if there.triggers.get(&key) == Some(&derived.sql) {
            right.insert(key);
        } else {
            differences.created.push(derived);
        }
    }
    let known = embedding::tables();
    let stale = there.triggers.into_keys().filter(|key| {
        let (name, table) = key;
        known.contains(&**table) && is_derived(name, table) && !right.contains(key)
    });
    differences.dropped.extend(stale);
    Ok(differences)
}

async fn write(transaction: &mut Transaction, differences: &Differences) -> Result<(), StoreError> {
    let on_postgres = matches!(transaction, Transaction::Postgres(..));
    for function in &differences.functions {
        let Function { name, body } = function;
        let create = format!(
            "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        );
        transaction.target().run_generated(create).await?;
    }
    for (name, table) in &differences.dropped {
        let on = if on_postgres {
            format!(" ON {table}")
        } else {
            String::new()
        };
        let drop = format!("DROP TRIGGER {name}{on}");
        transaction.target().run_generated(drop).await?;
    }
    for catalogue in &differences.words {
        words::index(transaction, catalogue).await?;
    }
    for Derived { name, table, sql } in &differences.created {
        let mut create = sql.clone();
        if on_postgres {
            // So that no session escapes it.
            create += &format!("; ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}");
        }
        transaction.target().run_generated(create).await?;
    }
    Ok(())
}
