//! SQLite: a copy of the pages by its backup API, and a file that is put in the place of another.

use std::{
    fs,
    path::{Path, PathBuf},
    str::FromStr as _,
    time::Duration,
};

use rusqlite::{
    Connection, ErrorCode, OpenFlags,
    backup::{Backup as Pages, StepResult},
};
use sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::mpsc;

use super::{
    Backup, BackupError, Database, Purpose, Restored, Watch, file, occupied, read, refused,
};
use crate::store::Progress;

/// How many pages are copied at once.
const PAGES: i32 = 500;

/// How long another program's lock is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// The file that a URL names.
pub(super) fn file_of(url: &str) -> Result<PathBuf, BackupError> {
    let options = SqliteConnectOptions::from_str(url)?;
    Ok(options.get_filename().to_owned())
}

/// Copies a database into an empty file while others use it: one snapshot.
pub(super) async fn copy_pages(
    from: &Path,
    to: &Path,
    watch: Watch<'_>,
) -> Result<(), BackupError> {
    let (from, to) = (from.to_owned(), to.to_owned());
    let (report, mut reports) = mpsc::unbounded_channel();
    let copying = tokio::task::spawn_blocking(move || {
        let copied = copy_here(&from, &to, &|done, of| {
            // Nobody may be listening any more.
            let _ = report.send((done, of));
        });
        copied.map_err(|error| BackupError::Sqlite(from, error))
    });
    while let Some((done, of)) = reports.recv().await {
        watch(Progress {
            doing: "copying pages".to_owned(),
            done,
            of,
        });
    }
    finished(copying.await)
}

fn copy_here(from: &Path, to: &Path, report: &dyn Fn(u64, u64)) -> rusqlite::Result<()> {
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    source.busy_timeout(PATIENCE)?;
    // Without its own snapshot the copy would begin anew with every commit.
    source.execute_batch("BEGIN; SELECT count(*) FROM sqlite_master")?;
    let mut copy = Connection::open(to)?;
    let pages = Pages::new(&source, &mut copy)?;
    while pages.step(PAGES)? != StepResult::Done {
        let progress = pages.progress();
        let of = u64::try_from(progress.pagecount).unwrap_or_default();
        let left = u64::try_from(progress.remaining).unwrap_or_default();
        report(of.saturating_sub(left), of);
    }
    drop(pages);
    // One file, without a write-ahead log beside it.
    copy.pragma_update(None, "journal_mode", "DELETE")
}

fn finished<T>(
    joined: Result<Result<T, BackupError>, tokio::task::JoinError>,
) -> Result<T, BackupError> {
    joined.unwrap_or_else(|_| refused("the task ended without a result: try again"))
}

/// Whether the file is intact, refers to no row that is missing, and is Hearth's.
pub(super) async fn check(path: &Path) -> Result<(), BackupError> {
    let path = path.to_owned();
    let checking = tokio::task::spawn_blocking(move || {
        let found = problems(&path).map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                BackupError::Refused(format!("{} is damaged: {error}", path.display()))
            }
            _ => BackupError::Sqlite(path.clone(), error),
        })?;
        match found.first() {
            None => Ok(()),
            Some(first) => refused(format!("{} is damaged: {first}", path.display())),
        }
    });
    finished(checking.await)
}

fn problems(path: &Path) -> rusqlite::Result<Vec<String>> {
    let file = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    file.busy_timeout(PATIENCE)?;
    let mut integrity = file.prepare("PRAGMA integrity_check(10)")?;
    let lines = integrity.query_map([], |row| row.get::<_, String>(0))?;
    let mut problems: Vec<String> = lines.collect::<rusqlite::Result<_>>()?;
    problems.retain(|line| line != "ok");
    let mut references = file.prepare("PRAGMA foreign_key_check")?;
    let lines = references.query_map([], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!(
            "a row of {table} refers to a row of {parent} that is missing"
        ))
    })?;
    problems.extend(lines.collect::<rusqlite::Result<Vec<_>>>()?);
    let counters = "SELECT count(*) FROM sqlite_master WHERE name = 'revision_counter'";
    let counters: i64 = file.query_row(counters, [], |row| row.get(0))?;
    if counters == 0 {
        problems.push("it has no revision counter, so it is not one of Hearth's".to_owned());
    }
    Ok(problems)
}

/// Restores a backup into a file beside the database, and then puts that in its place.
pub(super) async fn restore(
    backup: &Backup,
    url: &str,
    replace: bool,
    watch: Watch<'_>,
) -> Result<Restored, BackupError> {
    let target = file_of(url)?;
    let replaced = match found_at(&target).await? {
        Some(found) if !replace => {
            let target = target.display();
            return refused(format!(
                "{target} is not empty ({found}): name another file in DATABASE_URL, or replace it with --replace"
            ));
        }
        found => found,
    };
    lock(&target, replaced.is_some())?;
    if let Some(folder) = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder)
            .map_err(|error| BackupError::File("create", folder.to_owned(), error))?;
    }
    let partial = file::Partial::beside(&target)?;
    copy_pages(&backup.file, partial.path(), watch).await?;
    let restored = Database::file(partial.path()).await?;
    let mut transaction = restored.begin(Purpose::Write).await?;
    transaction
        .target()
        .run("", "DELETE FROM nodes; DELETE FROM sessions")
        .await?;
    transaction.commit().await?;
    let contents = read(&restored, watch).await?;
    let is_compared = backup.compare(&contents)?;
    restored.close().await;
    check(partial.path()).await?;
    // Nobody may have opened it meanwhile. The old file's log would be taken for the new one's.
    lock(&target, replaced.is_some())?;
    for log in ["-wal", "-shm"] {
        let log = file::with_suffix(&target, log);
        if log.exists() {
            fs::remove_file(&log).map_err(|error| BackupError::File("remove", log, error))?;
        }
    }
    partial.like(&target)?;
    partial.rename(&target)?;
    Ok(Restored {
        contents,
        is_compared,
        replaced,
    })
}

/// What a file contains that is to be replaced, in words; `None` if it is missing or empty.
async fn found_at(target: &Path) -> Result<Option<String>, BackupError> {
    let length = fs::metadata(target).map(|data| data.len());
    if length.unwrap_or_default() == 0 {
        return Ok(None);
    }
    let look = async {
        let database = Database::file(target).await?;
        let found = occupied(&database).await;
        database.close().await;
        found
    };
    Ok(look
        .await
        .unwrap_or_else(|error| Some(format!("unreadable: {error}"))))
}

/// Makes sure that no other program has the database open: it would go on with the old file. Also
/// ends its write-ahead log. `replace` is for a file that is so damaged that SQLite cannot tell.
fn lock(target: &Path, replace: bool) -> Result<(), BackupError> {
    if !target.is_file() {
        return Ok(());
    }
    let alone = || {
        let file = Connection::open_with_flags(target, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        file.busy_timeout(Duration::from_millis(500))?;
        // Whoever has it open in the mode of the write-ahead log prevents that it is left.
        file.pragma_update(None, "journal_mode", "DELETE")?;
        file.execute_batch("BEGIN EXCLUSIVE; ROLLBACK")
    };
    match alone() {
        Ok(()) => Ok(()),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => refused(format!(
                "{} is in use: stop the node that serves it, and whatever else has it open",
                target.display()
            )),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) if replace => Ok(()),
            _ => Err(BackupError::Sqlite(target.to_owned(), error)),
        },
    }
}
