//! One container without an engine: namespaces around a root of overlays, as runc would make them.

use std::{
    fmt::Write as _,
    fs,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use services::process::{Service, pause};

use crate::{compose::Healthcheck, network::Network, quote::quote};

/// What a container is made of.
#[derive(Clone, Default)]
pub(crate) struct Spec {
    pub(crate) name: String,
    /// The unpacked base.
    pub(crate) root: PathBuf,
    /// Lines that the image adds to files.
    pub(crate) lines: Vec<(String, String)>,
    /// Directories that the image has, with their owners.
    pub(crate) dirs: Vec<(String, String)>,
    /// What is mounted: source, target, whether nothing may be written.
    pub(crate) binds: Vec<(PathBuf, String, bool)>,
    pub(crate) tmpfs: Vec<String>,
    pub(crate) shm_size: Option<String>,
    pub(crate) read_only: bool,
    /// Numbers: user and group.
    pub(crate) user: (u32, u32),
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) workdir: Option<String>,
    pub(crate) command: Vec<String>,
    /// In lower case, without `CAP_`.
    pub(crate) capabilities: Vec<String>,
    pub(crate) no_new_privileges: bool,
    pub(crate) stop: Option<String>,
}

/// A container that is running. It ends when this is dropped.
pub(crate) struct Container {
    pub(crate) spec: Spec,
    pub(crate) address: Ipv4Addr,
    /// The first process, as seen from outside.
    pub(crate) init: u32,
    pub(crate) started: Instant,
    service: Service,
    pub(crate) network: Network,
}

impl Container {
    /// Starts a container in a network. Call this on the main thread only, see `services::process::bound`.
    pub(crate) fn start(spec: Spec, network: Network, layers: &Path, log: &Path) -> Result<Self> {
        fs::create_dir_all(layers).context("create a directory for a root")?;
        let mut command = Command::new("setpriv");
        // `unshare` ignores TERM; it takes the container with it.
        command.args(["--pdeathsig", "KILL", "--", "nsenter"]);
        command.arg(format!("--net={}", network.file().display()));
        command.args(["unshare", "--mount", "--pid", "--uts", "--ipc", "--fork"]);
        command.args(["--kill-child=KILL", "/bin/sh", "-c"]);
        command.arg(script(&spec, layers));
        // A log of an earlier run is not continued.
        drop(fs::remove_file(log));
        let started = Instant::now();
        let service = Service::start(&mut command, log, Signal::KILL)?;
        let outer = service.pid();
        service
            .wait_until(Duration::from_secs(20), || child_of(outer).is_some())
            .with_context(|| format!("start the container {}", spec.name))?;
        let init = child_of(outer).context("a container ended at once")?;
        Ok(Self {
            spec,
            address: network.address,
            init,
            started,
            service,
            network,
        })
    }

    /// Runs a command in the container as its user, as `docker exec` does. Returns whether it succeeded, and its
    /// output.
    pub(crate) fn exec(&self, command: &[String], limit: Duration) -> Result<(bool, String)> {
        let mut inside = Command::new("timeout");
        inside.args(["--kill-after=1", &limit.as_secs_f64().to_string()]);
        inside.args(["nsenter", "--target", &self.init.to_string()]);
        inside.args([
            "--mount", "--pid", "--uts", "--ipc", "--net", "--root", "--wd",
        ]);
        let output = inside
            .args(["/bin/sh", "-c", &become_user(&self.spec, command)])
            .stdin(Stdio::null())
            .output()
            .context("start nsenter")?;
        let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
        said.push_str(&String::from_utf8_lossy(&output.stderr));
        Ok((output.status.success(), said))
    }

    /// Waits until the health check passes, for as long as docker would wait until it says `unhealthy`. It is run more
    /// often than it says. Returns the time since the start.
    pub(crate) fn wait_healthy(&self, check: &Healthcheck) -> Result<Duration> {
        let command = match check.test.split_first() {
            Some((kind, command)) if kind == "CMD" => command.to_vec(),
            Some((kind, [line])) if kind == "CMD-SHELL" => {
                vec!["/bin/sh".to_owned(), "-c".to_owned(), line.clone()]
            }
            _ => bail!("the health check of {} is no command", self.spec.name),
        };
        let limit = check.timeout()?;
        let patience = check.patience()?;
        loop {
            let (healthy, said) = self.exec(&command, limit)?;
            if healthy {
                return Ok(self.started.elapsed());
            }
            if let Some(status) = self.service.ended() {
                let said = self.service.said();
                bail!("{} ended with {status}\n\n{said}", self.spec.name);
            }
            if self.started.elapsed() > patience {
                let name = &self.spec.name;
                bail!("{name} is unhealthy after {patience:?}: {}", said.trim());
            }
            pause(Duration::from_millis(250));
        }
    }

    /// Sends a signal to its first process.
    pub(crate) fn signal(&self, signal: Signal) -> Result<()> {
        let init = i32::try_from(self.init).ok().and_then(Pid::from_raw);
        kill_process(init.context("a process has an id")?, signal).context("signal a container")
    }

