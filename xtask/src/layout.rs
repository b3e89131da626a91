//! Where things are: the repository, what is built, and what is kept between builds and clones.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

pub(crate) struct Layout {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Cargo's target directory.
    pub(crate) target: PathBuf,
    /// What outlives the target directory and is shared by clones.
    pub(crate) cache: PathBuf,
}

impl Layout {
    pub(crate) fn find() -> Result<Self> {
        // At run time, as clones that share a target directory may share this binary too.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask lies in no repository")?;
        // `<target>/xtask/xtask`: whatever variable or configuration chose the directory, this is it.
        let exe = env::current_exe().context("find xtask's own binary")?;
        let target = exe
            .parent()
            .and_then(Path::parent)
            .context("xtask was not started by `cargo xtask`")?;
        Ok(Self {
            root: root.to_owned(),
            target: target.to_owned(),
            cache: cache_home()?.join("hearth"),
        })
    }

    /// The finished product: the binary `hearth` with `hash.txt` and `site/` beside it.
    pub(crate) fn bundle(&self, profile: Profile) -> PathBuf {
        self.target.join("hearth").join(profile.name())
    }

    /// Full output of every step, one file each, overwritten by the next run.
    pub(crate) fn logs(&self) -> PathBuf {
        self.target.join("hearth/logs")
    }
}

fn cache_home() -> Result<PathBuf> {
    if let Some(dir) = env::var_os("XDG_CACHE_HOME").filter(|dir| !dir.is_empty()) {
        return Ok(dir.into());
    }
    let home = env::home_dir().context("neither XDG_CACHE_HOME nor HOME is set")?;
    Ok(home.join(".cache"))
}

/// How much the compiler takes its time for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Profile {
    /// Quick to rebuild: for `dev`.
    Dev,
    /// Optimized, quick to build from nothing: for `run` and for all tests, so that nothing is built twice.
    Ci,
    /// What is deployed and measured.
    Release,
}

impl Profile {
    /// Cargo's name for it, and that of the directory it builds to, but for `dev`, which goes to `debug`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Ci => "ci",
            Self::Release => "release",
        }
    }

    pub(crate) fn directory(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            other => other.name(),
        }
    }
}
