//! Debian's Rust for the web: a compiler with the sources of its standard library, but without the library
//! itself for WebAssembly. That is built once, for an empty crate, and cached as a sysroot.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};
use services::{Context, cargo, layout::Layout, packages, process, progress::Step};

use super::TARGET;

pub(super) const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const LINKER: &str = "wasm-ld-22";

pub(crate) struct Distribution {
    sysroot: PathBuf,
}

impl Distribution {
    pub(super) fn missing() -> Option<String> {
        (!is_installed()).then(|| {
            format!(
                "a Rust compiler for {TARGET}: Debian packages {}",
                PACKAGES.join(", ")
            )
        })
    }

    pub(super) fn get(context: &Context) -> Result<Self> {
        if !is_installed() {
            context
                .progress
                .step("installing Debian's Rust for WebAssembly", |step| {
                    packages::install(context, step, &PACKAGES)
                })?;
        }
        let version = process::ask(Command::new(RUSTC).arg("--version"))
            .with_context(|| format!("{RUSTC} does not say its version"))?;
        let release = version.split_whitespace().nth(1).unwrap_or("unknown");
        let sysroot = context.layout.cache.join(format!("wasm-sysroot-{release}"));
        if !sysroot.is_dir() {
            context
                .progress
                .step("building Rust's standard library for WebAssembly", |step| {
                    build_std(context, step, &sysroot)
                })?;
        }
        Ok(Self { sysroot })
    }

    pub(super) fn cargo(&self, layout: &Layout, subcommand: &str) -> Command {
        let mut command = bare_cargo(subcommand);
        cargo::settle(&mut command, layout);
        // With `--target` these flags are for that target only: build scripts and macros keep the usual library.
        command.env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            format!("--sysroot={}", self.sysroot.display()),
        );
        command
    }
}

fn is_installed() -> bool {
    // rustup's proxies are elsewhere; these files are the distribution's, but the sources may be missing.
    Path::new(RUSTC).is_file()
        && Path::new(CARGO).is_file()
        && process::find(LINKER).is_some()
        && sources().is_dir()
}

fn sources() -> PathBuf {
    let sysroot =
        process::ask(Command::new(RUSTC).args(["--print", "sysroot"])).unwrap_or_default();
    Path::new(&sysroot).join("lib/rustlib/src/rust/library")
}

fn bare_cargo(subcommand: &str) -> Command {
    let mut command = Command::new(CARGO);
    command
        .arg(subcommand)
        .env("RUSTC", RUSTC)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER)
        // Both are the default toolchain's, set by `cargo xtask`.
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("LD_LIBRARY_PATH");
    command
}

fn build_std(context: &Context, step: &Step, sysroot: &Path) -> Result<()> {
    let parent = &context.layout.cache;
    fs::create_dir_all(parent).with_context(|| format!("create {}", parent.display()))?;
    let work =
        tempfile::tempdir_in(parent).context("create a directory for the standard library")?;
    let at = |name: &str| work.path().join(name);
    let write =
        |name: &str, text: &str| fs::write(at(name), text).with_context(|| format!("write {name}"));
    fs::create_dir(at("src")).context("create src")?;
    write("src/lib.rs", "")?;
    write(
        "Cargo.toml",
        "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n\
         [profile.release]\nopt-level = \"z\"\ncodegen-units = 1\npanic = \"abort\"\n",
    )?;
    let mut build = bare_cargo("build");
    build
        .args(["--release", "--target", TARGET])
        .args([
            "-Zbuild-std=std,panic_abort",
            "-Zbuild-std-features=optimize_for_size",
        ])
        .current_dir(work.path())
        .env("CARGO_TARGET_DIR", at("target"))
        // `-Z build-std` is for nightly compilers, but this one has no other way to get a standard library.
        .env("RUSTC_BOOTSTRAP", "1")
        // Link-time optimization of the frontend covers the library only if it contains bitcode.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes");
    context.run(step, &mut build)?;

    let libraries = at("sysroot/lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&libraries).context("create the sysroot")?;
    let built = at("target").join(TARGET).join("release/deps");
    let mut found = 0;
    for entry in fs::read_dir(&built).with_context(|| format!("read {}", built.display()))? {
        let path = entry.context("read what was built")?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libempty") {
            fs::copy(&path, libraries.join(&name)).with_context(|| format!("copy {name}"))?;
            found += 1;
        }
    }
    if found == 0 {
        bail!(
            "the build of the standard library left nothing in {}",
            built.display()
        );
    }
    match fs::rename(at("sysroot"), sysroot) {
        Err(_) if sysroot.is_dir() => Ok(()), // Another xtask was faster.
        renamed => renamed.with_context(|| format!("create {}", sysroot.display())),
    }
}
