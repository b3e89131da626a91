//! Builds the guides (`docs/`) as a site, and finds what leads nowhere: in the pages as they were built, because only
//! those show the ids that headings got, and in the repository's other Markdown files.
//!
//! mdbook neither checks links nor fails if something cannot be included.

mod documents;
mod links;
mod pages;

use std::{
    collections::HashSet,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use mdbook_driver::{MDBook, book::BookItem};

/// Where the guides are, in the repository.
const GUIDES: &str = "docs";

/// Builds the guides of the repository at `root` into the directory `site`, and returns what is wrong with them: dead
/// links, parts that could not be included, pages that are not in the table of contents.
///
/// # Errors
/// If the guides cannot be built, or a file cannot be read or written.
pub fn build(root: &Path, site: &Path) -> Result<Vec<String>> {
    let root = &root.canonicalize().context("find the repository")?;
    fs::create_dir_all(site)?;
    let site = &site.canonicalize()?;
    let mut book = MDBook::load(root.join(GUIDES))?;
    book.config.build.build_dir = site.clone();
    book.build()?;
    let mut wrong = unlisted(&book, &root.join(GUIDES))?;
    wrong.extend(pages::check(root, site)?);
    wrong.extend(documents::check(root)?);
    Ok(wrong)
}

/// The pages that the table of contents does not name.
fn unlisted(book: &MDBook, folder: &Path) -> Result<Vec<String>> {
    let listed: HashSet<&Path> = book
        .iter()
        .filter_map(|item| match item {
            BookItem::Chapter(chapter) => chapter.source_path.as_deref(),
            _ => None,
        })
        .chain([Path::new("SUMMARY.md")])
        .collect();
    let pages = with_extension(folder, "md")?;
    let names = pages.iter().filter_map(|page| page.file_name());
    let others = names.filter(|name| !listed.contains(Path::new(name)));
    Ok(others
        .map(|name| format!("{GUIDES}/{}: not in SUMMARY.md", name.display()))
        .collect())
}

/// The files in a directory, not below it, that have this extension, in the order of their names.
fn with_extension(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let paths = entries.into_iter().map(|entry| entry.path());
    let mut found: Vec<_> = paths
        .filter(|path| path.extension() == Some(OsStr::new(extension)))
        .collect();
    found.sort();
    ensure!(
        !found.is_empty(),
        "{} has no .{extension}",
        folder.display()
    );
    Ok(found)
}
