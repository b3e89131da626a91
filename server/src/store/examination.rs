//! What `hearth doctor` reads: the database's version, its schema, its triggers, its log.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use cache::Stamp;
use sea_query::{Expr, ExprTrait, Order, Query};

use super::{
    CONNECTIONS, Database, Purpose, Store, StoreError, migrate::migrator, stamp::read_stamp,
    triggers::is_derived,
};

/// The schema of a database, compared with what this build expects.
#[derive(Debug, Default)]
pub(crate) struct Schema {
    /// Whether the database has a schema at all.
    pub(crate) exists: bool,
    /// Migrations that have not run.
    pub(crate) missing: Vec<i64>,
    /// Migrations that have run but are not this build's.
    pub(crate) unknown: Vec<i64>,
    /// Migrations that differ from this build's.
    pub(crate) changed: Vec<i64>,
    /// Migrations that began and did not end.
    pub(crate) unfinished: Vec<i64>,
}

/// A trigger that the schema has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Trigger {
    pub(crate) name: String,
    pub(crate) table: String,
}

/// How many connections the database accepts, of whom.
#[derive(Debug)]
pub(crate) struct Limits {
    /// How many it accepts of this role to this database.
    pub(crate) accepted: i64,
    /// How many one node may open.
    pub(crate) of_a_node: i64,
}

