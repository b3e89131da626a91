//! wasm-bindgen as a library: no extra program to install, and always the version in the lock file.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use services::layout::Layout;
use wasm_bindgen_cli_support::Bindgen;

use super::Program;

/// The output of wasm-bindgen.
pub(super) struct Bound {
    pub(super) program: Program,
    pub(super) js: PathBuf,
    pub(super) wasm: PathBuf,
}

/// What happens to function names, which are only needed to see where the bytes come from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    Keep,
    Remove,
}

pub(super) fn bind(
    layout: &Layout,
    program: Program,
    wasm: &Path,
    into: &Path,
    names: Names,
) -> Result<Bound> {
    let name = program.name();
    check_versions(&lock(layout)?)?;
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .out_name(name)
        .typescript(false)
        // Leptos passes the path, with its hash.
        .omit_default_module_path(true)
        .remove_name_section(names == Names::Remove)
        .remove_producers_section(true)
        .generate(into)
        .with_context(|| format!("bind {}", wasm.display()))?;
    Ok(Bound {
        program,
        js: into.join(format!("{name}.js")),
        wasm: into.join(format!("{name}_bg.wasm")),
    })
}

/// Binds a test for Node.js, and returns its module.
pub(crate) fn bind_for_node(layout: &Layout, wasm: &Path, into: &Path) -> Result<PathBuf> {
    check_versions(&lock(layout)?)?;
    let name = wasm.file_stem().context("the WebAssembly has no name")?;
    Bindgen::new()
        .input_path(wasm)
        .nodejs(true)?
        .typescript(false)
        .generate(into)
        .with_context(|| format!("bind {}", wasm.display()))?;
    // Node.js treats `.js` as the nearest package says, but `.cjs` always as CommonJS.
    let (made, named) = (
        into.join(name).with_extension("js"),
        into.join(name).with_extension("cjs"),
    );
    fs::rename(&made, &named).with_context(|| format!("rename {}", made.display()))?;
    Ok(named)
}

fn lock(layout: &Layout) -> Result<String> {
    fs::read_to_string(layout.root.join("Cargo.lock")).context("read Cargo.lock")
}

/// The library must have the version that the frontend was compiled with.
fn check_versions(lock: &str) -> Result<()> {
    let frontend = version(lock, "wasm-bindgen")?;
    let ours = version(lock, "wasm-bindgen-cli-support")?;
    ensure!(
        frontend == ours,
        "Cargo.lock has wasm-bindgen {frontend}, but wasm-bindgen-cli-support {ours}; type\n\n    \
         cargo update --package wasm-bindgen-cli-support --precise {frontend}"
    );
    Ok(())
}

fn version<'lock>(lock: &'lock str, package: &str) -> Result<&'lock str> {
    let (_, entry) = lock
        .split_once(&format!("name = \"{package}\"\nversion = \""))
        .with_context(|| format!("Cargo.lock has no {package}"))?;
    Ok(entry.split('"').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(frontend: &str, ours: &str) -> String {
        format!(
            "[[package]]\nname = \"wasm-bindgen\"\nversion = \"{frontend}\"\n\n\
             [[package]]\nname = \"wasm-bindgen-cli-support\"\nversion = \"{ours}\"\n"
        )
    }

    #[test]
    fn different_versions_are_an_error_that_names_the_fix() {
        assert!(check_versions(&lock("0.2.130", "0.2.130")).is_ok());
        let error = check_versions(&lock("0.2.130", "0.2.131"))
            .unwrap_err()
            .to_string();
        assert!(error.contains("--precise 0.2.130"), "{error}");
        assert!(check_versions("").is_err());
    }
}
