//! The tarball: the same bytes for the same contents.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, File},
    io::BufReader,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use flate2::{Compression, GzBuilder, read::GzDecoder};
use sha2::{Digest as _, Sha256};
use tar::{Archive, Builder, EntryType, Header};

/// What is packed, by name.
#[derive(Default)]
pub(super) struct Contents(BTreeMap<String, (Vec<u8>, u32)>);

impl Contents {
    /// Adds a file that everybody may read.
    pub(super) fn add(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.insert(name.to_owned(), (bytes, 0o644));
    }

    /// Adds a copy of a file.
    pub(super) fn add_file(&mut self, name: &str, path: &Path, mode: u32) -> Result<()> {
        let bytes = fs::read(path).with_context(|| format!("read {}", path.display()))?;
        self.0.insert(name.to_owned(), (bytes, mode));
        Ok(())
    }

    /// Adds the checksums of all that is there, as `sha256sum --check` reads them.
    pub(super) fn add_checksums(&mut self) {
        let lines = self.0.iter().map(|(name, (bytes, _))| line(bytes, name));
        let lines: String = lines.collect();
        self.add("SHA256SUMS", lines.into_bytes());
    }
}

/// Writes the tarball with everything in one folder, and a file with its checksum beside it.
pub(super) fn write(path: &Path, folder: &str, contents: &Contents, epoch: i64) -> Result<()> {
    let fresh = path.with_extension("new");
    let file = File::create(&fresh).with_context(|| format!("create {}", fresh.display()))?;
    // Neither a name nor a time.
    let gzip = GzBuilder::new().write(file, Compression::best());
    let mut tar = Builder::new(gzip);
    let header = |kind: EntryType, size: usize, mode: u32| {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(size as u64);
        header.set_mode(mode);
        header.set_mtime(u64::try_from(epoch).unwrap_or_default());
        header.set_uid(0);
        header.set_gid(0);
        header
    };
    tar.append_data(
        &mut header(EntryType::Directory, 0, 0o755),
        format!("{folder}/"),
        &[][..],
    )
    .context("write the tarball")?;
    for (name, (bytes, mode)) in &contents.0 {
        tar.append_data(
            &mut header(EntryType::Regular, bytes.len(), *mode),
            format!("{folder}/{name}"),
            &bytes[..],
        )
        .with_context(|| format!("write {name} to the tarball"))?;
    }
    let gzip = tar.into_inner().context("write the tarball")?;
    gzip.finish().context("compress the tarball")?;
    fs::rename(&fresh, path).with_context(|| format!("create {}", path.display()))?;

    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = fs::read(path).with_context(|| format!("read {}", path.display()))?;
    let beside = PathBuf::from(format!("{}.sha256", path.display()));
    fs::write(&beside, line(&bytes, &name)).with_context(|| format!("write {}", beside.display()))
}

/// Extracts a tarball.
pub(super) fn unpack(path: &Path, into: &Path) -> Result<()> {
    let file = File::open(path).with_context(|| format!("open {}", path.display()))?;
    let mut archive = Archive::new(GzDecoder::new(BufReader::new(file)));
    archive
        .unpack(into)
        .with_context(|| format!("unpack {}", path.display()))
}

/// One line of `sha256sum`.
fn line(bytes: &[u8], name: &str) -> String {
    let mut line = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string never fails.
        let _ = write!(line, "{byte:02x}");
    }
    line + "  " + name + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_contents_are_the_same_bytes() {
        let scratch = tempfile::tempdir().unwrap();
        let write = |name: &str, names: [&str; 2]| {
            let mut contents = Contents::default();
            for file in names {
                contents.add(file, file.as_bytes().to_vec());
            }
            contents.add_checksums();
            let path = scratch.path().join(name);
            super::write(&path, "folder", &contents, 1_000_000_000).unwrap();
            fs::read(path).unwrap()
        };
        assert_eq!(
            write("one.tar.gz", ["a", "b"]),
            write("two.tar.gz", ["b", "a"])
        );
        unpack(&scratch.path().join("one.tar.gz"), scratch.path()).unwrap();
        let sums = fs::read_to_string(scratch.path().join("folder/SHA256SUMS")).unwrap();
        // By `printf a | sha256sum`.
        let of_a = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a\n";
        assert!(sums.starts_with(of_a), "{sums}");
        let beside = fs::read_to_string(scratch.path().join("one.tar.gz.sha256")).unwrap();
        assert!(beside.ends_with("  one.tar.gz\n"), "{beside}");
    }
}
