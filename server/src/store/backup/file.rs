//! Files that are complete or not there.

use std::{
    fs::{self, File, OpenOptions},
    io::Read as _,
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, chown},
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::{BackupError, Watch};
use crate::store::Progress;

/// How much of a file is read at once.
const PIECE: usize = 1 << 20;

/// A file that is being written beside the one that it will replace. Removed unless it does.
pub(super) struct Partial(Option<PathBuf>, PathBuf);

impl Partial {
    /// An empty file `FILE.partial`, which only its owner can read: it will have hashes of passwords.
    pub(super) fn beside(file: &Path) -> Result<Self, BackupError> {
        let path = with_suffix(file, ".partial");
        let opened = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&path);
        opened.map_err(|error| BackupError::File("write", path.clone(), error))?;
        Ok(Self(Some(path.clone()), path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.1
    }

    /// Gives it the owner and the mode of the file that it will replace, if there is one: whoever
    /// restores may be another user than the one who serves.
    pub(super) fn like(&self, file: &Path) -> Result<(), BackupError> {
        let Ok(data) = fs::metadata(file) else {
            return Ok(());
        };
        let given = chown(&self.1, Some(data.uid()), Some(data.gid()))
            .and_then(|()| fs::set_permissions(&self.1, data.permissions()));
        given.map_err(|error| BackupError::File("give to its owner", self.1.clone(), error))
    }

    /// Writes it to the disk, and puts it where it belongs.
    pub(super) fn rename(mut self, file: &Path) -> Result<(), BackupError> {
        sync(&self.1)?;
        fs::rename(&self.1, file)
            .map_err(|error| BackupError::File("write", file.to_owned(), error))?;
        self.0 = None;
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        sync(folder.unwrap_or(Path::new(".")))
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            for path in [with_suffix(&path, "-wal"), with_suffix(&path, "-shm"), path] {
                // There may be none.
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// The path with something behind its name.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(suffix);
    path.into()
}

fn sync(path: &Path) -> Result<(), BackupError> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.map_err(|error| BackupError::File("write", path.to_owned(), error))
}

/// The size of a file in bytes, and its SHA-256 in hexadecimal.
pub(super) async fn hash(path: &Path, watch: Watch<'_>) -> Result<(u64, String), BackupError> {
    let failed = |error| BackupError::File("read", path.to_owned(), error);
    let mut file = File::open(path).map_err(failed)?;
    let of = file.metadata().map_err(failed)?.len();
    let (mut hash, mut done) = (Sha256::new(), 0);
    let mut piece = vec![0; PIECE];
    loop {
        let read = file.read(&mut piece).map_err(failed)?;
        if read == 0 {
            break;
        }
        hash.update(&piece[..read]);
        done += read as u64;
        watch(Progress {
            doing: "hashing the file".to_owned(),
            done,
            of,
        });
        tokio::task::yield_now().await;
    }
    let hash = hash.finalize();
    let text = hash.iter().map(|byte| format!("{byte:02x}"));
    Ok((done, text.collect()))
}
