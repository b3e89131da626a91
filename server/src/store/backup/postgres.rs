//! PostgreSQL: an archive by `pg_dump`, restored by `pg_restore`.

use std::path::Path;

use super::{
    Backup, BackupError, Contents, Database, Purpose, Restored, Store, Watch, occupied, programs,
    read, refused,
};
use crate::store::{
    contents::{LEFT_OUT, TABLES, names},
    database::{Transaction, Way},
};

/// Where the old tables are until the restored ones are complete.
const ASIDE: &str = "hearth_replaced";

/// Writes an archive, and reads what is in it from the same snapshot.
pub(super) async fn dump(
    database: &Database,
    url: &str,
    to: &Path,
    watch: Watch<'_>,
) -> Result<Contents, BackupError> {
    direct(database)?;
    let mut snapshot = database.begin(Purpose::Read).await?;
    let exported = snapshot
        .target()
        .fetch_fixed("SELECT pg_export_snapshot()", "")
        .await?;
    let Some(exported) = exported.first() else {
        return refused("PostgreSQL exported no snapshot");
    };
    let mut command = programs::command("pg_dump", url)?;
    command
        .arg(programs::named(&programs::database_of(url)?))
        .arg(format!("--snapshot={}", exported.get::<String>(0)?))
        .arg("--format=custom")
        .args(["--no-owner", "--no-privileges"])
        .args([
            "--exclude-table-data=nodes",
            "--exclude-table-data=sessions",
        ])
        .arg(format!("--exclude-schema={ASIDE}"))
        // A migration that runs holds its tables.
        .arg("--lock-wait-timeout=30s")
        .arg("--file")
        .arg(to);
    programs::run(command, "pg_dump", Some(to), watch).await?;
    Ok(Contents::read(&mut snapshot, watch).await?)
}

/// A snapshot and advisory settings belong to a session, which a pooler does not have.
fn direct(database: &Database) -> Result<(), BackupError> {
    match database {
        Database::Postgres(_, _, Way::Pooler, _) => refused(
            "DATABASE_URL leads to a pooler: name PostgreSQL itself, as pg_dump and pg_restore need a session",
        ),
        _ => Ok(()),
    }
}

/// Restores an archive in one transaction. What is replaced stays aside until it is complete.
pub(super) async fn restore(
    backup: &Backup,
    url: &str,
    replace: bool,
    watch: Watch<'_>,
) -> Result<Restored, BackupError> {
    let database = Database::connect(url).await?;
    direct(&database)?;
    let found = match is_hearths(&database).await? {
        true => occupied(&database).await?,
        false => None,
    };
    if let Some(found) = found.as_ref().filter(|_| !replace) {
        return refused(format!(
            "the database is not empty ({found}): name another one in DATABASE_URL, or replace it with --replace"
        ));
    }
    let nodes = living(&database).await?;
    if nodes > 0 {
        return refused(format!(
            "{nodes} of the database's nodes are running: stop them first, as they serve answers that the restored \
             database does not have"
        ));
    }
    put_aside(&database).await?;
    match fill(backup, url, &database, watch).await {
        Ok((contents, is_compared)) => {
            drop_aside(&database).await?;
            Store::over(database.clone()).analyze().await?;
            database.close().await;
            Ok(Restored {
                contents,
                is_compared,
                replaced: found,
            })
        }
        Err(error) => match put_back(&database).await {
            Ok(()) => Err(error),
            Err(other) => refused(format!(
                "{error}; and what was there before is still in the schema {ASIDE}, as it could not be put back: {other}"
            )),
        },
    }
}

/// How many nodes follow the database now.
async fn living(database: &Database) -> Result<usize, BackupError> {
    let mut snapshot = database.begin(Purpose::Read).await?;
    if !names(&mut snapshot).await?.contains("nodes") {
        return Ok(0);
    }
    drop(snapshot);
    Ok(Store::over(database.clone()).living().await?.len())
}

