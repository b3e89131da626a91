//! What is proved: a tarball as `cargo xtask dist` makes it, or a build with its site beside the binary.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};
use services::private::Scratch;

/// The files that a binary needs beside it, if it does not have them embedded.
const BESIDE: [&str; 2] = ["site", "hash.txt"];

/// An unpacked server.
pub(crate) struct Product {
    /// Where it is unpacked.
    pub(crate) dir: PathBuf,
    /// What it is, for the report.
    pub(crate) what: &'static str,
    _unpacked: Option<Scratch>,
}

impl Product {
    /// Takes a tarball, a binary, or the directory of one.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let path = fs::canonicalize(path).with_context(|| format!("find {}", path.display()))?;
        if path.is_dir() {
            return Self::of_dir(path, None);
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !name.contains(".tar") {
            let dir = path.parent().context("a binary is in a directory")?;
            return Self::of_dir(dir.to_owned(), None);
        }
        let scratch = Scratch::new("tarball")?;
        let status = Command::new("tar")
            .args(["--extract", "--strip-components=1", "--file"])
            .arg(&path)
            .arg("--directory")
            .arg(scratch.path())
            .status();
        if !status.context("start tar")?.success() {
            bail!("cannot unpack {}", path.display());
        }
        Self::of_dir(scratch.path().to_owned(), Some(scratch))
    }

    fn of_dir(dir: PathBuf, unpacked: Option<Scratch>) -> Result<Self> {
        if !dir.join("hearth").is_file() {
            bail!("{} has no binary hearth", dir.display());
        }
        let what = match (&unpacked, dir.join("site").is_dir()) {
            (Some(_), false) => "the tarball's single file",
            (Some(_), true) => "the tarball",
            (None, false) => "a single file",
            (None, true) => "a build with its site beside it",
        };
        Ok(Self {
            dir,
            what,
            _unpacked: unpacked,
        })
    }

    /// The names of the files that it consists of.
    pub(crate) fn files(&self) -> Result<Vec<String>> {
        let mut files = vec!["hearth".to_owned()];
        for name in BESIDE {
            if self.dir.join(name).exists() {
                files.push(name.to_owned());
            }
        }
        if files.len() == 2 {
            bail!("{} has only one of {BESIDE:?}", self.dir.display());
        }
        Ok(files)
    }
}