    /// Stops it as `docker stop` does. Fails if it has to be killed.
    pub(crate) fn stop(&self, grace: Duration) -> Result<ExitStatus> {
        self.signal(match self.spec.stop.as_deref() {
            Some("SIGINT") => Signal::INT,
            Some("SIGQUIT") => Signal::QUIT,
            None | Some("SIGTERM") => Signal::TERM,
            Some(other) => bail!("{other} is no signal that stops"),
        })?;
        let deadline = Instant::now() + grace;
        loop {
            if let Some(status) = self.service.ended() {
                return Ok(status);
            }
            if Instant::now() > deadline {
                bail!("{} has not ended after {grace:?}", self.spec.name);
            }
            pause(Duration::from_millis(50));
        }
    }
}

/// The only child of a process.
fn child_of(parent: u32) -> Option<u32> {
    fs::read_dir("/proc").ok()?.flatten().find_map(|entry| {
        let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        // The name, in parentheses, may contain anything.
        let (_, rest) = stat.rsplit_once(") ")?;
        (rest.split(' ').nth(1)?.parse() == Ok(parent)).then_some(pid)
    })
}

/// What the first process of the container does before it becomes the command.
fn script(spec: &Spec, layers: &Path) -> String {
    let mut script = format!(
        "set -eu\n\
         mount --make-rprivate /\n\
         mount -t tmpfs -o mode=0755 tmpfs {layers}\n\
         mkdir {layers}/upper {layers}/work {layers}/root\n\
         mount -t overlay -o lowerdir={root},upperdir={layers}/upper,workdir={layers}/work overlay {layers}/root\n\
         cd {layers}/root\n\
         mkdir -p .old dev proc\n\
         hostname {name}\n",
        layers = quote(layers),
        root = quote(&spec.root),
        name = quote(&spec.name),
    );
    // Writing to a string cannot fail.
    let mut add = |line: String| {
        let _ = writeln!(script, "{line}");
    };
    for (file, line) in &spec.lines {
        add(format!("echo {} >> .{}", quote(line), quote(file)));
    }
    for (dir, owner) in &spec.dirs {
        let dir = quote(dir);
        add(format!("mkdir -p .{dir}; chown {} .{dir}", quote(owner)));
    }
    if let Some(dir) = &spec.workdir {
        add(format!("mkdir -p .{}", quote(dir)));
    }
    for dir in &spec.tmpfs {
        let dir = quote(dir);
        add(format!("mkdir -p .{dir}"));
        add(format!(
            "mount -t tmpfs -o mode=1777,nosuid,nodev,noexec tmpfs .{dir}"
        ));
    }
    for (source, target, read_only) in &spec.binds {
        let (source, target) = (quote(source), quote(target));
        add(format!(
            "if [ -d {source} ]; then mkdir -p .{target}; \
             else mkdir -p \"$(dirname .{target})\"; touch .{target}; fi"
        ));
        add(format!("mount --bind {source} .{target}"));
        if *read_only {
            add(format!("mount -o remount,bind,ro .{target}"));
        }
    }
    add("mount -t proc -o nosuid,nodev,noexec proc proc".to_owned());
    add("mount -t tmpfs -o mode=0755,nosuid,noexec tmpfs dev".to_owned());
    add("for it in null zero full random urandom; do \
         touch dev/$it; mount --bind /dev/$it dev/$it; done"
        .to_owned());
    add(
        "ln -s /proc/self/fd dev/fd; ln -s fd/0 dev/stdin; ln -s fd/1 dev/stdout; \
         ln -s fd/2 dev/stderr; mkdir dev/shm"
            .to_owned(),
    );
    let shm = spec.shm_size.as_deref().unwrap_or("64m");
    add(format!(
        "mount -t tmpfs -o mode=1777,nosuid,nodev,noexec,size={} tmpfs dev/shm",
        quote(shm)
    ));
    if spec.read_only {
        add("mount -o remount,bind,ro \"$PWD\"".to_owned());
    }
    add("pivot_root . .old; cd /; umount -l /.old".to_owned());
    add(become_user(spec, &spec.command));
    script
}

/// Becomes the container's user, with its capabilities and variables, and then the command.
fn become_user(spec: &Spec, command: &[String]) -> String {
    let mut words = vec!["/usr/bin/env".to_owned(), "-i".to_owned()];
    let variables = &spec.environment;
    words.extend(
        variables
            .iter()
            .map(|(name, value)| format!("{name}={value}")),
    );
    let (user, group) = spec.user;
    words.push("/usr/bin/setpriv".to_owned());
    words.push(format!("--reuid={user}"));
    words.push(format!("--regid={group}"));
    words.push("--clear-groups".to_owned());
    words.push("--inh-caps=-all".to_owned());
    let mut bounds = "-all".to_owned();
    for name in &spec.capabilities {
        bounds.push_str(",+");
        bounds.push_str(name);
    }
    words.push(format!("--bounding-set={bounds}"));
    if spec.no_new_privileges {
        words.push("--no-new-privs".to_owned());
    }
    words.push("--".to_owned());
    words.extend(command.iter().cloned());
    let line: Vec<_> = words.iter().map(quote).collect();
    let dir = spec.workdir.as_deref().unwrap_or("/");
    format!("cd {} && exec {}", quote(dir), line.join(" "))
}
