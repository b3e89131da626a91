//! `cargo xtask test`: everything that CI runs.
//!
//! Server and tests are built once, in one profile and from one selection of packages, since another selection
//! means other features and so another build of most crates. The browser tests use that same server.

mod suite;

use std::process::ExitCode;

use anyhow::Result;
use services::{Context, cargo, packages, postgres::Postgres, redis::Redis};

use self::suite::Suite;
use crate::{artifacts, node, profile::Profile, site, tally::Tally, wasm_toolchain::WasmToolchain};

#[derive(clap::Args)]
pub(crate) struct Args {}

/// The crates of the server's side. The frontend is WebAssembly, and the tools are built in xtask's profile.
const NATIVE: [&str; 6] = [
    "--workspace",
    "--exclude=frontend",
    "--exclude=bench",
    "--exclude=chaos",
    "--exclude=services",
    "--exclude=xtask",
];

/// xtask and what it is made of.
const TOOLS: [&str; 4] = [
    "--package=bench",
    "--package=chaos",
    "--package=services",
    "--package=xtask",
];

pub(crate) fn main(context: &Context, _: Args) -> Result<ExitCode> {
    let mut suite = Suite {
        context,
        tally: Tally::default(),
    };

    suite.check("checking the format", |step| {
        cargo::component(context, step, "rustfmt", "cargo-fmt")?;
        context
            .run(
                step,
                cargo::cargo(&context.layout, "fmt").args(["--all", "--check"]),
            )
            .map(drop)
    });
    suite.cargo_test(
        "checking the repository's rules",
        &[&TOOLS[..], &["--profile", "xtask"]].concat(),
        &[],
    );

    let toolchain = suite.need("the WebAssembly toolchain", || {
        artifacts::announce(context)?;
        // Whatever has to be installed is, before the long part.
        node::modules(context, node::TOOLS)?;
        packages::chromium(context)?;
        WasmToolchain::get(context)
    });
    suite.lint(
        "linting the server's side",
        cargo::cargo(&context.layout, "clippy"),
        &NATIVE,
        "ci",
    );
    suite.lint(
        "linting the tools",
        cargo::cargo(&context.layout, "clippy"),
        &TOOLS,
        "xtask",
    );
    if let Some(toolchain) = toolchain
        .as_ref()
        .filter(|toolchain| toolchain.has_clippy())
    {
        suite.lint(
            "linting the frontend",
            toolchain.cargo(context, "clippy"),
            &["--package", "frontend"],
            "wasm",
        );
    }

    // On the main thread, and before everything that uses them: dropped last, they outlive it.
    let servers = suite.need("private servers", || {
        Ok((Postgres::start(context)?, Redis::start(context)?))
    });
    let built = suite.check("building the server and the tests", |step| {
        let mut build = cargo::cargo(&context.layout, "build");
        build.arg("--locked").args(NATIVE).args([
            "--bins",
            "--tests",
            "--examples",
            "--profile",
            "ci",
        ]);
        context.run(step, &mut build).map(drop)
    });
    if let Some((postgres, redis)) = &servers {
        let urls = [
            ("HEARTH_TEST_POSTGRES_URL", postgres.url("postgres")),
            ("HEARTH_TEST_REDIS_URL", redis.url.clone()),
        ];
        if built {
            suite.cargo_test(
                "running the tests",
                &[&NATIVE[..], &["--profile", "ci"]].concat(),
                &urls,
            );
        }
    }

    let binary = toolchain.as_ref().filter(|_| built).and_then(|toolchain| {
        suite.corpus(toolchain);
        suite.need("the site", || {
            site::build(context, toolchain, Profile::Ci)?;
            artifacts::place_binary(context, Profile::Ci)
        })
    });
    if let Some(binary) = binary {
        suite.browse(&binary, servers.as_ref());
        suite.attack(&binary);
    }
    drop(servers);

    context.progress.say(&format!(
        "ended after {}; logs are in {}",
        context.progress.total(),
        context.layout.logs().display()
    ));
    println!("{}", suite.tally);
    Ok(if suite.tally.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
