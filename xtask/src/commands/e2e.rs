//! `cargo xtask e2e`: the browser tests, against a separate server.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context as _, Result, bail};
use services::{
    Context,
    hearth::{Hearth, Store},
    packages,
    process::bound,
};

use crate::{artifacts, node, profile::Profile, tally::Tally};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Arguments for `playwright test`, such as the name of a spec
    #[arg(last = true, value_name = "PLAYWRIGHT ARGS")]
    playwright: Vec<String>,
}

pub(crate) fn main(context: &Context, args: Args) -> Result<ExitCode> {
    let binary = artifacts::build(context, Profile::Ci)?;
    let mut tally = run(
        context,
        &binary,
        &Store::Embedded,
        "SQLite",
        Tests::Chosen(&args.playwright),
    )?;
    // Skipped when specific tests are chosen.
    if args.playwright.is_empty() {
        tally += lighthouse(context, &binary, 5)?;
    }
    context
        .progress
        .say(&format!("ended after {}", context.progress.total()));
    println!("{tally}");
    Ok(if tally.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs Lighthouse alone against a fresh server, and counts its assertions.
pub(crate) fn lighthouse(context: &Context, binary: &Path, runs: u32) -> Result<Tally> {
    node::link(context, node::END2END)?;
    let chromium = packages::chromium(context)?;
    let server = context
        .progress
        .step("starting a server for Lighthouse", |_| {
            Hearth::start(context, binary, &Store::Embedded, "server-lighthouse.log")
        })?;
    context.progress.step("running Lighthouse", |step| {
        let mut command = bound("node");
        command
            .arg("lighthouse.mjs")
            .arg(runs.to_string())
            .current_dir(context.layout.root.join(node::END2END))
            .env("HEARTH_CHROMIUM", &chromium)
            .env("HEARTH_URL", &server.url);
        let outcome = context.try_run(step, &mut command)?;
        context.progress.say(&outcome.tail(20));
        Tally::of_line(&outcome.output)
    })
}

/// Which of the browser tests are run.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Tests<'a> {
    /// Those that these arguments of Playwright choose; all, without any.
    Chosen(&'a [String]),
    /// Those for which the database matters.
    OfData,
}

/// Runs browser tests against a fresh server, and counts the results.
pub(crate) fn run(
    context: &Context,
    binary: &Path,
    store: &Store,
    name: &str,
    tests: Tests<'_>,
) -> Result<Tally> {
    let (args, kind) = match tests {
        Tests::Chosen(args) => (args, "all"),
        Tests::OfData => (&[][..], "data"),
    };
    let modules = node::link(context, node::END2END)?;
    let chromium = packages::chromium(context)?;
    let slug = name.to_lowercase().replace(' ', "-");
    let server = context
        .progress
        .step(format!("starting a server on {name}"), |_| {
            Hearth::start(context, binary, store, &format!("server-{slug}.log"))
        })?;
    let report = context
        .layout
        .logs()
        .join(format!("playwright-{slug}.json"));
    drop(fs::remove_file(&report));
    context
        .progress
        .step(format!("running the browser tests on {name}"), |step| {
            let mut command = bound("node");
            command
                .arg(modules.join("@playwright/test/cli.js"))
                .args(["test", "--reporter=list,json"])
                .args(args)
                .current_dir(context.layout.root.join(node::END2END))
                .env("HEARTH_TESTS", kind)
                .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
                .env("HEARTH_CHROMIUM", &chromium)
                .env("HEARTH_URL", &server.url)
                .env("HEARTH_ADMIN_PASSWORD", &server.password)
                .env("HEARTH_ADMIN_TOKEN", &server.token);
            let outcome = context.try_run(step, &mut command)?;
            let Ok(text) = fs::read_to_string(&report) else {
                bail!("Playwright wrote no report\n\n{}", outcome.tail(40));
            };
            let mut tally = Tally::of_playwright(&text)?;
            if !outcome.success {
                // It may fail for a reason that is not a test, such as an argument.
                tally.failed = tally.failed.max(1);
                context.progress.say(&format!(
                    "{}\n\nall of its output: {}",
                    outcome.tail(120),
                    outcome.log.display()
                ));
            } else if tally == Tally::default() {
                bail!("Playwright ran no test");
            }
            Ok(tally)
        })
        .with_context(|| format!("browser tests on {name}"))
}
