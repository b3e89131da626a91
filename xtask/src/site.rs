//! Turns the frontend's crates into the files that a browser loads.
//!
//! ```text
//! <bundle>/site/pkg/hearth.HASH.{js,wasm,css}
//! <bundle>/site/pkg/hearth-admin.HASH.{js,wasm,css}
//! <bundle>/site/pkg/hearth-kitchen.HASH.{js,wasm}
//! <bundle>/site/fonts/figtree.woff2      from npm
//! <bundle>/site/hash.txt                 "js: HASH" … of these names, which the server reads when it starts;
//!                                        "admin-js: HASH" … of what editors' pages load,
//!                                        "kitchen-js: HASH" … of the kitchen's
//! <bundle>/site/**                       all of assets/**
//! <bundle>/site/**.{br,gz}               beside everything that is text, and the wasm
//! ```
//!
//! The binary is in `<bundle>` too, and finds the site there. [`dist`](crate::dist) puts the site into the binary.

pub(crate) mod bindgen;
mod compress;
mod pack;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use services::{Context, hash};

use crate::{
    node,
    profile::Profile,
    wasm_toolchain::{TARGET, WasmToolchain},
};

/// The name of all outputs. The server's `LEPTOS_OUTPUT_NAME` is the same.
pub(crate) const NAME: &str = "hearth";

/// A program of the browser.
#[derive(Clone, Copy)]
pub(crate) enum Program {
    /// What readers load.
    Readers,
    /// What editors' pages load instead: the same with their own islands.
    Editors,
    /// What recipes' pages load beside the readers' program.
    Kitchen,
}

impl Program {
    const ALL: [Self; 3] = [Self::Readers, Self::Editors, Self::Kitchen];

    /// Its package.
    pub(crate) const fn package(self) -> &'static str {
        match self {
            Self::Readers => "frontend",
            Self::Editors => "frontend-admin",
            Self::Kitchen => "frontend-kitchen",
        }
    }

    /// What its files' names begin with.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Readers => NAME,
            Self::Editors => "hearth-admin",
            Self::Kitchen => "hearth-kitchen",
        }
    }

    /// The prefix of its lines in `hash.txt`.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Readers => "",
            Self::Editors => "admin-",
            Self::Kitchen => "kitchen-",
        }
    }
}

/// Raise this when a step's output changes for the same input.
const FORMAT: &str = "7";

/// Brings a profile's site up to date. When its inputs are unchanged, only cargo runs.
pub(crate) fn build(context: &Context, toolchain: &WasmToolchain, profile: Profile) -> Result<()> {
    let modules = node::modules(context, node::TOOLS)?;
    let mut programs = Vec::new();
    for program in Program::ALL {
        programs.push((program, compile(context, toolchain, profile, program)?));
    }
    let bundle = context.layout.bundle(profile.name());
    let stamp = bundle.join("site.stamp");
    let inputs = inputs(context, &programs, profile)?;
    if fs::read_to_string(&stamp).is_ok_and(|last| last == inputs) && bundle.join("site").is_dir() {
        return Ok(());
    }
    fs::create_dir_all(&bundle).with_context(|| format!("create {}", bundle.display()))?;
    // In the same directory as the site, so that it can be renamed into place.
    let fresh = tempfile::tempdir_in(&bundle).context("create a directory for the site")?;
    let optimize = profile != Profile::Dev;

    let bound = context
        .progress
        .step("binding WebAssembly to JavaScript", |_| {
            let bind = |(program, wasm): &(Program, PathBuf)| {
                let folder = fresh.path().join("bound").join(program.name());
                bindgen::bind(
                    &context.layout,
                    *program,
                    wasm,
                    &folder,
                    bindgen::Names::Remove,
                )
            };
            programs.iter().map(bind).collect::<Result<Vec<_>>>()
        })?;
    let site = fresh.path().join("site");
    pack::pack(context, &modules, &bound, &site, optimize)?;
    if optimize {
        context
            .progress
            .step("compressing the site", |_| compress::tree(&site))?;
    }

    let place = bundle.join("site");
    if place.exists() {
        drop(fs::remove_file(&stamp));
        fs::remove_dir_all(&place).with_context(|| format!("replace {}", place.display()))?;
    }
    fs::rename(&site, &place).with_context(|| format!("create {}", place.display()))?;
    fs::write(&stamp, inputs).with_context(|| format!("write {}", stamp.display()))
}

/// The site's WebAssembly as it is served, but with the names of its functions.
pub(crate) fn build_with_names(context: &Context, toolchain: &WasmToolchain) -> Result<PathBuf> {
    let modules = node::modules(context, node::TOOLS)?;
    let program = Program::Readers;
    let wasm = compile(context, toolchain, Profile::Ci, program)?;
    let folder = context.layout.target.join(TARGET).join("wasm/named");
    let bound = bindgen::bind(
        &context.layout,
        program,
        &wasm,
        &folder,
        bindgen::Names::Keep,
    )?;
    let small = folder.join("small.wasm");
    pack::shrink(context, &modules, &bound.wasm, &small, bindgen::Names::Keep)?;
    Ok(small)
}

fn compile(
    context: &Context,
    toolchain: &WasmToolchain,
    profile: Profile,
    program: Program,
) -> Result<PathBuf> {
    // Tests run on what is deployed, so every optimized profile has the same WebAssembly.
    let (name, directory) = match profile {
        Profile::Dev => ("dev", "debug"),
        Profile::Ci | Profile::Release => ("wasm", "wasm"),
    };
    let task = match program {
        Program::Readers => "building WebAssembly",
        Program::Editors => "building the editors' WebAssembly",
        Program::Kitchen => "building the kitchen's WebAssembly",
    };
    context.progress.step(task, |step| {
        let mut cargo = toolchain.cargo(context, "build");
        cargo.args([
            "--locked",
            "--package",
            program.package(),
            "--lib",
            "--profile",
            name,
        ]);
        if profile == Profile::Dev {
            // Debug information is most of the file, and never read.
            cargo.env("CARGO_PROFILE_DEV_DEBUG", "false");
        }
        context.run(step, &mut cargo)
    })?;
    Ok(context
        .layout
        .target
        .join(TARGET)
        .join(directory)
        .join(format!("{}.wasm", program.package().replace('-', "_"))))
}

/// A text that changes when any input of the site changes.
fn inputs(context: &Context, programs: &[(Program, PathBuf)], profile: Profile) -> Result<String> {
    let root = &context.layout.root;
    let mut files: Vec<PathBuf> = programs.iter().map(|(_, wasm)| wasm.clone()).collect();
    files.extend([
        root.join(node::TOOLS).join("package-lock.json"),
        root.join("Cargo.lock"),
    ]);
    for folder in ["style", "assets"] {
        files.extend(walk(&root.join(folder))?);
    }
    let names: Vec<_> = files.iter().map(|file| file.to_string_lossy()).collect();
    Ok(format!(
        "{FORMAT} {profile:?} {}\n{}\n",
        hash::of_files(&files)?,
        names.join("\n")
    ))
}

/// All files below a directory, sorted; none if there is no such directory.
pub(crate) fn walk(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut dirs = vec![dir.to_owned()];
    while let Some(dir) = dirs.pop().filter(|dir| dir.is_dir()) {
        for entry in fs::read_dir(&dir).with_context(|| format!("read {}", dir.display()))? {
            let path = entry
                .with_context(|| format!("read {}", dir.display()))?
                .path();
            if path.is_dir() {
                dirs.push(path)
            } else {
                files.push(path)
            }
        }
    }
    files.sort();
    Ok(files)
}
