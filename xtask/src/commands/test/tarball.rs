//! Serves the portal from the tarball: unpacked where nothing else is, the binary has to do alone.

use std::{fs, process::Command};

use anyhow::{Context as _, Result, ensure};
use services::{
    Context,
    hearth::{Hearth, Store},
    private::Scratch,
    progress::Step,
};

use super::fetch::{fetch, loaded};
use crate::{
    dist::{self, Packed},
    profile::Profile,
};

/// What has to be in it, besides the units of ops/systemd.
const CONTENTS: [&str; 8] = [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "SHA256SUMS",
    "THIRD-PARTY-LICENSES.txt",
    "hearth",
    "hearth-warm.service",
    "hearth.env",
    "sbom.cdx.json",
];

/// Unpacks it, compares its checksums, asks the binary for help, and fetches a page and a script from it.
pub(super) fn check(context: &Context, step: &Step, packed: &Packed) -> Result<()> {
    let scratch = Scratch::new("tarball")?;
    let folder = dist::unpack(packed, scratch.path())?;
    for name in CONTENTS {
        ensure!(folder.join(name).is_file(), "the tarball has no {name}");
    }
    let binary = folder.join("hearth");
    let help = context.run(step, Command::new(&binary).arg("--help").current_dir("/"))?;
    ensure!(help.contains("LEPTOS_SITE_ROOT"), "--help says: {help}");

    // It runs in a directory of its own.
    let server = Hearth::start(context, &binary, &Store::Embedded, "server-tarball.log")?;
    let script = loaded(&server.url, "/recipes/7", ".js")?;
    let site = context.layout.bundle(Profile::Ci.name()).join("site");
    let built = fs::read(site.join(script.trim_start_matches('/')))
        .with_context(|| format!("read {script} as it was built"))?;
    let sent = fetch(&format!("{}{script}", server.url))?;
    ensure!(sent == built, "{script} differs from what was built");
    Ok(())
}
