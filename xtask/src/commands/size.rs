//! `cargo xtask size`: the server's binary and what a browser loads, against the budgets, and which crates both come
//! from.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context as _, Result};
use services::{
    Context,
    hearth::{Hearth, Store},
};

use crate::{
    artifacts,
    origins::{self, Share},
    profile::Profile,
    site::{self, Program},
    wasm_toolchain::WasmToolchain,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Measure what is deployed; takes longer to build
    #[arg(long)]
    release: bool,
}

/// A results page with 24 cards, the most common request.
const RESULTS: &str = "/properties?page_size=24";

/// How many crates are listed one by one.
const LISTED: usize = 24;

/// A limit on what a browser loads, in bytes as sent.
struct Budget {
    what: &'static str,
    bytes: u64,
    limit: u64,
}

pub(crate) fn main(context: &Context, args: Args) -> Result<ExitCode> {
    let profile = Profile::of(args.release);
    let binary = artifacts::build(context, profile)?;
    let toolchain = WasmToolchain::get(context)?;
    let named = site::build_with_names(context, &toolchain)?;
    let shares = origins::shares(&named)?;
    let native = context.progress.step("reading the binary's symbols", |_| {
        origins::native::shares(&binary)
    })?;
    let site = context.layout.bundle(profile.name()).join("site");
    let server = context.progress.step("starting a server", |_| {
        Hearth::start(context, &binary, &Store::Embedded, "server-size.log")
    })?;
    let results = sent(&format!("{}{RESULTS}", server.url))?;
    drop(server);

    print("the server's binary without symbols", &native);
    print("WebAssembly, before compression", &shares);

    let package = site.join("pkg");
    let of =
        |program: Program, kind: &str| compressed(&package, &format!("{}.", program.name()), kind);
    let wasm = of(Program::Readers, "wasm")?;
    let shell = compressed(&site, "", "js")?;
    let scripts = of(Program::Readers, "js")? + shell;
    let editors = of(Program::Editors, "wasm")? + of(Program::Editors, "js")? + shell;
    let kitchen = of(Program::Kitchen, "wasm")? + of(Program::Kitchen, "js")?;
    println!("with brotli: WebAssembly {wasm}, JavaScript {scripts}");
    let budgets = [
        Budget {
            what: "WebAssembly and JavaScript",
            bytes: wasm + scripts,
            limit: 110_000,
        },
        Budget {
            what: "the same on editors' pages",
            bytes: editors,
            limit: 180_000,
        },
        Budget {
            what: "the same on recipes' pages",
            bytes: wasm + scripts + kitchen,
            limit: 140_000,
        },
        Budget {
            what: "CSS",
            bytes: of(Program::Readers, "css")?,
            limit: 15_000,
        },
        Budget {
            what: "font",
            bytes: files(&site.join("fonts"), "", "woff2")?,
            limit: 25_000,
        },
        Budget {
            what: "HTML of 24 results",
            bytes: results,
            limit: 20_000,
        },
    ];
    let mut within = true;
    for Budget { what, bytes, limit } in budgets {
        let verdict = if bytes <= limit { "ok" } else { "EXCEEDED" };
        within &= bytes <= limit;
        println!("{what:<28} {bytes:>7} of {limit:>7} bytes: {verdict}");
    }
    Ok(if within {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints what something consists of.
fn print(what: &str, shares: &[Share]) {
    let total: u64 = shares.iter().map(|share| share.bytes).sum();
    println!("{what}, by crate: {total} bytes");
    for share in shares.iter().take(LISTED) {
        let percent = share.bytes * 100 / total.max(1);
        println!("{:>9} {percent:>3} %  {}", share.bytes, share.name);
    }
    let rest: u64 = shares.iter().skip(LISTED).map(|share| share.bytes).sum();
    println!("{rest:>9}        the rest\n");
}

/// How many bytes the files of one kind in a folder take with brotli whose names begin with this.
fn compressed(folder: &Path, start: &str, kind: &str) -> Result<u64> {
    files(folder, start, &format!("{kind}.br"))
}

/// How many bytes the files in a folder take whose names have this beginning and this ending.
fn files(folder: &Path, start: &str, end: &str) -> Result<u64> {
    let end = format!(".{end}");
    let mut bytes = 0;
    for entry in fs::read_dir(folder).with_context(|| format!("read {}", folder.display()))? {
        let entry = entry.with_context(|| format!("read {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(start) && name.ends_with(&end) {
            bytes += entry.metadata().context("read a file's size")?.len();
        }
    }
    Ok(bytes)
}

/// How many bytes an answer's body takes with brotli.
fn sent(url: &str) -> Result<u64> {
    let answer = ureq::get(url).header("accept-encoding", "br").call();
    let mut answer = answer.with_context(|| format!("ask {url}"))?;
    let bytes = answer.body_mut().read_to_vec();
    Ok(bytes.with_context(|| format!("read {url}"))?.len() as u64)
}
