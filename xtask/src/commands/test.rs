//! `cargo xtask test`: everything that CI runs, on a private PostgreSQL and a private Redis.
//!
//! Server and tests are built once, in one profile and from one selection of packages: another selection would
//! enable other features and so rebuild most crates. The browser tests use the same server.

mod fetch;
mod redbot;
mod suite;
mod tarball;

use std::process::{Command, ExitCode};

use anyhow::Result;
use services::{
    Context, cargo, packages, pgbouncer::PgBouncer, postgres::Postgres, private::Scratch,
    redis::Redis, tool::Tool,
};

use self::suite::Suite;
use crate::{
    artifacts, commands::docs, node, profile::Profile, site, tally::Tally,
    wasm_toolchain::WasmToolchain,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run only these parts, separated by commas [default: all]
    #[arg(long, value_name = "PART", value_delimiter = ',')]
    only: Vec<Part>,
}

/// A part that can be run alone.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Formatting, the repository's rules, the tools' own tests, and links in the documents
    Rules,
    /// Clippy on everything, and the documentation without warnings
    Lint,
    /// The Rust tests, on a private PostgreSQL and a private Redis
    Rust,
    /// The normalizer's corpus, run as WebAssembly
    Corpus,
    /// The browser tests on both databases, and Lighthouse
    Browser,
    /// REDbot, which judges HTTP, on one address of each kind
    Http,
    /// The tarball of `dist`, packed from the tested binary, unpacked and served
    Dist,
    /// The short forms of `chaos` and `chaos --rolling`
    Chaos,
    /// `stack`: the image, compose.yaml, the other files of ops, and the tarball; needs root
    Stack,
}

/// The version of cargo-deny, which reads `deny.toml`.
const CARGO_DENY: &str = "0.20.2";

/// The server-side crates. The frontends are WebAssembly, and the tools are built in xtask's profile.
const NATIVE: [&str; 9] = [
    "--workspace",
    "--exclude=frontend",
    "--exclude=frontend-admin",
    "--exclude=frontend-kitchen",
    "--exclude=bench",
    "--exclude=chaos",
    "--exclude=services",
    "--exclude=stack",
    "--exclude=xtask",
];

/// The programs of the browser.
const FRONTENDS: [&str; 3] = [
    "--package=frontend",
    "--package=frontend-admin",
    "--package=frontend-kitchen",
];

/// xtask and the crates that it uses.
const TOOLS: [&str; 5] = [
    "--package=bench",
    "--package=chaos",
    "--package=services",
    "--package=stack",
    "--package=xtask",
];

