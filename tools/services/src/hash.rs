//! Telling whether files are the same.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use xxhash_rust::xxh3::Xxh3;

/// A hash of the contents of files, in their order.
pub fn of_files(files: &[impl AsRef<Path>]) -> Result<String> {
    let mut hash = Xxh3::new();
    for file in files {
        let file = file.as_ref();
        let bytes = fs::read(file).with_context(|| format!("read {}", file.display()))?;
        hash.update(&(bytes.len() as u64).to_le_bytes());
        hash.update(&bytes);
    }
    Ok(format!("{:016x}", hash.digest()))
}
