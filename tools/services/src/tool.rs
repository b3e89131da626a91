//! A program that is used but need not be installed.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result, bail};

use crate::{
    context::Context,
    packages,
    private::{Scratch, may_use_system},
    process::{bound, find},
};

/// Where it is, and what it needs.
#[derive(Clone, Debug)]
pub struct Tool {
    /// Its binary.
    pub program: PathBuf,
    /// Where its libraries are if they are not the system's.
    pub libraries: Option<String>,
}

impl Tool {
    /// The program on `PATH`, or the one from Debian's package of this name, unpacked into `scratch`.
    pub fn get(context: &Context, scratch: &Scratch, name: &str) -> Result<Self> {
        Self::of_package(context, scratch, name, name)
    }

    /// The same for a program whose package has another name.
    pub fn of_package(
        context: &Context,
        scratch: &Scratch,
        name: &str,
        package: &str,
    ) -> Result<Self> {
        if may_use_system()?
            && let Some(program) = find(name)
        {
            return Ok(Self {
                program,
                libraries: None,
            });
        }
        let unpacked = scratch.path().join("packages");
        context
            .progress
            .step(format!("unpacking a private {name}"), |step| {
                let wanted = || Ok(vec![package.to_owned()]);
                let packages = packages::download(context, step, package, wanted)?;
                fs::create_dir_all(&unpacked).context("create a directory for packages")?;
                packages::unpack(&packages, &unpacked, |_| true)
            })?;
        let places = ["usr/bin", "usr/sbin"].map(|dir| unpacked.join(dir).join(name));
        let Some(program) = places.into_iter().find(|place| place.is_file()) else {
            bail!("Debian's package {package} has no program {name}");
        };
        Ok(Self {
            program,
            libraries: Some(packages::library_path(&unpacked)),
        })
    }

    /// A command that runs it, see [`bound`].
    pub fn command(&self) -> Command {
        let mut command = bound(&self.program);
        if let Some(libraries) = &self.libraries {
            command.env("LD_LIBRARY_PATH", libraries);
        }
        command
    }
}
