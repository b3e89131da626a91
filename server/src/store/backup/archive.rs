//! Archives of `pg_dump`, in its custom format.

use std::{path::Path, process::Command};

use super::{BackupError, programs, refused};

/// Whether `pg_restore` can read the table of contents, and finds Hearth's tables there. (The rows
/// have no checksums; the manifest has one of the whole file.)
pub(super) async fn check(file: &Path) -> Result<(), BackupError> {
    let mut command = Command::new(programs::find("pg_restore")?);
    command.arg("--list").arg(file);
    let list = programs::run(command, "reading the archive", None, &|_| {}).await?;
    let data = |line: &str| line.contains("TABLE DATA") && line.contains(" revision_counter ");
    if list.lines().any(data) {
        return Ok(());
    }
    let file = file.display();
    refused(format!(
        "{file} is an archive of pg_dump, but not of one of Hearth's databases"
    ))
}
