//! Child processes: their output goes to a log file, and to the user only when they fail.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{BufRead as _, BufReader, Read, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use parking_lot::Mutex;
use rustix::process::{Pid, Signal, kill_process};

use crate::{context::Context, progress::Step, shutdown};

/// How a command ended, with all of its output.
pub struct Outcome {
    /// Whether its exit code means success.
    pub success: bool,
    /// What it wrote to standard output and standard error.
    pub output: String,
    /// The file that contains the same.
    pub log: PathBuf,
}

impl Outcome {
    /// The end of the output, for an error message. Compilers and test runners put what matters last.
    pub fn tail(&self, lines: usize) -> String {
        let all: Vec<&str> = self.output.lines().collect();
        all[all.len().saturating_sub(lines)..].join("\n")
    }
}

impl Context {
    /// Runs a command that must succeed, and returns its output.
    pub fn run(&self, step: &Step, command: &mut Command) -> Result<String> {
        let outcome = self.try_run(step, command)?;
        if !outcome.success {
            bail!(
                "`{}` failed\n\n{}\n\nall of its output: {}",
                line_of(command),
                outcome.tail(80),
                outcome.log.display()
            );
        }
        Ok(outcome.output)
    }

    /// Runs a command that may fail. Only a failure to start it is an error.
    pub fn try_run(&self, step: &Step, command: &mut Command) -> Result<Outcome> {
        let log = self.layout.logs().join(format!("{}.log", slug(&step.name)));
        fs::create_dir_all(self.layout.logs()).context("create the directory of logs")?;
        let file = File::create(&log).with_context(|| format!("create {}", log.display()))?;
        let sink = Mutex::new((file, String::new()));

        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .with_context(|| format!("start `{}`", line_of(command)))?;
        let pid = Pid::from_child(&child);
        let stop = shutdown::at_end(move || {
            let _ = kill_process(pid, Signal::TERM);
        });
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        thread::scope(|scope| {
            scope.spawn(|| stdout.map(|pipe| drain(pipe, &sink, step)));
            scope.spawn(|| stderr.map(|pipe| drain(pipe, &sink, step)));
        });
        let status = child
            .wait()
            .with_context(|| format!("wait for `{}`", line_of(command)))?;
        // Already gone: its id may soon be another process's.
        stop.forget();

        let (_, output) = sink.into_inner();
        Ok(Outcome {
            success: status.success(),
            output,
            log,
        })
    }
}

fn drain(pipe: impl Read, sink: &Mutex<(File, String)>, step: &Step) {
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    while reader
        .read_until(b'\n', &mut line)
        .is_ok_and(|read| read > 0)
    {
        let text = String::from_utf8_lossy(&line);
        step.detail(&text);
        let mut sink = sink.lock();
        // A full disk shows elsewhere; the error message still has the text.
        drop(sink.0.write_all(text.as_bytes()));
        sink.1.push_str(&text);
        drop(sink);
        line.clear();
    }
}

/// A private server. It is told to stop when this is dropped, and killed if it does not.
pub struct Service {
    child: std::sync::Arc<Mutex<Child>>,
    log: PathBuf,
    _stop: shutdown::Cleanup,
}

impl Service {
    /// Starts a server whose output is appended to `log`. Call this on the main thread only, see [`bound`].
    pub fn start(command: &mut Command, log: &Path, stop: Signal) -> Result<Self> {
        if let Some(parent) = log.parent() {
            fs::create_dir_all(parent).with_context(|| format!("create {}", parent.display()))?;
        }
        let file = File::options().append(true).create(true).open(log);
        let file = file.with_context(|| format!("open {}", log.display()))?;
        command
            .stdin(Stdio::null())
            .stdout(file.try_clone().context("share a log file")?)
            .stderr(file);
        let child = command
            .spawn()
            .with_context(|| format!("start `{}`", line_of(command)))?;
        let child = std::sync::Arc::new(Mutex::new(child));
        let stopped = std::sync::Arc::clone(&child);
        let stop = shutdown::at_end(move || {
            end(&mut stopped.lock(), stop);
        });
        Ok(Self {
            child,
            log: log.to_owned(),
            _stop: stop,
        })
    }

    /// Waits until `ready` returns true, for at most `limit`.
    pub fn wait_until(&self, limit: Duration, ready: impl Fn() -> bool) -> Result<()> {
        let deadline = Instant::now() + limit;
        while !ready() {
            if let Some(status) = self.ended() {
                bail!("the server ended with {status}\n\n{}", self.said());
            }
            if Instant::now() > deadline {
                bail!(
                    "the server was not ready after {} s\n\n{}",
                    limit.as_secs(),
                    self.said()
                );
            }
            pause(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Its process id. Its children have others.
    pub fn pid(&self) -> u32 {
        self.child.lock().id()
    }

    /// How it ended, if it has.
    pub fn ended(&self) -> Option<ExitStatus> {
        self.child.lock().try_wait().ok().flatten()
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        kill_process(Pid::from_child(&self.child.lock()), signal).context("signal a server")
    }

    /// Sends it a signal that ends it, and waits until it has ended.
    pub fn stop(self, signal: Signal) {
        end(&mut self.child.lock(), signal);
    }

    /// The end of its output, and where all of it is.
    pub fn said(&self) -> String {
        let text = fs::read(&self.log).unwrap_or_default();
        let output = String::from_utf8_lossy(&text).into_owned();
        let outcome = Outcome {
            success: false,
            output,
            log: self.log.clone(),
        };
        format!(
            "{}\n\nall of its output: {}",
            outcome.tail(40),
            self.log.display()
        )
    }
}

fn end(child: &mut Child, signal: Signal) {
    let gone = |child: &mut Child| child.try_wait().is_ok_and(|status| status.is_some());
    if gone(child) {
        return;
    }
    let _ = kill_process(Pid::from_child(child), signal);
    // A halted process would not react to the signal.
    let _ = kill_process(Pid::from_child(child), Signal::CONT);
    let deadline = Instant::now() + Duration::from_secs(10);
    while !gone(child) {
        if Instant::now() > deadline {
            drop(child.kill());
            drop(child.wait());
            return;
        }
        pause(Duration::from_millis(20));
    }
}

/// A command whose process is ended with ours, even when ours is killed.
///
/// What counts on Linux is the death of the *thread* that started it, so only the main thread may start it.
pub fn bound(program: impl AsRef<OsStr>) -> Command {
    match find("setpriv") {
        Some(setpriv) if cfg!(target_os = "linux") => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", "TERM", "--"]).arg(program);
            command
        }
        _ => Command::new(program),
    }
}

/// Where a program is, if it is on `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}

/// The trimmed output of a short command, or `None` if it fails.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Waits. There is no runtime whose threads this could block.
pub fn pause(duration: Duration) {
    let (_keep_open, never) = mpsc::channel::<()>();
    let _ = never.recv_timeout(duration);
}

fn line_of(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

fn slug(name: &str) -> String {
    let letters = name.chars().map(|c| {
        if c.is_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    });
    letters.collect()
}
