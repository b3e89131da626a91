//! Roots of Debian's packages: downloaded, unpacked, and cached. No script of a package is run.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};
use services::{Context, packages, private::Scratch};

use crate::quote::quote;

/// What Debian's smallest image has.
const BARE: [&str; 22] = [
    "base-files",
    "base-passwd",
    "bash",
    "coreutils",
    "dash",
    "debianutils",
    "diffutils",
    "findutils",
    "grep",
    "gzip",
    "hostname",
    "libc-bin",
    "libgcc-s1",
    "login",
    "mount",
    "ncurses-base",
    "passwd",
    "perl-base",
    "sed",
    "sysvinit-utils",
    "tar",
    "util-linux",
];

/// What the images of other projects contain, and the tools that read the files of `ops`.
const SERVICES: [&str; 10] = [
    "caddy",
    "dnsmasq-base",
    "docker-compose",
    "iproute2",
    "postgresql-15",
    "prometheus",
    "python3-yaml",
    "redis-server",
    "systemd",
    "wget",
];

/// Dependencies that only matter to scripts, to people, or to PostgreSQL's JIT compiler, for which no query is long
/// enough here.
const USELESS: [&str; 7] = [
    "usrmerge_",
    "fonts-",
    "libjs-",
    "javascript-common_",
    "libllvm",
    "locales_",
    "libc-l10n_",
];

/// Directories that Debian has merged into `/usr`.
const MERGED: [&str; 4] = ["bin", "sbin", "lib", "lib64"];

/// An unpacked root. It is shared, and nothing may write to it.
pub(crate) struct Root {
    pub(crate) path: PathBuf,
}

impl Root {
    /// The system and nothing else.
    pub(crate) fn bare(context: &Context) -> Result<Self> {
        Self::get(context, "bare", &BARE)
    }

    /// The system with all servers and tools.
    pub(crate) fn with_services(context: &Context) -> Result<Self> {
        Self::get(context, "services", &[&BARE[..], &SERVICES].concat())
    }

    fn get(context: &Context, name: &str, wanted: &[&str]) -> Result<Self> {
        let parent = context.layout.cache.join("roots");
        fs::create_dir_all(&parent).context("create the cache of roots")?;
        let list = parent.join(format!("{name}.packages"));
        let path = parent.join(name);
        // Another version of this program may have wanted others.
        let text = wanted.join("\n");
        if path.is_dir() && fs::read_to_string(&list).is_ok_and(|cached| cached == text) {
            return Ok(Self { path });
        }
        drop(fs::remove_dir_all(&path));
        context
            .progress
            .step(format!("unpacking Debian: {name}"), |step| {
                let scratch = Scratch::new("packages")?;
                packages::download_closure(context, step, scratch.path(), wanted)?;
                let fresh = parent.join(format!("{name}.{}", std::process::id()));
                drop(fs::remove_dir_all(&fresh));
                step.detail("unpacking");
                unpack(scratch.path(), &fresh)?;
                match fs::rename(&fresh, &path) {
                    // Another program was faster.
                    Err(_) if path.is_dir() => fs::remove_dir_all(&fresh)?,
                    renamed => renamed.context("name a root")?,
                }
                fs::write(&list, text).context("note what a root contains")
            })?;
        Ok(Self { path })
    }

    /// Runs a tool of this root in the repository, which is /project there, and returns what it prints. It reads
    /// `input`, and has no network.
    pub(crate) fn run(&self, project: &Path, command: &[&str], input: &str) -> Result<String> {
        let (root, project) = (quote(&self.path), quote(project));
        let words: Vec<_> = command.iter().map(quote).collect();
        let script = format!(
            "set -e; mount --make-rprivate /; mount --rbind /dev {root}/dev; \
             mount -t proc proc {root}/proc; mount -t tmpfs tmpfs {root}/tmp; \
             mount --bind {project} {root}/project; mount -o remount,bind,ro {root}/project; \
             exec env -i PATH=/usr/sbin:/usr/bin HOME=/tmp LANG=C.UTF-8 \
               chroot {root} /bin/sh -c 'cd /project && exec \"$@\"' sh {}",
            words.join(" ")
        );
        let mut child = Command::new("unshare")
            .args(["--mount", "--pid", "--net", "--fork", "sh", "-c", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("start unshare")?;
        if let Some(mut pipe) = child.stdin.take() {
            // A tool that reads nothing may have ended already.
            drop(pipe.write_all(input.as_bytes()));
        }
        let output = child.wait_with_output().context("wait for a tool")?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            let error = String::from_utf8_lossy(&output.stderr);
            bail!("{}\n{said}{error}", command.join(" "));
        }
        Ok(said)
    }
}

fn unpack(from: &Path, into: &Path) -> Result<()> {
    for dir in MERGED {
        let merged = into.join("usr").join(dir);
        fs::create_dir_all(&merged).context("create a root")?;
        symlink(format!("usr/{dir}"), into.join(dir)).context("merge a directory into /usr")?;
    }
    let packages = fs::read_dir(from).context("read the packages")?;
    for package in packages {
        let path = package.context("read the packages")?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".deb") && !USELESS.iter().any(|useless| name.starts_with(useless)) {
            extract(&path, into)?;
        }
    }
    // What the scripts of the packages would have done.
    for (example, file) in [
        ("usr/share/base-passwd/passwd.master", "etc/passwd"),
        ("usr/share/base-passwd/group.master", "etc/group"),
        ("usr/share/libc-bin/nsswitch.conf", "etc/nsswitch.conf"),
    ] {
        fs::copy(into.join(example), into.join(file))
            .with_context(|| format!("create {file} of a root"))?;
    }
    link_moved(into, "var/run", "/run")?;
    link_moved(into, "var/lock", "/run/lock")?;
    for dir in ["project", "usr/local/bin"] {
        fs::create_dir_all(into.join(dir)).context("create a root")?;
    }
    Ok(())
}

/// Links a directory that Debian has moved to its new place. Some versions of `base-files` contain the old one, empty,
/// and leave this to their script.
fn link_moved(root: &Path, old: &str, new: &str) -> Result<()> {
    let path = root.join(old);
    if path.is_dir() {
        fs::remove_dir(&path).with_context(|| format!("remove /{old} of a root"))?;
    }
    symlink(new, &path).with_context(|| format!("link /{old} of a root"))
}

/// Extracts one package. `dpkg-deb --extract` would replace the links of merged directories by directories.
fn extract(package: &Path, into: &Path) -> Result<()> {
    let script = "dpkg-deb --fsys-tarfile \"$1\" | \
        tar --extract --preserve-permissions --keep-directory-symlink --directory \"$2\"";
    let status = Command::new("sh")
        .args(["-c", script, "sh"])
        .args([package, into])
        .status();
    if !status.context("start tar")?.success() {
        bail!("cannot unpack {}", package.display());
    }
    Ok(())
}
