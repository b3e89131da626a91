//! The database: whether it can be reached, its schema, its triggers, its log.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Check, clock, fleet,
    unreadable::{or_unreadable, unreachable},
};
use crate::{
    config::Config,
    store::{Store, StoreError, sqlite_file},
};

/// The oldest PostgreSQL that the migrations run on: it has `gen_random_uuid()` and `xid8`.
const OLDEST_POSTGRES: u32 = 13;

/// All checks of the database; only the first if it cannot be reached.
pub(super) async fn checks(config: &Config) -> Vec<Check> {
    let mut check = Check::new("database");
    let shown = config.storage.database_url.masked();
    let url = config.storage.database_url.expose();
    // To connect would create it.
    if let Some(file) = sqlite_file(url).filter(|file| !file.exists()) {
        check.fail(
            format!("there is no database at {}", file.display()),
            "`hearth serve` makes one; or mend DATABASE_URL",
        );
        return vec![check];
    }
    let store = match Store::connect(url).await {
        Ok(store) => Arc::new(store),
        Err(error) => {
            let (what, remedy) = unreachable(&error);
            check.fail(format!("{shown}: {what}"), remedy);
            return vec![check];
        }
    };
    match store.version().await {
        Ok(version) => {
            let product = store.database().product();
            check.sees(format!("{product} {version}, {shown}"));
            let major = version
                .split('.')
                .next()
                .and_then(|major| major.parse().ok());
            if store.file().is_none() && major.is_some_and(|major: u32| major < OLDEST_POSTGRES) {
                check.fail(
                    format!("PostgreSQL {version} is too old"),
                    format!("upgrade it to {OLDEST_POSTGRES} or later"),
                );
            }
        }
        Err(error) => {
            let (what, remedy) = unreachable(&error);
            check.fail(what, remedy);
            return vec![check];
        }
    }
    if let Ok(true) = store.may_lose_commits().await {
        check.fail(
            "synchronous_commit is off: a crash of PostgreSQL loses edits that were acknowledged",
            "set it to on, at least for this database: ALTER DATABASE … SET synchronous_commit = on; then restart \
             all nodes",
        );
    }
    let schema = schema(&store).await;
    let mut checks = vec![check];
    let is_complete = schema.as_ref().is_ok_and(|check| check.findings.is_empty());
    checks.push(or_unreadable(schema, "schema"));
    if is_complete {
        checks.push(or_unreadable(triggers(&store).await, "triggers"));
        checks.push(or_unreadable(log(&store).await, "change log"));
        checks.extend(fleet::checks(&store).await);
    }
    checks.push(or_unreadable(clock::check(&store).await, "clock"));
    checks
}

async fn schema(store: &Store) -> Result<Check, StoreError> {
    let mut check = Check::new("schema");
    let schema = store.schema().await?;
    let listed = |versions: &[i64]| {
        let versions: Vec<String> = versions.iter().map(i64::to_string).collect();
        versions.join(", ")
    };
    if !schema.exists {
        check.fail(
            "the database has no schema yet",
            "`hearth migrate`, or `hearth serve`",
        );
        return Ok(check);
    }
    if !schema.missing.is_empty() {
        let missing = listed(&schema.missing);
        check.fail(
            format!("migrations have not run: {missing}"),
            "`hearth migrate`",
        );
    }
    if !schema.unfinished.is_empty() {
        check.fail(
            format!(
                "migrations have begun but not ended: {}",
                listed(&schema.unfinished)
            ),
            "restore the backup that was made before the upgrade, and look at the database's log",
        );
    }
    if !schema.changed.is_empty() {
        check.fail(
            format!(
                "migrations differ from those of this binary: {}",
                listed(&schema.changed)
            ),
            "run a released binary: somebody has edited a migration after it ran",
        );
    }
    if !schema.unknown.is_empty() {
        check.warn(
            format!(
                "a newer version has run migrations: {}",
                listed(&schema.unknown)
            ),
            "finish the upgrade: run that version on every node",
        );
    }
    if check.findings.is_empty() {
        check.sees("up to date");
    }
    Ok(check)
}

async fn triggers(store: &Store) -> Result<Check, StoreError> {
    let mut check = Check::new("triggers");
    let (expected, there) = (store.triggers_expected().await?, store.triggers().await?);
    let foreign = store.foreign_triggers().await?;
    let remedy = "edits are no longer logged, and answers from before them are served: enable it, \
                  or let `hearth migrate` create it, then restart all nodes";
    for trigger in &expected {
        let (name, table) = (&trigger.name, &trigger.table);
        match there.get(trigger) {
            None => check.fail(format!("the trigger {name} on {table} is missing"), remedy),
            Some(false) => check.fail(
                format!("the trigger {name} on {table} does not always fire"),
                format!("ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}; then restart all nodes, as edits may be missing from the log"),
            ),
            Some(true) if foreign.contains(name) => check.fail(
                format!("the trigger {name} on {table} is not the one that this version makes"),
                "`hearth migrate` creates it anew; then restart all nodes, as edits may be missing from the log",
            ),
            Some(true) => {}
        }
    }
    let there: BTreeSet<_> = there.into_keys().collect();
    check.sees(format!(
        "{} of {}",
        expected.intersection(&there).count(),
        expected.len()
    ));
    Ok(check)
}

async fn log(store: &Store) -> Result<Check, StoreError> {
    let mut check = Check::new("change log");
    let (counter, newest) = store.log_ends().await?;
    let revision = counter.revision;
    check.sees(format!("at revision {revision}"));
    let remedy =
        "stop all nodes and restore the last backup; never edit revision_counter or change_log";
    match newest {
        Some(newest) if newest.revision > revision => check.fail(
            format!(
                "the log has revision {}, but the counter is at {revision}: revisions would repeat",
                newest.revision
            ),
            remedy,
        ),
        Some(newest) if newest.revision < revision => check.fail(
            format!(
                "the log ends at revision {}, before the counter's {revision}",
                newest.revision
            ),
            remedy,
        ),
        Some(newest) if newest.tag != counter.tag => check.fail(
            format!("revision {revision} has one tag in the log and another in the counter"),
            remedy,
        ),
        None => check.fail("the log is empty", remedy),
        Some(_) => {}
    }
    Ok(check)
}