/// Whether the database has tables, and all of them are Hearth's.
async fn is_hearths(database: &Database) -> Result<bool, BackupError> {
    let mut snapshot = database.begin(Purpose::Read).await?;
    let schemas = snapshot
        .target()
        .fetch_fixed(
            "SELECT nspname::text FROM pg_namespace WHERE nspname = 'hearth_replaced'",
            "",
        )
        .await?;
    if !schemas.is_empty() {
        return refused(format!(
            "the schema {ASIDE} exists: an earlier restore was interrupted, and the tables that it was to replace are \
             there. Move them back, or drop it: DROP SCHEMA {ASIDE} CASCADE"
        ));
    }
    let names = names(&mut snapshot).await?;
    let is_known = |name: &&String| {
        TABLES.iter().any(|table| table.name == **name)
            || LEFT_OUT.iter().any(|(left_out, _)| left_out == name)
    };
    match names.iter().find(|name| !is_known(name)) {
        Some(other) => refused(format!(
            "the database has a table {other}, which this version of hearth does not know: name another database in \
             DATABASE_URL"
        )),
        None => Ok(!names.is_empty()),
    }
}

async fn fill(
    backup: &Backup,
    url: &str,
    database: &Database,
    watch: Watch<'_>,
) -> Result<(Contents, bool), BackupError> {
    let mut command = programs::command("pg_restore", url)?;
    command
        .arg(programs::named(&programs::database_of(url)?))
        .args(["--single-transaction", "--exit-on-error"])
        .args(["--no-owner", "--no-privileges"])
        .arg(&backup.file);
    programs::run(command, "pg_restore", None, watch).await?;
    let mut transaction = database.begin(Purpose::Write).await?;
    transaction
        .target()
        .run(
            "UPDATE revision_counter SET taken_by = NULL; DELETE FROM nodes; DELETE FROM sessions",
            "",
        )
        .await?;
    transaction.commit().await?;
    let contents = read(database, watch).await?;
    let is_compared = backup.compare(&contents)?;
    Ok((contents, is_compared))
}

/// Hearth's tables and functions in a schema, as commands that move them into another one.
/// (Indexes, triggers and sequences go with their tables.)
const MOVES: &str = "
    SELECT format('ALTER TABLE %I.%I SET SCHEMA %I', nspname, relname, other.name)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace, other
    WHERE nspname = other.origin AND relkind IN ('r', 'p')
    UNION ALL
    SELECT format('ALTER ROUTINE %s SET SCHEMA %I', pg_proc.oid::regprocedure, other.name)
    FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace, other
    WHERE nspname = other.origin AND proname LIKE 'hearth~_%' ESCAPE '~'";

async fn put_aside(database: &Database) -> Result<(), BackupError> {
    let mut transaction = database.begin(Purpose::Write).await?;
    transaction
        .target()
        .run("CREATE SCHEMA hearth_replaced", "")
        .await?;
    move_all(&mut transaction, "current_schema()", "'hearth_replaced'").await?;
    Ok(transaction.commit().await?)
}

/// After a failure: removes what was restored, if anything was, and puts the old tables back.
async fn put_back(database: &Database) -> Result<(), BackupError> {
    let mut transaction = database.begin(Purpose::Write).await?;
    let mut target = transaction.target();
    target.run("CREATE SCHEMA hearth_failed", "").await?;
    move_all(&mut transaction, "current_schema()", "'hearth_failed'").await?;
    move_all(&mut transaction, "'hearth_replaced'", "current_schema()").await?;
    transaction
        .target()
        .run(
            "DROP SCHEMA hearth_failed CASCADE; DROP SCHEMA hearth_replaced",
            "",
        )
        .await?;
    Ok(transaction.commit().await?)
}

async fn drop_aside(database: &Database) -> Result<(), BackupError> {
    let mut transaction = database.begin(Purpose::Write).await?;
    transaction
        .target()
        .run("DROP SCHEMA hearth_replaced CASCADE", "")
        .await?;
    Ok(transaction.commit().await?)
}

/// Moves everything of Hearth's from one schema to another. Both are SQL.
async fn move_all(transaction: &mut Transaction, from: &str, to: &str) -> Result<(), BackupError> {
    let moves = format!(
        "DO $$ DECLARE command text; BEGIN \
         FOR command IN WITH other AS (SELECT {from}::text AS origin, {to}::text AS name) {MOVES} \
         LOOP EXECUTE command; END LOOP; END $$"
    );
    Ok(transaction.target().run_generated(moves).await?)
}
