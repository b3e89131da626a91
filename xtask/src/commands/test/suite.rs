//! Runs steps, and counts what passes and fails.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};
use services::{Context, cargo, hearth::Store, postgres::Postgres, progress::Step, redis::Redis};

use super::{redbot, tarball};
use crate::{
    commands::e2e,
    dist,
    profile::Profile,
    site::bindgen,
    tally::Tally,
    wasm_toolchain::{TARGET, WasmToolchain},
};

/// Counts what passes and fails. A step that breaks is a failure, but does not stop the others from running.
pub(super) struct Suite<'a> {
    pub(super) context: &'a Context,
    pub(super) tally: Tally,
}

impl Suite<'_> {
    /// Runs a step that counts as one test. Returns whether it passed.
    pub(super) fn check(&mut self, name: &str, work: impl FnOnce(&Step) -> Result<()>) -> bool {
        let outcome = self.context.progress.step(name, work);
        let passed = outcome.is_ok();
        self.count(outcome.map(|()| Tally::ONE_PASSED));
        passed
    }

    /// Gets something that other steps need. Counts only if that fails, as a failure.
    pub(super) fn need<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        work()
            .map_err(|error| self.count(Err(error.context(format!("{name} cannot be had")))))
            .ok()
    }

    fn count(&mut self, outcome: Result<Tally>) {
        self.tally += outcome.unwrap_or_else(|error| {
            self.context.progress.say(&format!("error: {error:#}"));
            Tally::ONE_FAILED
        });
    }

    pub(super) fn lint(
        &mut self,
        name: &str,
        mut clippy: Command,
        packages: &[&str],
        profile: &str,
    ) {
        let context = self.context;
        self.check(name, |step| {
            cargo::component(context, step, "clippy", "cargo-clippy")?;
            clippy
                .arg("--locked")
                .args(packages)
                .args(["--all-targets", "--profile", profile]);
            context
                .run(step, clippy.args(["--", "--deny", "warnings"]))
                .map(drop)
        });
    }

    pub(super) fn cargo_test(
        &mut self,
        name: &str,
        selection: &[&str],
        environment: &[(&str, String)],
    ) {
        let context = self.context;
        let outcome = context.progress.step(name, |step| {
            let mut test = cargo::cargo(&context.layout, "test");
            test.args(["--locked", "--no-fail-fast"]).args(selection);
            test.envs(environment.iter().map(|(name, value)| (name, value)));
            let outcome = context.try_run(step, &mut test)?;
            let tally = Tally::of_cargo(&outcome.output);
            if outcome.success && tally == Tally::default() {
                bail!("cargo ran no test");
            }
            if !outcome.success {
                let said = failures(&outcome.output);
                context.progress.say(&format!(
                    "{said}\n\nall of its output: {}",
                    outcome.log.display()
                ));
            }
            // Code that does not compile prints no result line, but is a failure.
            let failed = if outcome.success {
                tally.failed
            } else {
                tally.failed.max(1)
            };
            Ok(Tally { failed, ..tally })
        });
        self.count(outcome);
    }

    /// Runs the normalizer as the browser does, against the same corpus as natively.
    pub(super) fn corpus(&mut self, toolchain: &WasmToolchain) {
        let context = self.context;
        let outcome =
            context
                .progress
                .step("running the normalizer's corpus as WebAssembly", |step| {
                    let mut build = toolchain.cargo(context, "build");
                    build.args([
                        "--locked",
                        "--package",
                        "normalizer",
                        "--example",
                        "corpus",
                        "--profile",
                        "wasm",
                    ]);
                    context.run(step, &mut build)?;
                    let wasm = context
                        .layout
                        .target
                        .join(TARGET)
                        .join("wasm/examples/corpus.wasm");
                    let folder = context.layout.target.join(TARGET).join("wasm/corpus");
                    let module = bindgen::bind_for_node(&context.layout, &wasm, &folder)?;
                    let mut node = Command::new("node");
                    node.arg("crates/normalizer/tests/wasm/run.mjs")
                        .arg(module)
                        .current_dir(&context.layout.root);
                    let outcome = context.try_run(step, &mut node)?;
                    if !outcome.success {
                        context.progress.say(&outcome.tail(60));
                    }
                    let tally = Tally::of_line(&outcome.output)?;
                    if outcome.success == (tally.failed > 0) || tally == Tally::default() {
                        bail!(
                            "the corpus ended with {tally}, which its exit code does not agree with"
                        );
                    }
                    Ok(tally)
                });
        self.count(outcome);
    }

    /// Runs the browser tests on SQLite, and those for which the database matters on PostgreSQL and Redis, as in a
    /// larger deployment.
    pub(super) fn browse(&mut self, binary: &Path, servers: Option<&(Postgres, Redis)>) {
        let context = self.context;
        self.count(e2e::run(
            context,
            binary,
            &Store::Embedded,
            "SQLite",
            e2e::Tests::Chosen(&[]),
        ));
        self.count(e2e::lighthouse(context, binary, 3));
        if let Some((postgres, redis)) = servers {
            let outcome = context
                .progress
                .step("creating a database", |step| {
                    postgres.create_database(context, step, "hearth")
                })
                .and_then(|postgres| {
                    let store = Store::Servers {
                        postgres,
                        redis: redis.url.clone(),
                    };
                    e2e::run(
                        context,
                        binary,
                        &store,
                        "PostgreSQL and Redis",
                        e2e::Tests::OfData,
                    )
                });
            self.count(outcome);
        }
    }

    /// Lets REDbot judge one address of each kind.
    pub(super) fn judge(&mut self, binary: &Path) {
        self.count(redbot::judge(self.context, binary));
    }

    /// Packs the tested binary and its site, serves from the tarball, and returns it.
    pub(super) fn pack(&mut self) -> Option<PathBuf> {
        let context = self.context;
        let packed = self.need("the tarball", || dist::pack(context, Profile::Ci))?;
        self.check("serving from the tarball", |step| {
            tarball::check(context, step, &packed)
        });
        Some(packed.tarball)
    }

    /// Runs the fault-injection test and a deploy: three nodes on separate servers.
    pub(super) fn attack(&mut self, binary: &Path) {
        for test in [chaos::test, chaos::test_rolling] {
            let verdict = test(self.context, binary);
            self.count(verdict.map(|it| Tally {
                passed: it.held,
                failed: it.broken,
            }));
        }
    }

    /// Runs the image, the services of compose.yaml and the tarball. What this machine cannot run counts as neither
    /// passed nor failed, but is said.
    pub(super) fn stack(&mut self, tarball: &Path) {
        let verdict = stack::test(self.context, tarball);
        self.count(verdict.map(|it| Tally {
            passed: it.held,
            failed: it.broken,
        }));
    }
}

/// The useful part of a failed `cargo test`: from the first failure on, but limited in length.
fn failures(output: &str) -> String {
    let from = output
        .lines()
        .position(|line| line.starts_with("failures:") || line.starts_with("error"));
    output
        .lines()
        .skip(from.unwrap_or(0))
        .take(200)
        .collect::<Vec<_>>()
        .join("\n")
}
