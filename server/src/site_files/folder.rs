//! A site in a folder.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use bytes::Bytes;

use super::{COMPRESSED, Content, SiteFile};

/// How much older than its file a compressed one may be. Copying a folder changes the order of its
/// files' times by less; who edits a file afterwards wants it to be seen.
const COPYING: Duration = Duration::from_secs(2);

/// The file of this name, if there is one; directories and links that leave the folder are none.
pub(super) fn read(folder: &Path, name: &str) -> io::Result<Option<SiteFile>> {
    let Some((bytes, modified)) = read_one(folder, &folder.join(name))? else {
        return Ok(None);
    };
    let mut file = SiteFile::new(name, bytes, modified);
    for (coding, ending) in COMPRESSED {
        let mut path = OsString::from(folder.join(name));
        path.push(ending);
        if let Some((bytes, written)) = read_one(folder, &PathBuf::from(path))?
            && written + COPYING >= modified
        {
            file.compressed.push((coding, Content::new(bytes)));
        }
    }
    Ok(Some(file))
}

fn read_one(folder: &Path, path: &Path) -> io::Result<Option<(Bytes, SystemTime)>> {
    let read = || -> io::Result<_> {
        let real = path.canonicalize()?;
        let meta = fs::metadata(&real)?;
        if !meta.is_file() || !real.starts_with(folder.canonicalize()?) {
            return Ok(None);
        }
        Ok(Some((fs::read(&real)?.into(), meta.modified()?)))
    };
    match read() {
        Err(error) if names_nothing(&error) => Ok(None),
        read => read,
    }
}

/// Whether the reason is the name alone, which anybody may send.
fn names_nothing(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(
        error.kind(),
        NotFound | NotADirectory | InvalidFilename | InvalidInput
    )
}
