//! The two compared revisions, each with its server and site.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use serde::Serialize;
use services::{Context, cargo, hash, layout::Layout};

use super::git;

/// Both revisions are built as they would be deployed.
const PROFILE: &str = "release";

/// The server's binary.
const NAME: &str = "hearth";

#[derive(Serialize)]
pub(super) struct Revision {
    /// As it was named on the command line.
    name: String,
    /// `None` for a build made elsewhere, unless its revision was named too.
    pub(super) commit: Option<String>,
    /// Whether files differed from the commit.
    changed: bool,
    /// Whether it was built for this run; otherwise `--binary` or `--against-binary` gave it.
    pub(super) built: bool,
    /// A hash of the server's binary, which shows whether both are the same.
    pub(super) hash: String,
    #[serde(skip)]
    pub(super) program: PathBuf,
}

impl Revision {
    /// The working tree, or a build of it.
    pub(super) fn here(
        context: &Context,
        built: Option<&Path>,
        build: impl FnOnce() -> Result<PathBuf>,
    ) -> Result<Self> {
        if let Some(dir) = built {
            return Self::given("working tree", None, dir);
        }
        // Before the build, because files may be edited while it runs.
        let root = &context.layout.root;
        let (commit, changed) = (git::head(root), git::is_changed(root));
        build()?;
        let name = "working tree".to_owned();
        Self::new(name, commit, changed, true, &context.layout.bundle(PROFILE))
    }

    /// A commit, or a build of it.
    pub(super) fn there(
        context: &Context,
        revision: Option<(&str, String)>,
        built: Option<&Path>,
    ) -> Result<Self> {
        match (revision, built) {
            (Some((name, commit)), None) => {
                let bundle = build(context, &commit)?;
                Self::new(name.to_owned(), Some(commit), false, true, &bundle)
            }
            (Some((name, commit)), Some(dir)) => Self::given(name, Some(commit), dir),
            (None, Some(dir)) => Self::given("other binary", None, dir),
            (None, None) => bail!("--against or --against-binary says what to compare with"),
        }
    }

    fn given(name: &str, commit: Option<String>, dir: &Path) -> Result<Self> {
        Self::new(name.to_owned(), commit, false, false, dir)
    }

    fn new(
        name: String,
        commit: Option<String>,
        changed: bool,
        built: bool,
        bundle: &Path,
    ) -> Result<Self> {
        is_bundle(bundle)?;
        let program = std::path::absolute(bundle.join(NAME)).context("find a built server")?;
        Ok(Self {
            name,
            commit,
            changed,
            built,
            hash: hash::of_files(&[&program])?,
            program,
        })
    }
}

/// Returns an error if a directory is not a built server.
pub(super) fn is_bundle(dir: &Path) -> Result<()> {
    for part in [NAME, "site"] {
        if !dir.join(part).exists() {
            bail!(
                "{} has no `{part}`: a built server is `hearth` with `site` beside it",
                dir.display()
            );
        }
    }
    Ok(())
}

/// As shown in headings.
impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut remarks: Vec<&str> = self.commit.iter().map(|it| short(it)).collect();
        if self.changed {
            remarks.push("with changes");
        }
        if !self.built {
            remarks.push("built before");
        }
        let remarks = remarks.join(", ");
        write!(f, "{} ({remarks})", self.name)
    }
}

/// Builds a commit with its own xtask, which matches the layout of its sources. The compiler is the one that builds
/// the working tree, because the sources are what is compared.
fn build(context: &Context, commit: &str) -> Result<PathBuf> {
    let place = context.layout.target.join("hearth/against");
    let layout = Layout {
        root: place.join("source"),
        // Shared by all revisions, so that their dependencies are built once.
        target: place.join("target"),
        cache: context.layout.cache.clone(),
    };
    let short = short(commit);
    context
        .progress
        .step(format!("checking out {short}"), |step| {
            git::check_out(context, step, &layout.root, commit)
        })?;
    let bundle = layout.bundle(PROFILE);
    context.progress.step(format!("building {short}"), |step| {
        // If this revision builds to another place, the previous revision's binary must not be mistaken for its own.
        drop(fs::remove_file(bundle.join(NAME)));
        let mut cargo = cargo::cargo(&layout, "xtask");
        cargo.args(["build", "--release"]);
        let built = context.run(step, &mut cargo);
        built.with_context(|| {
            format!("{short} does not build; --against-binary takes what was built elsewhere")
        })
    })?;
    Ok(bundle)
}

fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}
