//! The compiler for WebAssembly.
//!
//! rustup's target is used if it is installed or can be added. If there is no rustup, or it cannot reach a
//! server, Debian's `rustc-web` compiles the frontend, and only the frontend.

mod distribution;

use std::{env, process::Command, time::Duration};

use anyhow::{Context as _, Result, bail};
use services::{Context, cargo, packages, process};

use distribution::Distribution;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const CHOICE: &str = "HEARTH_WASM_TOOLCHAIN";

pub(crate) enum WasmToolchain {
    Rustup,
    Distribution(Distribution),
}

impl WasmToolchain {
    /// What [`get`](Self::get) would have to install, in words.
    pub(crate) fn missing() -> Option<String> {
        let forced = env::var(CHOICE).ok();
        match forced.as_deref() {
            Some("distribution") => Distribution::missing(),
            _ if is_installed() => None,
            _ if process::find("rustup").is_some() => Some(format!(
                "Rust's {TARGET} target: by `rustup target add`, or else as Debian packages"
            )),
            _ => Distribution::missing(),
        }
    }

    /// Finds or installs a toolchain.
    pub(crate) fn get(context: &Context) -> Result<Self> {
        match env::var(CHOICE).ok().as_deref() {
            None | Some("") => {}
            Some("rustup") => return add(context).map(|()| Self::Rustup),
            Some("distribution") => return Distribution::get(context).map(Self::Distribution),
            Some(other) => bail!("{CHOICE} is `{other}`; it may be `rustup` or `distribution`"),
        }
        let Err(refusal) = add(context) else {
            return Ok(Self::Rustup);
        };
        if !packages::can_install() && Distribution::missing().is_some() {
            bail!(
                "there is no compiler for {TARGET}; type\n\n    rustup target add {TARGET}\n\nor on Debian\n\n    \
                 sudo apt-get install --no-install-recommends {}\n\nand start again ({refusal:#})",
                distribution::PACKAGES.join(" ")
            );
        }
        Distribution::get(context).map(Self::Distribution)
    }

    /// A cargo that compiles for [`TARGET`].
    pub(crate) fn cargo(&self, context: &Context, subcommand: &str) -> Command {
        let mut command = match self {
            Self::Rustup => cargo::cargo(&context.layout, subcommand),
            Self::Distribution(distribution) => distribution.cargo(&context.layout, subcommand),
        };
        command.args(["--target", TARGET]);
        command
    }

    /// Debian's compiler comes without clippy.
    pub(crate) fn has_clippy(&self) -> bool {
        matches!(self, Self::Rustup)
    }
}

fn is_installed() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let libraries =
        process::ask(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]));
    libraries.is_some_and(|dir| std::path::Path::new(&dir).is_dir())
}

fn add(context: &Context) -> Result<()> {
    if is_installed() {
        return Ok(());
    }
    if process::find("rustup").is_none() {
        bail!("there is no rustup");
    }
    context
        .progress
        .step(format!("rustup target add {TARGET}"), |step| {
            // If it cannot reach a server, rustup may try for a long time.
            let mut rustup = Command::new("timeout");
            rustup
                .arg(LIMIT.as_secs().to_string())
                .args(["rustup", "target", "add", TARGET]);
            context.run(step, &mut rustup).map(drop)
        })?;
    is_installed()
        .then_some(())
        .context("rustup added the target, but rustc does not have it")
}

const LIMIT: Duration = Duration::from_secs(180);
