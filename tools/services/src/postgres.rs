//! Starts and stops a private PostgreSQL cluster.
//!
//! The server's binaries come from Debian's directory or `PATH`. Otherwise the packages are unpacked, not
//! installed: installing them creates and starts a system cluster. PostgreSQL refuses to run as root, so
//! root starts it as `nobody`, which also owns the data.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use rustix::process::{Signal, geteuid};

use crate::{
    context::Context,
    packages,
    private::{Scratch, free_port, may_use_system, secret},
    process::{self, Service, bound},
    progress::Step,
};

/// The user that root runs PostgreSQL as. Every Unix has it.
const UNPRIVILEGED: &str = "nobody";

/// A cluster, whose server ends when this is dropped.
pub struct Postgres {
    /// Where it listens.
    pub port: u16,
    password: String,
    log: PathBuf,
    // Dropped in this order: first the server, then its directory. `None` while it is stopped.
    service: Option<Service>,
    programs: Programs,
    scratch: Scratch,
}

impl Postgres {
    /// Creates a cluster and starts its server.
    pub fn start(context: &Context) -> Result<Self> {
        let scratch = Scratch::new("postgres")?;
        let programs = Programs::find(context, &scratch)?;
        let port = free_port()?;
        let password = secret()?;
        context
            .progress
            .step("creating a private PostgreSQL cluster", |step| {
                create(context, step, &programs, &scratch, &password)
            })?;
        let log = context.layout.logs().join("postgresql.log");
        // A log of an earlier run is not continued.
        drop(fs::remove_file(&log));
        let mut postgres = Self {
            port,
            password,
            log,
            service: None,
            programs,
            scratch,
        };
        postgres.start_again()?;
        Ok(postgres)
    }

    /// Starts the server on its existing data, and waits until it answers.
    pub fn start_again(&mut self) -> Result<()> {
        let data = self.scratch.path().join("data");
        let mut command = self.programs.command("postgres");
        command
            .arg("-D")
            .arg(&data)
            .args(["-p", &self.port.to_string()]);
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=300",
            // The data is temporary: it must survive a crash of the server, not of the machine.
            "fsync=off",
            "full_page_writes=off",
            "jit=off",
        ] {
            command.args(["-c", setting]);
        }
        // SIGINT is its "fast shutdown": it ends immediately, even with clients connected.
        let service = Service::start(&mut command, &self.log, Signal::INT)?;
        let pid_file = data.join("postmaster.pid");
        service.wait_until(Duration::from_secs(60), || {
            // Its eighth line is the server's state.
            fs::read_to_string(&pid_file)
                .is_ok_and(|text| text.lines().nth(7).is_some_and(|s| s.trim() == "ready"))
        })?;
        self.service = Some(service);
        Ok(())
    }

    /// The id of the server's first process.
    pub fn pid(&self) -> Option<u32> {
        self.service.as_ref().map(Service::pid)
    }

    /// A console that sends statements directly to the server.
    pub fn console(&self, database: &str) -> Console {
        Console {
            programs: self.programs.clone(),
            url: self.url(database),
        }
    }

    /// Stops the server: cleanly, or immediately and without writing to its disk.
    pub fn stop(&mut self, immediate: bool) {
        let signal = if immediate { Signal::QUIT } else { Signal::INT };
        if let Some(service) = self.service.take() {
            service.stop(signal);
        }
    }

    /// The variables by which other programs find `pg_dump` and the like.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{path}", self.programs.bin.display());
        let libraries = self.programs.libraries.clone();
        let libraries = libraries.map(|libraries| ("LD_LIBRARY_PATH", libraries));
        [("PATH", path)].into_iter().chain(libraries).collect()
    }

    /// The superuser's URL for a database.
    pub fn url(&self, database: &str) -> String {
        self.url_through(self.port, database)
    }

    /// The same, through a proxy that listens on `port`.
    pub fn url_through(&self, port: u16, database: &str) -> String {
        format!(
            "postgres://postgres:{}@127.0.0.1:{port}/{database}",
            self.password
        )
    }

    /// How a pooler reaches the server as the superuser, in libpq's form.
    pub(crate) fn connection_string(&self) -> String {
        format!(
            "host=127.0.0.1 port={} user=postgres password={}",
            self.port, self.password
        )
    }

    /// Creates an empty database and returns its URL.
    pub fn create_database(&self, context: &Context, step: &Step, name: &str) -> Result<String> {
        let mut command = self.programs.command("createdb");
        command
            .args([
                "--host",
                "127.0.0.1",
                "--port",
                &self.port.to_string(),
                "--username",
                "postgres",
                name,
            ])
            .env("PGPASSWORD", &self.password)
            .env("HOME", self.scratch.path());
        context.run(step, &mut command)?;
        Ok(self.url(name))
    }
}

