//! The built site's files: those that packaging appended to the binary as a zip archive, or those of
//! a folder.
//!
//! | `--site-root` | the files |
//! |---|---|
//! | a folder | as they are there at each request, so that a changed file is seen |
//! | a zip archive, or a file that ends in one | read once, at the start |
//! | not given | those within the binary; without any, those of the folder `site` beside it |
//!
//! Only the last bytes of the binary are read to find out whether it has files.

mod archive;
mod folder;
mod releases;

use std::{
    collections::HashMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use axum::http::HeaderValue;
use bytes::Bytes;
use leptos_cached::Coding;
use percent_encoding::percent_decode_str;
use tracing::warn;
use xxhash_rust::xxh3::xxh3_64;

pub use releases::Releases;

/// The site's list of names that contain hashes.
const HASHES: &str = "hash.txt";

/// The built site.
#[derive(Debug)]
pub struct SiteFiles(Source);

#[derive(Debug)]
enum Source {
    Archive(HashMap<String, Arc<SiteFile>>),
    Folder(PathBuf),
}

/// A file, in the codings that the build has prepared.
#[derive(Debug)]
pub struct SiteFile {
    /// Its media type.
    pub kind: &'static str,
    /// When it was last changed, or built.
    pub modified: SystemTime,
    /// Its bytes.
    pub identity: Content,
    /// The same, compressed.
    compressed: Vec<(Coding, Content)>,
}

/// A file in one coding.
#[derive(Debug)]
pub struct Content {
    /// The bytes.
    pub bytes: Bytes,
    /// Their entity tag, which says what they are: it is the same on every node.
    pub etag: HeaderValue,
}

impl SiteFiles {
    /// Finds the site.
    ///
    /// # Errors
    /// If `root` is a file without an archive, or if an archive is damaged.
    pub fn open(root: Option<&Path>) -> io::Result<Self> {
        let source = match root {
            Some(root) if root.is_file() => {
                let read = File::open(root).and_then(archive::read);
                let files = read.map_err(|error| unreadable(root, &error))?;
                let files = files
                    .ok_or_else(|| unreadable(root, &"it is neither a folder nor a zip archive"))?;
                Source::Archive(files)
            }
            Some(root) => Source::Folder(root.to_owned()),
            None => within_the_binary()?.unwrap_or_else(|| Source::Folder(beside_the_binary())),
        };
        Ok(Self(source))
    }

    /// The file that a request's path names. A path that leaves the site names none.
    pub async fn get(&self, path: &str) -> Option<Arc<SiteFile>> {
        let name = name(path)?;
        match &self.0 {
            Source::Archive(files) => files.get(&name).cloned(),
            Source::Folder(folder) => {
                let folder = folder.clone();
                let reading = move || folder::read(&folder, &name);
                let read = tokio::task::spawn_blocking(reading).await.ok()?;
                let found = read.inspect_err(|error| warn!(path, %error, "cannot read a file"));
                found.ok().flatten().map(Arc::new)
            }
        }
    }

    /// The build's list of names that contain hashes; empty if there is none.
    pub fn hashes(&self) -> String {
        match &self.0 {
            Source::Archive(files) => {
                let bytes = files.get(HASHES).map(|list| &*list.identity.bytes);
                String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned()
            }
            Source::Folder(folder) => fs::read_to_string(folder.join(HASHES)).unwrap_or_default(),
        }
    }
}

impl SiteFile {
    fn new(name: &str, bytes: Bytes, modified: SystemTime) -> Self {
        Self {
            kind: mime_guess::from_path(name)
                .first_raw()
                .unwrap_or("application/octet-stream"),
            // Nothing was changed in the future (RFC 9110, section 8.8.2.1).
            modified: modified.min(SystemTime::now()),
            identity: Content::new(bytes),
            compressed: Vec::new(),
        }
    }

    /// The codings it is in, the server's first choice first.
    pub fn codings(&self) -> Vec<Coding> {
        let compressed = self.compressed.iter().map(|(coding, _)| *coding);
        compressed.chain([Coding::Identity]).collect()
    }

    /// The file in this coding, or else without one.
    pub fn content(&self, coding: Coding) -> &Content {
        let found = self.compressed.iter().find(|(known, _)| *known == coding);
        found.map_or(&self.identity, |(_, content)| content)
    }
}

impl Content {
    fn new(bytes: Bytes) -> Self {
        let etag = format!("\"{:016x}\"", xxh3_64(&bytes));
        Self {
            etag: HeaderValue::try_from(etag).unwrap_or_else(|_| HeaderValue::from_static("\"\"")),
            bytes,
        }
    }
}

/// What the names of files end in that the build has compressed, the fewest bytes first.
const COMPRESSED: [(Coding, &str); 2] = [(Coding::Brotli, ".br"), (Coding::Gzip, ".gz")];

/// The name of a file in the site; `None` if a path has none. Once the path is decoded, nothing in
/// it may mean anything but a name.
fn name(path: &str) -> Option<String> {
    let decoded = percent_decode_str(path.strip_prefix('/')?).decode_utf8();
    let name = decoded.ok()?.into_owned();
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    let is_name = !name.contains(['\0', '\\']) && name.split('/').all(is_plain);
    is_name.then_some(name)
}

fn within_the_binary() -> io::Result<Option<Source>> {
    let Some(binary) = binary() else {
        return Ok(None);
    };
    // The file that this process was started from, even if an upgrade has replaced it since.
    let file = File::open("/proc/self/exe").or_else(|_| File::open(&binary));
    let files = file
        .and_then(archive::read)
        .map_err(|error| unreadable(&binary, &error))?;
    Ok(files.map(Source::Archive))
}

fn beside_the_binary() -> PathBuf {
    let beside = binary().and_then(|binary| Some(binary.parent()?.join("site")));
    beside
        .filter(|folder| folder.is_dir())
        .unwrap_or_else(|| PathBuf::from("target/site"))
}

/// Where the binary is. A bare root may lack `/proc`; the kernel has told us the path that it was
/// started by.
fn binary() -> Option<PathBuf> {
    let told = || Some(PathBuf::from(rustix::param::linux_execfn().to_str().ok()?));
    std::env::current_exe().ok().or_else(told)
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> io::Error {
    io::Error::other(format!(
        "cannot read the site in {}: {error} (see LEPTOS_SITE_ROOT)",
        path.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_path_names_a_file_within_the_site() {
        let check =
            |path, expect: Option<&str>| assert_eq!(name(path).as_deref(), expect, "{path}");
        check("/favicon.ico", Some("favicon.ico"));
        check("/pkg/hearth.js", Some("pkg/hearth.js"));
        check("/a%20b", Some("a b"));
        for path in [
            "/",
            "",
            "pkg",
            "//etc/passwd",
            "/pkg/",
            "/pkg//a",
            "/.",
            "/..",
            "/../a",
            "/pkg/../a",
            "/%2e%2e/a",
            "/%2e%2e%2fa",
            "/%2Fetc/passwd",
            "/a%00.js",
            "/a%5Cb",
            "/%ff",
        ] {
            check(path, None);
        }
    }
}
