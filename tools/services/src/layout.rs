//! Where things are: the repository, the build output, and the cache that builds and clones share.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// The directories that a program works in.
pub struct Layout {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target directory.
    pub target: PathBuf,
    /// Files that outlive the target directory and are shared by clones.
    pub cache: PathBuf,
}

impl Layout {
    /// Finds the directories for a program that cargo has built, from any package of the repository.
    pub fn find() -> Result<Self> {
        // At run time, because clones that share a target directory may share the binary too.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        // Only the root of the workspace has a lock file.
        let root = manifest
            .ancestors()
            .find(|dir| dir.join("Cargo.lock").is_file())
            .with_context(|| format!("{} is not in a repository", manifest.display()))?;
        // `<target>/<profile>/<program>`: whatever variable or configuration chose the directory, this is it.
        let exe = env::current_exe().context("find the program's own binary")?;
        let target = exe
            .parent()
            .and_then(Path::parent)
            .context("the program was not started by cargo")?;
        Ok(Self {
            root: root.to_owned(),
            target: target.to_owned(),
            cache: cache_home()?.join("hearth"),
        })
    }

    /// The finished product of a cargo profile: the binary `hearth` with `site/` beside it.
    pub fn bundle(&self, profile: &str) -> PathBuf {
        self.target.join("hearth").join(profile)
    }

    /// Full output of every step, one file each, overwritten by the next run.
    pub fn logs(&self) -> PathBuf {
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
