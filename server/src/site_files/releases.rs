//! The scripts and styles of all releases, which the nodes have in common through the database.

use std::{io, sync::Arc, time::SystemTime};

use bytes::Bytes;
use leptos_cached::Coding;
use quick_cache::sync::Cache;
use tokio::sync::Semaphore;

use super::{COMPRESSED, Content, SiteFile, SiteFiles, Source, folder};
use crate::store::{Released, Store, StoreError};

/// The folder of files whose names contain a hash of their content.
const FOLDER: &str = "pkg/";

/// How many files of other releases a node has in memory.
const FILES: usize = 64;

/// How many it looks for in the database at a time: anybody can request names that nobody has.
const LOOKS: usize = 4;

/// Files of other releases that were requested here.
#[derive(Debug)]
pub struct Releases {
    found: Cache<String, Arc<SiteFile>>,
    looks: Semaphore,
}

impl Default for Releases {
    fn default() -> Self {
        Self {
            found: Cache::new(FILES),
            looks: Semaphore::new(LOOKS),
        }
    }
}

impl Releases {
    /// A file of another release, if one has it.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn get(
        &self,
        store: &Store,
        path: &str,
    ) -> Result<Option<Arc<SiteFile>>, StoreError> {
        let Some(name) = super::name(path).filter(|name| name.starts_with(FOLDER)) else {
            return Ok(None);
        };
        if let Some(file) = self.found.get(&name) {
            return Ok(Some(file));
        }
        let Ok(_place) = self.looks.acquire().await else {
            return Ok(None);
        };
        let contents = store.released(&name).await?;
        let file = file(&name, contents).map(Arc::new);
        if let Some(file) = &file {
            self.found.insert(name, Arc::clone(file));
        }
        Ok(file)
    }
}

/// A file of all its codings.
fn file(name: &str, contents: Vec<Released>) -> Option<SiteFile> {
    let bytes = |coding: Coding| -> Option<Bytes> {
        let found = contents.iter().find(|one| one.coding == written(coding));
        found.map(|one| one.bytes.clone())
    };
    // Its name changes with its content, so nobody needs to know when it was made.
    let mut file = SiteFile::new(name, bytes(Coding::Identity)?, SystemTime::UNIX_EPOCH);
    for (coding, _) in COMPRESSED {
        let content = bytes(coding).map(|bytes| (coding, Content::new(bytes)));
        file.compressed.extend(content);
    }
    Some(file)
}

/// A coding as it is written in the database.
fn written(coding: Coding) -> &'static str {
    coding.name().unwrap_or_default()
}

impl SiteFiles {
    /// What nodes of other releases need to show this release's pages; nothing if the names of its
    /// files contain no hash, as while somebody develops.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn released(&self) -> io::Result<Vec<Released>> {
        if self.hashes().is_empty() {
            return Ok(Vec::new());
        }
        let mut released = Vec::new();
        for (name, file) in self.in_folder(FOLDER)? {
            for coding in file.codings() {
                released.push(Released {
                    path: name.clone(),
                    coding: written(coding).to_owned(),
                    bytes: file.content(coding).bytes.clone(),
                });
            }
        }
        Ok(released)
    }

    /// The files of a folder, except for those that are others compressed.
    fn in_folder(&self, parent: &str) -> io::Result<Vec<(String, Arc<SiteFile>)>> {
        let is_original = |name: &str| !COMPRESSED.iter().any(|(_, ending)| name.ends_with(ending));
        match &self.0 {
            Source::Archive(files) => Ok(files
                .iter()
                .filter(|(name, _)| name.starts_with(parent) && is_original(name))
                .map(|(name, file)| (name.clone(), Arc::clone(file)))
                .collect()),
            Source::Folder(root) => {
                let mut found = Vec::new();
                for entry in std::fs::read_dir(root.join(parent))? {
                    let name = entry?.file_name().to_string_lossy().into_owned();
                    let name = format!("{parent}{name}");
                    if is_original(&name)
                        && let Some(file) = folder::read(root, &name)?
                    {
                        found.push((name, Arc::new(file)));
                    }
                }
                Ok(found)
            }
        }
    }
}
