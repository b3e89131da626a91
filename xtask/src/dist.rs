//! Packs a built server into one tarball that serves the portal on a machine that has nothing else.
//!
//! ```text
//! target/hearth/dist/hearth-VERSION-ARCH-linux.tar.gz, and .tar.gz.sha256
//!     hearth                    without symbols, with the site behind it as a zip archive
//!     hearth.env                every variable, commented out (`hearth config --example`)
//!     *.service, *.socket, …    all of ops/systemd
//!     LICENSE-*, THIRD-PARTY-LICENSES.txt
//!     sbom.cdx.json             what is in it, as CycloneDX
//!     SHA256SUMS                of all of them
//! target/hearth/dist/hearth.debug    the symbols, found by gdb and perf beside the binary
//! ```
//!
//! The same commit packs into the same bytes, as far as the compiler makes the same binary: entries are
//! sorted, owned by root, and of the commit's time (or `SOURCE_DATE_EPOCH`).

mod licenses;
mod packages;
mod program;
mod sbom;
mod tarball;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};
use services::{Context, process};

use self::{packages::Packages, tarball::Contents};
use crate::{profile::Profile, site};

/// The earliest time that a zip archive can express: 1980.
const EARLIEST: i64 = 315_532_800;

/// What was packed.
pub(crate) struct Packed {
    /// The tarball.
    pub(crate) tarball: PathBuf,
    /// The directory in it.
    pub(crate) folder: String,
    /// The symbols.
    pub(crate) symbols: PathBuf,
    /// The size of its binary, in bytes.
    pub(crate) binary: u64,
    /// How much of that is the site.
    pub(crate) site: u64,
    /// How many packages it was made of.
    pub(crate) packages: usize,
}

/// Packs the server and the site that have been built in this profile.
pub(crate) fn pack(context: &Context, profile: Profile) -> Result<Packed> {
    let bundle = context.layout.bundle(profile.name());
    let built = bundle.join(site::NAME);
    let dist = context.layout.target.join("hearth/dist");
    fs::create_dir_all(&dist).with_context(|| format!("create {}", dist.display()))?;
    let epoch = epoch(&context.layout.root);

    let program = context.progress.step("separating the symbols", |step| {
        program::strip(context, step, &built, &dist)
    })?;
    let stripped = size(&program.binary)?;
    context
        .progress
        .step("appending the site to the binary", |_| {
            program::append(&program.binary, &bundle.join("site"), epoch)
        })?;
    let binary = size(&program.binary)?;
    let packages = context
        .progress
        .step("listing what it is made of", |step| {
            Packages::find(context, step)
        })?;
    let licenses = context
        .progress
        .step("collecting licenses", |_| licenses::text(&packages))?;

    let mut contents = Contents::default();
    contents.add_file("hearth", &program.binary, 0o755)?;
    contents.add("hearth.env", example(&program.binary)?.into_bytes());
    for unit in site::walk(&context.layout.root.join("ops/systemd"))? {
        let name = unit.file_name().context("a unit has no name")?;
        contents.add_file(&name.to_string_lossy(), &unit, 0o644)?;
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        contents.add_file(name, &context.layout.root.join(name), 0o644)?;
    }
    contents.add("THIRD-PARTY-LICENSES.txt", licenses.into_bytes());
    contents.add("sbom.cdx.json", sbom::json(&packages)?);
    contents.add_checksums();

    let folder = format!(
        "hearth-{}-{}-{}",
        packages.version(),
        env::consts::ARCH,
        env::consts::OS
    );
    let tarball = dist.join(format!("{folder}.tar.gz"));
    context.progress.step("writing the tarball", |_| {
        tarball::write(&tarball, &folder, &contents, epoch)
    })?;
    fs::remove_file(&program.binary).context("remove the packed binary")?;
    Ok(Packed {
        tarball,
        folder,
        symbols: program.symbols,
        binary,
        site: binary - stripped,
        packages: packages.third_party.len(),
    })
}

/// Unpacks a tarball, compares its checksums, and returns the directory that was in it.
pub(crate) fn unpack(packed: &Packed, into: &Path) -> Result<PathBuf> {
    tarball::unpack(&packed.tarball, into)?;
    let folder = into.join(&packed.folder);
    let outcome = Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet", "SHA256SUMS"])
        .current_dir(&folder)
        .output()
        .context("start `sha256sum`")?;
    if !outcome.status.success() {
        bail!(
            "the tarball's checksums are wrong: {}",
            String::from_utf8_lossy(&outcome.stdout)
        );
    }
    Ok(folder)
}

/// The time that everything in the tarball has, in seconds.
fn epoch(root: &Path) -> i64 {
    let given = env::var("SOURCE_DATE_EPOCH").ok();
    let committed = || {
        let mut git = Command::new("git");
        process::ask(git.args(["log", "-1", "--format=%ct"]).current_dir(root))
    };
    let seconds = given.or_else(committed).and_then(|at| at.parse().ok());
    seconds.unwrap_or(EARLIEST).max(EARLIEST)
}

/// The example of a configuration, which the binary itself writes.
fn example(binary: &Path) -> Result<String> {
    let example = process::ask(Command::new(binary).args(["config", "--example"]));
    let example = example.context("`hearth config --example` failed")?;
    Ok(example + "\n")
}

fn size(path: &Path) -> Result<u64> {
    let meta = fs::metadata(path).with_context(|| format!("read {}", path.display()))?;
    Ok(meta.len())
}
