//! Programs of PyPI.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result};

use crate::{context::Context, process};

/// The folder with the programs of these packages. They are installed into an environment of Python of
/// their own, called `name`, whenever the list has changed. Pin every package, so that a new version breaks
/// nothing overnight.
///
/// # Errors
/// If Python is missing or the packages cannot be had.
pub fn programs(context: &Context, name: &str, packages: &[&str]) -> Result<PathBuf> {
    let path = context.layout.cache.join(name);
    let list = path.join("installed");
    let wanted = packages.join("\n");
    if fs::read_to_string(&list).is_ok_and(|installed| installed == wanted) {
        return Ok(path.join("bin"));
    }
    let python = process::find("python3").context("python3 is missing")?;
    let message = format!("installing {name}");
    context.progress.step(message, |step| {
        drop(fs::remove_dir_all(&path));
        context.run(step, Command::new(python).args(["-m", "venv"]).arg(&path))?;
        let mut pip = Command::new(path.join("bin/pip"));
        pip.args(["install", "--disable-pip-version-check"])
            .args(packages);
        context.run(step, &mut pip)?;
        fs::write(&list, wanted).with_context(|| format!("note which {name} are installed"))
    })?;
    Ok(path.join("bin"))
}
