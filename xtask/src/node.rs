//! Node.js and npm modules. Modules are installed once per lock file, in the cache, for all clones.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result, bail};
use services::{Context, hash, packages, process};

/// Older versions lack what esbuild, binaryen and Playwright use.
const OLDEST: u32 = 18;

/// The modules for building the site: esbuild, binaryen's wasm-opt and the font.
pub(crate) const TOOLS: &str = "xtask/tools";
/// The modules for testing it: Playwright, axe and Lighthouse.
pub(crate) const END2END: &str = "end2end";

/// Describes what must be installed before [`modules`] can return.
pub(crate) fn missing(context: &Context, folder: &str) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    if process::find("node").is_none() || process::find("npm").is_none() {
        missing.push("Node.js and npm: Debian packages nodejs, npm".to_owned());
    }
    let modules = cached(context, folder)?;
    if !modules.is_dir() {
        missing.push(format!(
            "npm modules of {folder}/package-lock.json: in {}",
            modules.display()
        ));
    }
    Ok(missing)
}

/// The `node_modules` directory for one of our `package.json` files, installed if it is missing.
pub(crate) fn modules(context: &Context, folder: &str) -> Result<PathBuf> {
    node(context)?;
    let modules = cached(context, folder)?;
    if !modules.is_dir() {
        context
            .progress
            .step(format!("installing npm modules of {folder}"), |step| {
                let parent = modules
                    .parent()
                    .context("the cache has no parent directory")?;
                fs::create_dir_all(parent)
                    .with_context(|| format!("create {}", parent.display()))?;
                let fresh =
                    tempfile::tempdir_in(parent).context("create a directory for npm modules")?;
                for name in ["package.json", "package-lock.json"] {
                    let from = context.layout.root.join(folder).join(name);
                    fs::copy(&from, fresh.path().join(name))
                        .with_context(|| format!("copy {}", from.display()))?;
                }
                let mut npm = Command::new("npm");
                // None of our modules needs its install script, and Playwright's would fetch a browser.
                npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                    .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                    .current_dir(fresh.path());
                context.run(step, &mut npm)?;
                match fs::rename(fresh.path(), &modules) {
                    Err(_) if modules.is_dir() => Ok(()), // Another xtask was faster.
                    renamed => renamed.with_context(|| format!("create {}", modules.display())),
                }
            })?;
    }
    Ok(modules.join("node_modules"))
}

/// Links `node_modules` to where the sources import from it.
pub(crate) fn link(context: &Context, folder: &str) -> Result<PathBuf> {
    let modules = modules(context, folder)?;
    let link = context.layout.root.join(folder).join("node_modules");
    if link.is_symlink() {
        fs::remove_file(&link).with_context(|| format!("replace {}", link.display()))?;
    }
    // A real directory comes from a developer's own `npm install`, and is left alone.
    if !link.exists() {
        std::os::unix::fs::symlink(&modules, &link)
            .with_context(|| format!("create {}", link.display()))?;
    }
    Ok(link)
}

fn cached(context: &Context, folder: &str) -> Result<PathBuf> {
    let hash = hash::of_files(&[
        &context.layout.root.join(folder).join("package.json"),
        &context.layout.root.join(folder).join("package-lock.json"),
    ])?;
    Ok(context
        .layout
        .cache
        .join("npm")
        .join(format!("{}-{hash}", folder.replace('/', "-"))))
}

fn node(context: &Context) -> Result<()> {
    if process::find("node").is_none() || process::find("npm").is_none() {
        context
            .progress
            .step("installing Node.js and npm", |step| {
                packages::install(context, step, &["nodejs", "npm"])
            })?;
    }
    let version = process::ask(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse().ok());
    match major {
        Some(OLDEST..) => Ok(()),
        _ => bail!(
            "node {version} is too old: install Node.js {OLDEST} or later and put it first on PATH"
        ),
    }
}
