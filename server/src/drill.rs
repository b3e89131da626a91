//! A drill: does a backup restore, and is nothing of the lost future served then?
//!
//! The backup is restored into a database of its own, whose contents are compared with the
//! manifest. Then the future is lost on purpose (`lost_future`). The database of the site is only
//! read.

mod lost_future;

use std::{path::Path, time::Instant};

use tempfile::TempDir;

use crate::store::{Backup, BackupError, Contents, Manifest, Product, Store, Temporary, Watch};

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was checked.
    pub what: String,
    /// Whether it is as it must be.
    pub passed: bool,
    /// What was found.
    pub found: String,
}

impl Check {
    fn new(what: impl Into<String>, passed: bool, found: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            passed,
            found: found.into(),
        }
    }
}

/// Tries a backup of the database at `url`: the one in `file`, or one that is made now.
///
/// # Errors
/// If no backup can be made or opened, or there is no place to restore it.
pub async fn run(
    url: &str,
    file: Option<&Path>,
    watch: Watch<'_>,
) -> Result<Vec<Check>, BackupError> {
    let folder = TempDir::new()
        .map_err(|error| BackupError::File("create a folder in", std::env::temp_dir(), error))?;
    let backup = match file {
        Some(file) => Backup::open(file, watch).await?,
        None => Backup::make(url, &folder.path().join("backup"), false, watch).await?,
    };
    let Some(manifest) = &backup.manifest else {
        return Err(BackupError::Refused(format!(
            "{} has no manifest beside it ({0}.json), so there is nothing to compare it with",
            backup.file.display()
        )));
    };
    let size = format!("{} bytes, SHA-256 {:.16}", manifest.size, manifest.sha256);
    let mut checks = vec![Check::new("the file is what its manifest says", true, size)];
    let elsewhere = Temporary::new(backup.product(), url).await?;
    let tried = restore(&backup, manifest, &elsewhere, watch, &mut checks).await;
    elsewhere.remove().await;
    tried?;
    Ok(checks)
}

async fn restore(
    backup: &Backup,
    manifest: &Manifest,
    elsewhere: &Temporary,
    watch: Watch<'_>,
    checks: &mut Vec<Check>,
) -> Result<(), BackupError> {
    let started = Instant::now();
    let restored = match backup.restore(&elsewhere.url, false, watch).await {
        Ok(restored) => restored,
        Err(error) => {
            checks.push(Check::new("it restores", false, error.to_string()));
            return Ok(());
        }
    };
    let took = started.elapsed().as_secs_f64();
    let rows = restored.contents.rows();
    checks.push(Check::new(
        "it restores",
        true,
        format!("{rows} rows in {took:.1} s"),
    ));
    let intact = match backup.product() {
        Product::Sqlite => "integrity_check and foreign_key_check found nothing",
        Product::Postgres => "every index and every foreign key was built from the rows",
    };
    checks.push(Check::new("it is intact", true, intact));
    compare(&manifest.contents, &restored.contents, checks);
    // Brought to this build's schema once, before there are two of them.
    Store::open(&elsewhere.url).await?.database().close().await;
    let other = elsewhere.duplicate().await?;
    let lost = lost_future::check(&elsewhere.url, &other.url).await;
    other.remove().await;
    checks.extend(lost?);
    Ok(())
}

fn compare(expected: &Contents, found: &Contents, checks: &mut Vec<Check>) {
    let mut check = |what: String, expected: String, found: String| {
        let passed = expected == found;
        let found = match passed {
            true => found,
            false => format!("{found} instead of {expected}"),
        };
        checks.push(Check::new(what, passed, found));
    };
    let of = |contents: &Contents| contents.revision.to_string();
    check("the revision is back".to_owned(), of(expected), of(found));
    check(
        "its tag is back".to_owned(),
        expected.tag.clone(),
        found.tag.clone(),
    );
    for name in expected.tables.keys() {
        // Restoring ends them.
        if name == "sessions" {
            continue;
        }
        let text = |contents: &Contents| {
            let held = contents.tables.get(name);
            held.map_or_else(
                || "no table".to_owned(),
                |held| format!("{} rows, {:.16}", held.rows, held.hash),
            )
        };
        check(format!("{name} is back"), text(expected), text(found));
    }
}
