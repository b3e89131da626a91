//! The links of the repository's Markdown files outside of the guides. People read those where the repository is, so a
//! link may lead to any file or directory of it.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use pulldown_cmark::{Event, Parser, Tag};

use crate::{
    GUIDES,
    links::{Link, normalized},
};

/// The dead links of all files, each as `file: link: why`. Places in files are not looked for.
pub(crate) fn check(root: &Path) -> Result<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .args(["-z", "--", "*.md"])
        .current_dir(root);
    let output = git.output().context("run git")?;
    ensure!(
        output.status.success(),
        "git: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let names = String::from_utf8(output.stdout)?;
    let names = names.split('\0').map(Path::new);
    let mut wrong = Vec::new();
    // Git also lists files whose deletion is not staged yet.
    for name in names.filter(|name| !name.starts_with(GUIDES) && root.join(name).is_file()) {
        let text = fs::read_to_string(root.join(name))?;
        for event in Parser::new(&text) {
            let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event
            else {
                continue;
            };
            let why = match Link::parse(&dest_url) {
                Link::Elsewhere { is_valid: true } => None,
                Link::Elsewhere { is_valid: false } => Some("not an address"),
                Link::File("", _) => None,
                Link::File(path, _) => {
                    let path = normalized(&name.with_file_name(path));
                    let exists = path.is_some_and(|path| root.join(path).exists());
                    (!exists).then_some("no such file")
                }
            };
            wrong.extend(why.map(|why| format!("{}: {dest_url}: {why}", name.display())));
        }
    }
    Ok(wrong)
}