impl Store {
    /// The version of the database's product, such as `15.4`.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(crate) async fn version(&self) -> Result<String, StoreError> {
        let (postgres, sqlite) = ("SHOW server_version", "SELECT sqlite_version()");
        self.one_value(postgres, sqlite).await
    }

    /// Whether a crash of the database server may lose what it has committed: it does not wait until that is
    /// written.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(crate) async fn may_lose_commits(&self) -> Result<bool, StoreError> {
        let (postgres, sqlite) = ("SHOW synchronous_commit", "SELECT 'on'");
        Ok(self.one_value(postgres, sqlite).await? == "off")
    }

    /// How far the clock of the database is ahead of this one, in milliseconds. SQLite has no clock
    /// of its own.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(crate) async fn clock_ahead(&self) -> Result<i64, StoreError> {
        let Database::Postgres(..) = &self.database else {
            return Ok(0);
        };
        let sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint::text";
        let before = crate::credentials::now_millis();
        let theirs: String = self.one_value(sql, "").await?;
        let after = crate::credentials::now_millis();
        let theirs: i64 = theirs
            .parse()
            .map_err(|_| StoreError::Unexpected(format!("the time {theirs}")))?;
        Ok(theirs - i64::midpoint(before, after))
    }

    /// The schema, compared with this build's migrations.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(crate) async fn schema(&self) -> Result<Schema, StoreError> {
        let exists: String = self
            .one_value(
                "SELECT (to_regclass('_sqlx_migrations') IS NOT NULL)::text",
                "SELECT CASE WHEN EXISTS (SELECT 1 FROM sqlite_master WHERE name = '_sqlx_migrations') \
                 THEN 'true' ELSE 'false' END",
            )
            .await?;
        let mut schema = Schema::default();
        if exists != "true" {
            return Ok(schema);
        }
        schema.exists = true;
        let select = Query::select()
            .columns(["version", "success", "checksum"])
            .from("_sqlx_migrations")
            .to_owned();
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let mut applied = BTreeMap::new();
        for record in snapshot.target().fetch(&select).await? {
            let checksum: Vec<u8> = record.get(2)?;
            applied.insert(record.get::<i64>(0)?, (record.get::<bool>(1)?, checksum));
        }
        let migrator = migrator(&self.database);
        let known: BTreeSet<i64> = migrator.iter().map(|one| one.version).collect();
        for one in migrator.iter() {
            match applied.get(&one.version) {
                None => schema.missing.push(one.version),
                Some((false, _)) => schema.unfinished.push(one.version),
                Some((true, checksum)) if *checksum != *one.checksum => {
                    schema.changed.push(one.version);
                }
                Some(_) => {}
            }
        }
        let unknown = applied.keys().filter(|version| !known.contains(version));
        schema.unknown = unknown.copied().collect();
        Ok(schema)
    }

    /// The triggers that this build derives, and those of its migrations that it does not derive
    /// and that are not dropped again.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(crate) async fn triggers_expected(&self) -> Result<BTreeSet<Trigger>, StoreError> {
        let migrator = migrator(&self.database);
        let mut triggers = BTreeSet::new();
        for migration in migrator.iter() {
            let lines = migration.sql.as_str().lines();
            let code = lines.filter_map(|line| line.split("--").next());
            let words: Vec<&str> = code
                .flat_map(|line| line.split([' ', ';']))
                .filter(|word| !word.is_empty())
                .collect();
            for at in 0..words.len() {
                let (name, after) = match words[at..] {
                    ["CREATE", "TRIGGER", name, ref after @ ..]
                    | ["CREATE", "CONSTRAINT", "TRIGGER", name, ref after @ ..] => (name, after),
                    ["DROP", "TRIGGER", dropped, ..] => {
                        triggers.retain(|trigger: &Trigger| trigger.name != dropped);
                        continue;
                    }
                    _ => continue,
                };
                let table = after.windows(2).find(|pair| pair[0] == "ON");
                triggers.insert(Trigger {
                    name: name.to_owned(),
                    table: table.map(|pair| pair[1].to_owned()).unwrap_or_default(),
                });
            }
        }
        triggers.retain(|trigger| !is_derived(&trigger.name, &trigger.table));
        let derived = self.derived_triggers().await?.into_iter();
        triggers.extend(derived.map(|derived| Trigger {
            name: derived.name,
            table: derived.table,
        }));
        Ok(triggers)
    }

    /// The triggers that the database has, and whether each always fires: for every session, also a
    /// replica's.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(crate) async fn triggers(&self) -> Result<BTreeMap<Trigger, bool>, StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let records = snapshot
            .target()
            .fetch_fixed(
                "SELECT tgname::text, tgrelid::regclass::text, (tgenabled = 'A')::text \
                 FROM pg_trigger WHERE NOT tgisinternal",
                "SELECT name, tbl_name, 'true' FROM sqlite_master WHERE type = 'trigger'",
            )
            .await?;
        let read = |record: &super::database::Record| {
            let [name, table]: [String; 2] = [record.get(0)?, record.get(1)?];
            Ok((Trigger { name, table }, record.get::<String>(2)? == "true"))
        };
        records.iter().map(read).collect()
    }

    /// The counter, and the newest revision in the log with its tag.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(crate) async fn log_ends(&self) -> Result<(Stamp, Option<Stamp>), StoreError> {
        let (mut snapshot, counter) = self.snapshot().await?;
        let newest = Query::select()
            .columns(["revision", "tag"])
            .from("change_log")
            .and_where(Expr::col("revision").is_not_null())
            .order_by("revision", Order::Desc)
            .limit(1)
            .to_owned();
        let newest = snapshot.target().fetch_optional(&newest).await?;
        Ok((counter, newest.as_ref().map(read_stamp).transpose()?))
    }

    /// How many connections the database accepts; `None` on SQLite, which has none.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(crate) async fn limits(&self) -> Result<Option<Limits>, StoreError> {
        let Database::Postgres(..) = &self.database else {
            return Ok(None);
        };
        let sql = "SELECT least(\
                     current_setting('max_connections')::int \
                       - current_setting('superuser_reserved_connections')::int, \
                     (SELECT CASE WHEN rolconnlimit < 0 OR rolsuper THEN 1000000 ELSE rolconnlimit END \
                      FROM pg_roles WHERE rolname = current_user), \
                     (SELECT CASE WHEN datconnlimit < 0 THEN 1000000 ELSE datconnlimit END \
                      FROM pg_database WHERE datname = current_database()))::text";
        let accepted: String = self.one_value(sql, "").await?;
        let accepted = accepted
            .parse()
            .map_err(|_| StoreError::Unexpected(format!("a limit of {accepted}")))?;
        Ok(Some(Limits {
            accepted,
            // The pool, the follower, and the listener.
            of_a_node: i64::from(CONNECTIONS) + 2,
        }))
    }

    /// The file of SQLite's database.
    pub(crate) fn file(&self) -> Option<&Path> {
        match &self.database {
            Database::Postgres(..) => None,
            Database::Sqlite(_, options, _) => Some(options.get_filename()),
        }
    }

    /// The only value of a fixed query.
    async fn one_value(
        &self,
        postgres: &'static str,
        sqlite: &'static str,
    ) -> Result<String, StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let records = snapshot.target().fetch_fixed(postgres, sqlite).await?;
        let record = records.first();
        let none = || StoreError::Unexpected("no value".to_owned());
        record.ok_or_else(none)?.get(0)
    }
}

/// The file that an address of SQLite names, if it is one.
pub(crate) fn sqlite_file(url: &str) -> Option<PathBuf> {
    use std::str::FromStr;
    if !url.starts_with("sqlite:") {
        return None;
    }
    let options = sqlx::sqlite::SqliteConnectOptions::from_str(url).ok()?;
    Some(options.get_filename().to_owned())
}
