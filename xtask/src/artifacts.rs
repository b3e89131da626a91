//! Building everything that a server needs to run: the binary and its site, side by side.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::{Context as _, Result, anyhow};
use services::{Context, cargo};

use crate::{node, profile::Profile, site, wasm_toolchain::WasmToolchain};

/// The binary of a next release.
const NEXT: &str = "hearth-next";

/// Announces what will be installed, before anything is.
pub(crate) fn announce(context: &Context) -> Result<()> {
    let mut missing = node::missing(context, node::TOOLS)?;
    missing.extend(WasmToolchain::missing());
    if missing.is_empty() {
        return Ok(());
    }
    let say = |line: &str| context.progress.say(line);
    say("will be installed first:");
    for what in missing {
        say(&format!("  {what}"));
    }
    say(&format!(
        "will be built: the server and its site, in {}",
        context.layout.target.display()
    ));
    say("a first build takes about ten minutes on two cores");
    Ok(())
}

/// Builds the server and its site, and returns the server's binary.
pub(crate) fn build(context: &Context, profile: Profile) -> Result<PathBuf> {
    build_with(context, profile, &[])
}

/// The same, with more targets of the server's crate, in one call of cargo so that what they share is built once.
pub(crate) fn build_with(context: &Context, profile: Profile, more: &[&str]) -> Result<PathBuf> {
    announce(context)?;
    let toolchain = WasmToolchain::get(context)?;
    // The frontend ends with minutes of link-time optimization on one core; the server uses the others.
    thread::scope(|scope| {
        let server = scope.spawn(|| {
            context.progress.step("building the server", |step| {
                let mut cargo = cargo::cargo(&context.layout, "build");
                cargo.args([
                    "--locked",
                    "--package",
                    "server",
                    "--bin",
                    site::NAME,
                    "--profile",
                    profile.name(),
                ]);
                cargo.args(more);
                context.run(step, &mut cargo)
            })
        });
        let site = site::build(context, &toolchain, profile);
        server
            .join()
            .map_err(|_| anyhow!("building the server panicked"))??;
        site
    })?;
    place_binary(context, profile)
}

/// Builds the server as a next release with another schema version, to be deployed beside this one. It shares the site
/// of the bundle, which must have been built.
pub(crate) fn build_next(context: &Context, profile: Profile) -> Result<PathBuf> {
    context.progress.step("building a newer server", |step| {
        let mut cargo = cargo::cargo(&context.layout, "build");
        cargo.args(["--locked", "--package", "server", "--bin", NEXT]);
        cargo.args(["--features", "next-version", "--profile", profile.name()]);
        context.run(step, &mut cargo)
    })?;
    place(context, profile, NEXT)
}

/// Copies a profile's binary next to its site.
pub(crate) fn place_binary(context: &Context, profile: Profile) -> Result<PathBuf> {
    place(context, profile, site::NAME)
}

fn place(context: &Context, profile: Profile, name: &str) -> Result<PathBuf> {
    let built = context.layout.target.join(profile.directory()).join(name);
    let placed = context.layout.bundle(profile.name()).join(name);
    if !same(&built, &placed) {
        // A running binary cannot be written to, but it can be replaced.
        let fresh = placed.with_extension("new");
        fs::copy(&built, &fresh).with_context(|| format!("copy {}", built.display()))?;
        let modified = fs::metadata(&built)
            .and_then(|meta| meta.modified())
            .context("read a file's time")?;
        let file = fs::File::options()
            .write(true)
            .open(&fresh)
            .context("open the copied binary")?;
        file.set_modified(modified).context("set a file's time")?;
        fs::rename(&fresh, &placed).with_context(|| format!("create {}", placed.display()))?;
    }
    Ok(placed)
}

fn same(one: &Path, other: &Path) -> bool {
    let look = |path: &Path| {
        let meta = fs::metadata(path).ok()?;
        Some((meta.len(), meta.modified().ok()?))
    };
    look(one).is_some_and(|found| look(other) == Some(found))
}

/// The command line for `hearth`, from the arguments after `--`.
pub(crate) fn hearth(binary: &Path, args: &[String]) -> Command {
    let mut command = Command::new(binary);
    if args.first().is_none_or(|first| first.starts_with('-')) {
        command.arg("serve");
    }
    command.args(args);
    command
}
