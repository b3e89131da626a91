//! What a server sends.

use anyhow::{Context as _, Result};

/// The content at an address.
pub(super) fn fetch(url: &str) -> Result<Vec<u8>> {
    let answer = ureq::get(url).call();
    let mut answer = answer.with_context(|| format!("ask {url}"))?;
    let body = answer.body_mut().read_to_vec();
    body.with_context(|| format!("read {url}"))
}

/// The path of the readers' script or style that a page of a server loads: its name has a hash. `ending` is
/// with its dot.
pub(super) fn loaded(server: &str, page: &str, ending: &str) -> Result<String> {
    let url = format!("{server}{page}");
    let html = String::from_utf8(fetch(&url)?).with_context(|| format!("read {url}"))?;
    let paths = html.split('"');
    paths
        .filter(|part| part.starts_with("/pkg/hearth."))
        .find(|part| part.ends_with(ending))
        .map(ToOwned::to_owned)
        .with_context(|| format!("{url} loads no {ending} with a hash in its name"))
}
