//! Prometheus' own tool, which reads and tests alert rules. Its package is unpacked, not installed:
//! installing it starts a service.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use crate::{
    context::Context,
    packages,
    private::{Scratch, may_use_system},
    process,
    progress::Step,
};

/// Checks the rules of a directory (`alerts.yaml`), and runs their tests (`alerts_test.yaml`).
pub fn check(context: &Context, step: &Step, rules: &Path) -> Result<()> {
    let scratch = Scratch::new("promtool")?;
    let program = program(context, step, &scratch)?;
    let promtool = |arguments: [&str; 3]| {
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(rules);
        context.run(step, &mut command).map(drop)
    };
    promtool(["check", "rules", "alerts.yaml"])?;
    promtool(["test", "rules", "alerts_test.yaml"])
}

fn program(context: &Context, step: &Step, scratch: &Scratch) -> Result<PathBuf> {
    if may_use_system()?
        && let Some(installed) = process::find("promtool")
    {
        return Ok(installed);
    }
    let packages = packages::download(context, step, "prometheus", || {
        Ok(vec!["prometheus".to_owned()])
    })?;
    let unpacked = scratch.path().join("packages");
    fs::create_dir(&unpacked).context("create a directory for promtool")?;
    // It is linked statically.
    packages::unpack(&packages, &unpacked, |name| name.starts_with("prometheus_"))?;
    Ok(unpacked.join("usr/bin/promtool"))
}