fn create(
    context: &Context,
    step: &Step,
    programs: &Programs,
    scratch: &Scratch,
    password: &str,
) -> Result<()> {
    let password_file = scratch.path().join("password");
    fs::write(&password_file, password).context("write the password of PostgreSQL")?;
    if geteuid().is_root() {
        give(scratch.path())?;
        give(&password_file)?;
    }
    let mut command = programs.command("initdb");
    command
        .args([
            "--username=postgres",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ])
        .arg(format!("--pwfile={}", password_file.display()))
        .arg("-D")
        .arg(scratch.path().join("data"));
    context.run(step, &mut command).map(drop)
}

/// Makes a file belong to the user that root runs such programs as.
pub(crate) fn give(path: &Path) -> Result<()> {
    let status = Command::new("chown").arg(UNPRIVILEGED).arg(path).status();
    if !status.context("start `chown`")?.success() {
        bail!("cannot give {} to {UNPRIVILEGED}", path.display());
    }
    Ok(())
}

/// Runs statements with `psql`.
#[derive(Clone)]
pub struct Console {
    programs: Programs,
    url: String,
}

impl Console {
    /// Runs statements as one transaction, and returns when it is committed.
    pub fn run(&self, sql: &str) -> Result<()> {
        self.ask(sql).map(drop)
    }

    /// The same, and returns the output.
    pub fn ask(&self, sql: &str) -> Result<String> {
        let mut command = self.programs.command("psql");
        command
            .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"])
            .args(["--tuples-only", "--no-align"])
            .args(["--single-transaction", "--command", sql])
            .arg(&self.url);
        let output = command.output().context("start psql")?;
        if !output.status.success() {
            bail!("psql: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

/// Where PostgreSQL's programs are.
#[derive(Clone)]
struct Programs {
    bin: PathBuf,
    libraries: Option<String>,
    /// A directory that is accessible to the user who runs them.
    home: PathBuf,
}

impl Programs {
    fn find(context: &Context, scratch: &Scratch) -> Result<Self> {
        let home = scratch.path().to_owned();
        if may_use_system()?
            && let Some(bin) = installed(Path::new("/usr/lib/postgresql")).or_else(on_path)
        {
            return Ok(Self {
                bin,
                libraries: None,
                home,
            });
        }
        let unpacked = home.join("packages");
        context
            .progress
            .step("unpacking a private PostgreSQL", |step| {
                let packages = packages::download(context, step, "postgresql", debian_packages)?;
                fs::create_dir(&unpacked).context("create a directory for PostgreSQL")?;
                // Not in the cache, because `nobody` may not read root's. LLVM is only for the JIT, which is off.
                packages::unpack(&packages, &unpacked, |name| {
                    (name.starts_with("postgresql-") && !name.starts_with("postgresql-common"))
                        || (name.starts_with("lib")
                            && !name.starts_with("libllvm")
                            && !name.starts_with("libperl"))
                })
            })?;
        let bin = installed(&unpacked.join("usr/lib/postgresql"))
            .context("Debian's package of PostgreSQL has no programs where they are expected")?;
        Ok(Self {
            bin,
            libraries: Some(packages::library_path(&unpacked)),
            home,
        })
    }

    /// A command for one of them, as a user that it agrees to run as.
    fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = unprivileged(&self.bin.join(program));
        if let Some(libraries) = &self.libraries {
            command.env("LD_LIBRARY_PATH", libraries);
        }
        command.current_dir(&self.home);
        command
    }
}

/// A command for a program that refuses to run as root.
pub(crate) fn unprivileged(program: &Path) -> Command {
    if !geteuid().is_root() {
        return bound(program);
    }
    // A change of user clears the signal that `bound` would set, so it is set here.
    let mut command = Command::new("setpriv");
    command.args([
        "--reuid",
        UNPRIVILEGED,
        "--init-groups",
        "--pdeathsig",
        "INT",
        "--regid",
    ]);
    command.arg(process::ask(Command::new("id").args(["-g", UNPRIVILEGED])).unwrap_or_default());
    command.arg("--").arg(program);
    command
}

/// The packages of the version that this release of Debian has.
fn debian_packages() -> Result<Vec<String>> {
    let depends = process::ask(Command::new("apt-cache").args(["depends", "postgresql"]));
    let depends = depends.context("apt knows no package postgresql")?;
    let version = depends
        .lines()
        .find_map(|line| line.trim().strip_prefix("Depends: postgresql-"))
        .context("apt does not say which version postgresql is")?;
    Ok(vec![
        format!("postgresql-{version}"),
        format!("postgresql-client-{version}"),
        "libpq5".to_owned(),
    ])
}

/// The newest version below a directory that is laid out like Debian's.
fn installed(versions: &Path) -> Option<PathBuf> {
    let newest = fs::read_dir(versions)
        .ok()?
        .flatten()
        .filter(|entry| {
            entry.path().join("bin/initdb").is_file() && entry.path().join("bin/postgres").is_file()
        })
        .max_by_key(|entry| {
            entry
                .file_name()
                .to_string_lossy()
                .parse::<u32>()
                .unwrap_or(0)
        })?;
    Some(newest.path().join("bin"))
}

fn on_path() -> Option<PathBuf> {
    let initdb = process::find("initdb")?;
    let bin = fs::canonicalize(initdb).ok()?.parent()?.to_owned();
    bin.join("postgres").is_file().then_some(bin)
}