pub(crate) fn main(context: &Context, args: Args) -> Result<ExitCode> {
    let mut suite = Suite {
        context,
        tally: Tally::default(),
    };
    let runs = |part: Part| args.only.is_empty() || args.only.contains(&part);

    if runs(Part::Rules) {
        rules(&mut suite);
    }
    let toolchain = suite.need("the WebAssembly toolchain", || {
        artifacts::announce(context)?;
        // Everything that must be installed is, before the long part.
        node::modules(context, node::TOOLS)?;
        if runs(Part::Browser) {
            packages::chromium(context)?;
        }
        WasmToolchain::get(context)
    });
    if runs(Part::Lint) {
        lint(&mut suite, toolchain.as_ref());
    }

    // Started on the main thread, and before everything that uses them: dropped last, they outlive it.
    let wants_servers = runs(Part::Rust) || runs(Part::Browser);
    let servers = wants_servers
        .then(|| {
            suite.need("private servers", || {
                Ok((Postgres::start(context)?, Redis::start(context)?))
            })
        })
        .flatten();
    let wants_binary = [
        Part::Browser,
        Part::Http,
        Part::Dist,
        Part::Chaos,
        Part::Stack,
    ]
    .into_iter()
    .any(runs);
    let built = (wants_servers || wants_binary) && build(&mut suite);
    if let Some((postgres, redis)) = servers.as_ref().filter(|_| built && runs(Part::Rust)) {
        let pooler = suite.need("a private pooler", || PgBouncer::start(context, postgres));
        let small = suite.need("a small Redis", || Redis::start_small(context));
        let small_url = small.as_ref().map(|small| small.url.clone());
        let pooled = pooler
            .as_ref()
            .map(|pooler| pooler.url(postgres, "postgres"));
        let mut urls = vec![
            ("HEARTH_TEST_POOLER_URL", pooled.unwrap_or_default()),
            ("HEARTH_TEST_POSTGRES_URL", postgres.url("postgres")),
            ("HEARTH_TEST_REDIS_URL", redis.url.clone()),
            ("HEARTH_TEST_SMALL_REDIS_URL", small_url.unwrap_or_default()),
        ];
        // Backups are made by PostgreSQL's own programs.
        urls.extend(postgres.variables());
        suite.cargo_test(
            "running the tests",
            &[&NATIVE[..], &["--profile", "ci"]].concat(),
            &urls,
        );
    }
    if let Some(toolchain) = toolchain.as_ref().filter(|_| runs(Part::Corpus)) {
        suite.corpus(toolchain);
    }
    let binary = toolchain
        .as_ref()
        .filter(|_| built && wants_binary)
        .and_then(|toolchain| {
            suite.need("the site", || {
                site::build(context, toolchain, Profile::Ci)?;
                artifacts::place_binary(context, Profile::Ci)
            })
        });
    if let Some(binary) = binary {
        if runs(Part::Browser) {
            suite.browse(&binary, servers.as_ref());
        }
        if runs(Part::Http) {
            suite.judge(&binary);
        }
        let tarball = (runs(Part::Dist) || runs(Part::Stack))
            .then(|| suite.pack())
            .flatten();
        if runs(Part::Chaos) {
            suite.attack(&binary);
        }
        if let Some(tarball) = tarball.filter(|_| runs(Part::Stack)) {
            suite.stack(&tarball);
        }
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

/// The checks that do not need the server to be built.
fn rules(suite: &mut Suite) {
    let context = suite.context;
    suite.check("checking the format", |step| {
        cargo::component(context, step, "rustfmt", "cargo-fmt")?;
        context
            .run(
                step,
                cargo::cargo(&context.layout, "fmt").args(["--all", "--check"]),
            )
            .map(drop)
    });
    let promtool = suite.need("promtool", || {
        let scratch = Scratch::new("promtool")?;
        let tool = Tool::of_package(context, &scratch, "promtool", "prometheus")?;
        Ok((tool, scratch))
    });
    if let Some((promtool, _scratch)) = promtool {
        suite.check("checking the alerts of ops/prometheus", |step| {
            for (verb, file) in [("check", "alerts.yaml"), ("test", "alerts_test.yaml")] {
                let mut command = promtool.command();
                command
                    .args([verb, "rules", file])
                    .current_dir(context.layout.root.join("ops/prometheus"));
                context.run(step, &mut command)?;
            }
            Ok(())
        });
    }
    suite.check("checking the dependencies", |step| {
        let deny = cargo::program(context, step, "cargo-deny", CARGO_DENY)?;
        let mut check = Command::new(deny);
        check
            .args(["check", "bans", "licenses", "sources"])
            .current_dir(&context.layout.root);
        context.run(step, &mut check).map(drop)
    });
    suite.cargo_test(
        "checking the repository's rules",
        &[&TOOLS[..], &["--profile", "xtask"]].concat(),
        &[],
    );
    suite.cargo_test(
        "building the guides and checking links",
        &["--manifest-path", docs::MANIFEST],
        &[],
    );
}

fn lint(suite: &mut Suite, toolchain: Option<&WasmToolchain>) {
    let context = suite.context;
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
    if let Some(toolchain) = toolchain.filter(|toolchain| toolchain.has_clippy()) {
        suite.lint(
            "linting the frontend",
            toolchain.cargo(context, "clippy"),
            &FRONTENDS,
            "wasm",
        );
    }
    suite.check("building the documentation", |step| {
        let mut doc = cargo::cargo(&context.layout, "doc");
        doc.args(["--locked", "--no-deps", "--profile", "ci"])
            .args(NATIVE)
            .env("RUSTDOCFLAGS", "--deny warnings");
        context.run(step, &mut doc).map(drop)
    });
}

/// Builds the server and the tests together. Returns whether that succeeded.
fn build(suite: &mut Suite) -> bool {
    let context = suite.context;
    suite.check("building the server and the tests", |step| {
        let mut build = cargo::cargo(&context.layout, "build");
        build.arg("--locked").args(NATIVE).args([
            "--bins",
            "--tests",
            "--examples",
            "--profile",
            "ci",
        ]);
        context.run(step, &mut build).map(drop)
    })
}
