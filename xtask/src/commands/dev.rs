//! `cargo xtask dev`: build, serve, wait for a change, repeat.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, ExitCode},
    time::{Duration, SystemTime},
};

use anyhow::{Context as _, Result};
use rustix::process::{Pid, Signal, kill_process};
use services::{Context, process::pause, shutdown};

use crate::{artifacts, profile::Profile};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Arguments for `hearth`
    #[arg(last = true, value_name = "HEARTH ARGS")]
    hearth: Vec<String>,
}

/// The sources that a running server is built from.
const SOURCES: [&str; 9] = [
    "app",
    "assets",
    "crates",
    "frontend",
    "migrations",
    "server",
    "style",
    "Cargo.toml",
    "Cargo.lock",
];

type Snapshot = BTreeMap<PathBuf, SystemTime>;

pub(crate) fn main(context: &Context, args: Args) -> Result<ExitCode> {
    loop {
        // Taken before building, so that edits made meanwhile are not missed.
        let before = snapshot(&context.layout.root);
        let serving = match artifacts::build(context, Profile::Dev) {
            Ok(binary) => Some(serve(context, &binary, &args.hearth)?),
            Err(error) => {
                context
                    .progress
                    .say(&format!("error: {error:#}\n\nwaiting for a change"));
                None
            }
        };
        while snapshot(&context.layout.root) == before {
            pause(Duration::from_millis(400));
        }
        context.progress.say("something changed");
        drop(serving);
    }
}

struct Serving {
    child: Child,
    stop: Option<shutdown::Cleanup>,
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Asks the server to end, and waits until it has, which frees its port.
        self.stop.take();
        drop(self.child.wait());
    }
}

fn serve(context: &Context, binary: &Path, args: &[String]) -> Result<Serving> {
    let mut command = artifacts::hearth(binary, args);
    let child = command
        .current_dir(&context.layout.root)
        .spawn()
        .with_context(|| format!("start {}", binary.display()))?;
    let pid = Pid::from_child(&child);
    let stop = shutdown::at_end(move || {
        let _ = kill_process(pid, Signal::INT);
    });
    Ok(Serving {
        child,
        stop: Some(stop),
    })
}

/// When each source was last written. Checking 400 files twice a second costs less than another dependency.
fn snapshot(root: &Path) -> Snapshot {
    let mut found = Snapshot::new();
    let mut waiting: Vec<PathBuf> = SOURCES.iter().map(|name| root.join(name)).collect();
    while let Some(path) = waiting.pop() {
        // A file that vanishes meanwhile is missing from the snapshot, and so counts as changed.
        let Ok(meta) = fs::metadata(&path) else {
            continue;
        };
        if meta.is_dir() {
            waiting.extend(
                fs::read_dir(&path)
                    .into_iter()
                    .flatten()
                    .flatten()
                    .map(|entry| entry.path()),
            );
        } else if let Ok(modified) = meta.modified() {
            found.insert(path, modified);
        }
    }
    found
}
