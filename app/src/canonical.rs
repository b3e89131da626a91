//! Canonical addresses of readers' pages, for the browser, which keeps pages by them.

use catalogue::{
    normalizer::{Schema, normalize, view},
    properties, recipes,
};

use crate::{kept::Kept, links};

/// The canonical form of a path and its query. `None` for what is no reader's page, for what
/// cannot be meant, and for what no tier may keep.
pub fn canonical(path: &str, search: &str) -> Option<String> {
    if path == "/" {
        return Some(path.to_owned());
    }
    if let Some(kept) = Kept::ALL.into_iter().find(|kept| kept.path() == path) {
        return Some(kept.address(&kept.read(search).ok()?));
    }
    let path = path.strip_prefix('/')?;
    let (name, id) = match path.split_once('/') {
        None => (path, None),
        Some((name, id)) => (name, Some(id)),
    };
    let schema = schema(name)?;
    if let Some(id) = id {
        let is_id = !id.starts_with('0') && id.bytes().all(|byte| byte.is_ascii_digit());
        let fits = is_id && id.parse::<i64>().is_ok();
        return fits.then(|| format!("/{path}"));
    }
    let query = normalize(schema, search).ok()?;
    (!query.is_bypass()).then(|| links::list(&query, view(search)))
}

/// The schema of a catalogue, by its name, and that alone: a reference to a whole declaration would
/// carry it into the browser.
pub(crate) fn schema(name: &str) -> Option<&'static Schema> {
    [&properties::SCHEMA, &recipes::SCHEMA]
        .into_iter()
        .find(|schema| schema.catalogue == name)
}
