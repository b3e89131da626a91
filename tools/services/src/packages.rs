//! What the operating system must provide: looked for first, then installed where that is possible,
//! otherwise named with the command to type.
//!
//! Servers are never installed, because Debian's packages start what they install. [`download`] gets the
//! same packages without installing them, and [`unpack`] extracts them into our own directory.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};

use crate::{context::Context, process, progress::Step};

/// Whether `apt-get install` works without `sudo`.
pub fn can_install() -> bool {
    process::find("apt-get").is_some() && rustix::process::geteuid().is_root()
}

/// Installs packages that do not bring a service with them.
pub fn install(context: &Context, step: &Step, packages: &[&str]) -> Result<()> {
    if !can_install() {
        bail!(
            "{} is missing; on Debian or Ubuntu type\n\n    sudo apt-get install --no-install-recommends {}\n\n\
             and start again",
            packages.join(", "),
            packages.join(" ")
        );
    }
    refresh(context, step)?;
    let mut apt = Command::new("apt-get");
    apt.args(["install", "--yes", "--no-install-recommends"])
        .args(packages);
    context.run(step, apt.env("DEBIAN_FRONTEND", "noninteractive"))?;
    Ok(())
}

fn refresh(context: &Context, step: &Step) -> Result<()> {
    // The package lists of an old image name versions that the mirror no longer has.
    if rustix::process::geteuid().is_root() {
        context.run(step, Command::new("apt-get").arg("update"))?;
    }
    Ok(())
}

/// Downloads packages and their missing dependencies, without installing anything.
///
/// They are cached under `name`, so that the next clone need not download them. `packages` is called once the
/// package lists are up to date.
pub fn download(
    context: &Context,
    step: &Step,
    name: &str,
    packages: impl FnOnce() -> Result<Vec<String>>,
) -> Result<PathBuf> {
    let parent = context.layout.cache.join("packages");
    let cached = parent.join(name);
    if cached.is_dir() {
        return Ok(cached);
    }
    if process::find("apt-get").is_none() || process::find("dpkg-deb").is_none() {
        bail!("{name} is missing; install it with your system's package manager");
    }
    refresh(context, step)?;
    fs::create_dir_all(&parent).context("create the cache of packages")?;
    let fresh = tempfile::tempdir_in(&parent).context("create the cache of packages")?;
    fetch(
        context,
        step,
        fresh.path(),
        // Includes packages that are already installed, but not their installed dependencies.
        &["--reinstall"],
        &packages()?,
    )?;
    match fs::rename(fresh.path(), &cached) {
        Err(_) if cached.is_dir() => {} // Another program was faster.
        renamed => renamed.with_context(|| format!("create {}", cached.display()))?,
    }
    Ok(cached)
}

/// Downloads packages and everything that they depend on into a directory, whatever is installed: what a root of
/// their own needs.
pub fn download_closure(
    context: &Context,
    step: &Step,
    into: &Path,
    packages: &[&str],
) -> Result<()> {
    if process::find("apt-get").is_none() || process::find("dpkg-deb").is_none() {
        bail!("a root of Debian's packages needs apt-get and dpkg-deb");
    }
    refresh(context, step)?;
    let nothing = into.join("status");
    fs::write(&nothing, "").context("write an empty list of packages")?;
    let installed = format!("Dir::State::status={}", nothing.display());
    let packages: Vec<_> = packages.iter().map(|name| (*name).to_owned()).collect();
    fetch(context, step, into, &["-o", &installed], &packages)
}

/// Downloads packages into our own directory, so that neither root nor the system's lock is needed.
fn fetch(
    context: &Context,
    step: &Step,
    into: &Path,
    options: &[&str],
    packages: &[String],
) -> Result<()> {
    fs::create_dir(into.join("partial")).context("create the cache of packages")?;
    let mut apt = Command::new("apt-get");
    apt.args([
        "install",
        "--yes",
        "--no-install-recommends",
        "--download-only",
    ])
    .args(options)
    .args(["-o", "Debug::NoLocking=1", "-o"])
    .arg(format!("Dir::Cache::archives={}", into.display()))
    .args(packages)
    .env("DEBIAN_FRONTEND", "noninteractive");
    context.run(step, &mut apt).map(drop)
}

/// Extracts the packages of a directory into `into`, without running any of their scripts.
pub fn unpack(packages: &Path, into: &Path, wanted: impl Fn(&str) -> bool) -> Result<()> {
    let entries = fs::read_dir(packages).with_context(|| format!("read {}", packages.display()))?;
    for entry in entries {
        let path = entry
            .with_context(|| format!("read {}", packages.display()))?
            .path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !name.ends_with(".deb") || !wanted(&name) {
            continue;
        }
        let status = Command::new("dpkg-deb")
            .arg("--extract")
            .arg(&path)
            .arg(into)
            .status();
        if !status.context("start `dpkg-deb`")?.success() {
            bail!(
                "cannot unpack {}; delete it and start again",
                path.display()
            );
        }
    }
    Ok(())
}

/// The value of `LD_LIBRARY_PATH` for programs of an unpacked package.
pub fn library_path(unpacked: &Path) -> String {
    let mut dirs = Vec::new();
    for parent in ["usr/lib", "lib"] {
        let parent = unpacked.join(parent);
        let triples = fs::read_dir(&parent).into_iter().flatten().flatten();
        dirs.extend(
            triples
                .map(|entry| entry.path())
                .filter(|path| path.to_string_lossy().contains("-linux-gnu")),
        );
        dirs.push(parent);
    }
    let names: Vec<_> = dirs.iter().map(|dir| dir.to_string_lossy()).collect();
    names.join(":")
}

/// A Chromium for the tests.
pub fn chromium(context: &Context) -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("HEARTH_CHROMIUM") {
        return Ok(chosen.into());
    }
    let find = || {
        ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(process::find)
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    context
        .progress
        .step("installing Debian's chromium", |step| {
            install(context, step, &["chromium"])
        })?;
    find().context("chromium was installed but is not on PATH")
}
