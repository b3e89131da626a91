//! The links of the pages, as they were built.
//!
//! A link to a file of the repository, which the site does not have, gets a copy of that file: as text, so that any
//! browser shows it. So the same link works on the site and where the repository is.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use lol_html::{RewriteStrSettings, element, rewrite_str};

use crate::{
    GUIDES,
    links::{Link, normalized},
    with_extension,
};

/// Where the copies are, on the site.
const COPIES: &str = "repository";

/// The ids on each page, by its name.
type Ids = HashMap<String, HashSet<String>>;

/// Checks all pages of a site, and copies the files of the repository that they link to. Returns what is wrong, each as
/// `page: link: why`.
pub(crate) fn check(root: &Path, site: &Path) -> Result<Vec<String>> {
    let mut pages = Vec::new();
    let mut ids = Ids::new();
    for path in with_extension(site, "html")? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Its links begin at the root of the host.
        if name != "404.html" {
            let html = fs::read_to_string(&path)?;
            ids.insert(name.clone().into_owned(), ids_in(&html)?);
            pages.push((name.into_owned(), html));
        }
    }
    let mut wrong = Vec::new();
    for (name, html) in pages {
        // What is not there, mdbook includes as it is written, or as nothing.
        if html.contains("{{#") || html.contains("\"></code>") {
            wrong.push(format!("{name}: something cannot be included"));
        }
        let page = Page {
            root,
            site,
            ids: &ids,
            name: &name,
        };
        let (html, dead) = page.check_links(&html)?;
        fs::write(site.join(&name), html)?;
        wrong.extend(dead.into_iter().map(|dead| format!("{name}: {dead}")));
    }
    Ok(wrong)
}

fn ids_in(html: &str) -> Result<HashSet<String>> {
    let ids = RefCell::new(HashSet::new());
    let collect = element!("[id]", |element| {
        ids.borrow_mut().extend(element.get_attribute("id"));
        Ok(())
    });
    rewrite_str(
        html,
        RewriteStrSettings::new().append_element_content_handler(collect),
    )?;
    Ok(ids.into_inner())
}

/// A page whose links are checked.
struct Page<'a> {
    root: &'a Path,
    site: &'a Path,
    ids: &'a Ids,
    name: &'a str,
}

impl Page<'_> {
    /// The page with links to the copies, and its dead links.
    fn check_links(&self, html: &str) -> Result<(String, Vec<String>)> {
        let dead = RefCell::new(Vec::new());
        let check = element!("[href], [src]", |element| {
            for attribute in ["href", "src"] {
                let Some(link) = element.get_attribute(attribute) else {
                    continue;
                };
                match self.follow(&link) {
                    Ok(None) => {}
                    Ok(Some(copy)) => element.set_attribute(attribute, &copy)?,
                    Err(why) => dead.borrow_mut().push(format!("{link}: {why}")),
                }
            }
            Ok(())
        });
        let html = rewrite_str(
            html,
            RewriteStrSettings::new().append_element_content_handler(check),
        )?;
        Ok((html, dead.into_inner()))
    }

    /// Follows a link: `None` if it works, its new target if it leads to a copy, an error if it is dead.
    fn follow(&self, link: &str) -> Result<Option<String>, String> {
        let (file, place) = match Link::parse(link) {
            Link::Elsewhere { is_valid: true } => return Ok(None),
            Link::Elsewhere { is_valid: false } => return Err("not an address".to_owned()),
            Link::File(file, place) => (file, place),
        };
        let file = if file.is_empty() { self.name } else { file };
        let on_site = normalized(Path::new(file)).filter(|path| self.site.join(path).is_file());
        if on_site.is_none() {
            return match place {
                None => self.copy(file).map(Some),
                Some(_) => Err("copies have no ids, so link to the file".to_owned()),
            };
        }
        let has = |place: &str| self.ids.get(file).is_some_and(|ids| ids.contains(place));
        match place {
            Some(place) if !has(place) => Err("no such heading".to_owned()),
            _ => Ok(None),
        }
    }

    /// Copies a file of the repository onto the site. Returns where the copy is.
    fn copy(&self, file: &str) -> Result<String, String> {
        let path =
            normalized(&Path::new(GUIDES).join(file)).ok_or("leads out of the repository")?;
        let path = self.in_repository(path).ok_or("no such file")?;
        let copy = format!("{COPIES}/{}.txt", path.display());
        let to = self.site.join(&copy);
        let parent = to.parent().unwrap_or(self.site);
        fs::create_dir_all(parent)
            .and_then(|()| fs::copy(self.root.join(&path), &to))
            .map_err(|error| format!("cannot copy it: {error}"))?;
        Ok(copy)
    }

    /// The path of a file that the repository has. mdbook writes `.html` where `.md` stood.
    fn in_repository(&self, path: PathBuf) -> Option<PathBuf> {
        let source = path.with_extension("md");
        [path, source]
            .into_iter()
            .find(|path| self.root.join(path).is_file())
    }
}
