//! Shrinks, bundles and names the files that a browser loads.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};
use services::{Context, hash};

use super::{
    Program,
    bindgen::{Bound, Names},
    walk,
};

/// Features that today's browsers have and rustc uses. With `--all-features`, wasm-opt writes a file that none loads.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

const FONT: &str = "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2";

/// Fills `site`.
pub(super) fn pack(
    context: &Context,
    modules: &Path,
    programs: &[Bound],
    site: &Path,
    optimize: bool,
) -> Result<()> {
    let root = &context.layout.root;
    copy_tree(&root.join("assets"), site)?;
    copy(&modules.join(FONT), &site.join("fonts/figtree.woff2"))?;

    let work = site.with_file_name("packed");
    fs::create_dir_all(&work).with_context(|| format!("create {}", work.display()))?;
    // What is served below `pkg`: of each file its program, its kind and where it is now.
    let mut packed = Vec::new();
    let mut bundles = Vec::new();
    for (program, style) in [
        (Program::Readers, "main.css"),
        (Program::Editors, "admin.css"),
    ] {
        let css = work.join(style);
        bundles.push((root.join("style").join(style), css.clone()));
        packed.push((program, "css", css));
    }
    for bound in programs {
        let file = |end: &str| work.join(bound.program.name()).with_extension(end);
        let (js, wasm) = (file("js"), file("wasm"));
        if optimize {
            shrink(context, modules, &bound.wasm, &wasm, Names::Remove)?;
        } else {
            copy(&bound.wasm, &wasm)?;
        }
        bundles.push((bound.js.clone(), js.clone()));
        packed.push((bound.program, "js", js));
        packed.push((bound.program, "wasm", wasm));
    }
    context
        .progress
        .step("bundling scripts and styles", |step| {
            // Bundling includes the snippets that crates bring along and the modules of our own scripts, so that
            // each script is one file.
            for script in scripts(&root.join("assets"))? {
                let name = script.file_name().context("a script has no name")?;
                bundles.push((script.clone(), site.join(name)));
            }
            for (from, to) in bundles {
                let mut esbuild = Command::new("node");
                esbuild.arg(modules.join("esbuild/bin/esbuild")).arg(&from);
                // What comes from npm: GraphiQL, in the form that is not for its developers.
                esbuild.env("NODE_PATH", modules);
                esbuild.arg("--define:process.env.NODE_ENV=\"production\"");
                // Replaces the copy from `assets`.
                esbuild.arg("--allow-overwrite");
                esbuild.arg(format!("--outfile={}", to.display()));
                esbuild.args([
                    "--bundle",
                    "--format=esm",
                    "--legal-comments=none",
                    "--log-level=warning",
                ]);
                esbuild.args(site_paths(site)?);
                if optimize {
                    esbuild.arg("--minify");
                }
                context.run(step, &mut esbuild)?;
            }
            without_fonts(&site.join("graphiql.css"))
        })?;

    let mut hashes = String::new();
    for (program, kind, file) in packed {
        let hash = hash::of_files(&[&file])?;
        let served = format!("{}.{hash}.{kind}", program.name());
        copy(&file, &site.join("pkg").join(served))?;
        hashes.push_str(&format!("{}{kind}: {hash}\n", program.prefix()));
    }
    fs::write(site.join("hash.txt"), hashes).context("write hash.txt")
}

/// Shrinks WebAssembly.
pub(super) fn shrink(
    context: &Context,
    modules: &Path,
    from: &Path,
    to: &Path,
    names: Names,
) -> Result<()> {
    context.progress.step("shrinking WebAssembly", |step| {
        let mut command = Command::new("node");
        command
            .arg(modules.join("binaryen/bin/wasm-opt"))
            .args(["-Oz", "--strip-producers"])
            .arg(match names {
                Names::Keep => "--debuginfo",
                Names::Remove => "--strip-debug",
            })
            .args(FEATURES)
            .arg(from)
            .arg("-o")
            .arg(to);
        context.run(step, &mut command).map(drop)
    })
}

/// Removes the fonts from a style sheet that has them in itself: the content security policy allows
/// only those of the site, and 300 kB of fonts for one page are too many.
fn without_fonts(style: &Path) -> Result<()> {
    let text = fs::read_to_string(style).with_context(|| format!("read {}", style.display()))?;
    let mut parts = text.split("@font-face");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    // A rule for a font contains no other block.
    bare.extend(parts.filter_map(|rule| Some(rule.split_once('}')?.1)));
    fs::write(style, bare).with_context(|| format!("write {}", style.display()))
}

/// The scripts that pages load; the modules that they import are in subfolders.
fn scripts(assets: &Path) -> Result<Vec<PathBuf>> {
    let mut files = walk(assets)?;
    files.retain(|file| {
        file.parent() == Some(assets) && file.extension().is_some_and(|kind| kind == "js")
    });
    Ok(files)
}

/// Options for leaving paths such as `url(/fonts/…)` alone. (`--external:/*` would cover the sources too.)
fn site_paths(site: &Path) -> Result<Vec<String>> {
    let mut options = Vec::new();
    for entry in fs::read_dir(site).with_context(|| format!("read {}", site.display()))? {
        let entry = entry.with_context(|| format!("read {}", site.display()))?;
        let kind = if entry.path().is_dir() { "/*" } else { "" };
        options.push(format!(
            "--external:/{}{kind}",
            entry.file_name().to_string_lossy()
        ));
    }
    Ok(options)
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    for file in walk(from)? {
        let relative: PathBuf = file
            .strip_prefix(from)
            .context("walk left its directory")?
            .into();
        copy(&file, &to.join(relative))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent).with_context(|| format!("create {}", parent.display()))?;
    }
    fs::copy(from, to).with_context(|| format!("copy {} to {}", from.display(), to.display()))?;
    Ok(())
}
