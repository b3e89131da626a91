//! REDbot, an outside judge of HTTP, on one address of each kind.

use std::{fmt::Write as _, path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use services::{
    Context,
    hearth::{Hearth, Store},
    progress::Step,
    python,
};

use super::fetch::loaded;
use crate::tally::Tally;

/// Pinned with what it takes its notes from.
const PACKAGES: [&str; 3] = ["redbot==2.7.1", "httplint==2026.10.4", "thor==0.17.0"];

/// A page, a list, an object, the facets, a file, the sitemap, what is not there, what is wrong. It asks for a 304
/// itself, of each that has a validator.
const ADDRESSES: [&str; 31] = [
    "/",
    "/properties",
    "/properties?bedrooms=3&sort=price",
    "/properties/7",
    "/recipes",
    "/recipes/7",
    "/recipes/7/cook",
    "/recipes/7/picture.png",
    "/agents/7",
    "/saved",
    "/admin/login",
    "/api/properties/?city=austin",
    "/api/properties/7/",
    "/api/properties/7/history/",
    "/api/properties/facets/",
    "/api/properties/count/?city=austin",
    "/api/properties/trending/",
    "/api/recipes/",
    "/api/agents/7/",
    "/api/graphql?query=%7Bagents%7Bcount%7D%7D",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap/properties-1.xml",
    "/navigation.js",
    "/favicon.ico",
    "/healthz",
    "/nowhere",
    "/properties/999999999",
    "/api/properties/999999999/",
    "/properties?bedrooms=many",
    "/api/properties/?bedrooms=many",
];

/// What REDbot warns of and is right all the same, with the reason.
const RIGHT: [(&str, &str); 1] = [(
    "STATUS_BAD_REQUEST",
    "some of these addresses are there to be refused",
)];

/// Lets it judge a server's answers. An address at which it finds a fault, or something to warn of, is a failure.
pub(super) fn judge(context: &Context, binary: &Path) -> Result<Tally> {
    let program = python::programs(context, "redbot", &PACKAGES)?.join("redbot");
    let server = Hearth::start(context, binary, &Store::Embedded, "server-redbot.log")?;
    context.progress.step("asking REDbot", |step| {
        let mut tally = Tally::default();
        let file = loaded(&server.url, "/", ".css")?;
        for address in ADDRESSES.into_iter().chain([&*file]) {
            let faults = faults(context, step, &program, &format!("{}{address}", server.url))?;
            if faults.is_empty() {
                tally += Tally::ONE_PASSED;
            } else {
                tally += Tally::ONE_FAILED;
                context
                    .progress
                    .say(&format!("REDbot on {address}:{faults}"));
            }
        }
        Ok(tally)
    })
}

/// What it finds at an address, one on each line.
fn faults(context: &Context, step: &Step, program: &Path, url: &str) -> Result<String> {
    let mut command = Command::new(program);
    let said = context.run(step, command.args(["--output-format", "har", url]))?;
    let report: Value = serde_json::from_str(&said).context("read what REDbot says")?;
    let entries = report["log"]["entries"].as_array();
    let notes = entries.into_iter().flatten();
    let notes: Vec<&Value> = notes
        .filter_map(|entry| entry["_red_messages"].as_array())
        .flatten()
        .collect();
    ensure!(!notes.is_empty(), "REDbot cannot judge {url}: {said}");
    let mut faults = String::new();
    for note in notes {
        let of = |name| note[name].as_str().unwrap_or_default();
        let (id, level) = (of("note_id"), of("level"));
        if matches!(level, "BAD" | "WARN") && !RIGHT.iter().any(|(right, _)| *right == id) {
            write!(faults, "\n  {level} {id}: {}", of("summary"))?;
        }
    }
    Ok(faults)
}
