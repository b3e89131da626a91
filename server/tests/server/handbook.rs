//! The commands in `docs/debugging.md` and `docs/graphql.md` print what these pages say.
//!
//! With `HEARTH_UPDATE_DOCS=1` their output is written there.

use std::{fmt::Write as _, path::Path, process::Command};

use crate::{process::Process, support::redis};

const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs");

/// A block of the page: its language, and its lines.
fn blocks(page: &str) -> Vec<(&str, Vec<&str>)> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, Vec<&str>)> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((language, Vec::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some((_, lines)), None) => lines.push(line),
            (None, None) => {}
        }
    }
    blocks
}

/// Units, which depend on the number before them.
const UNITS: [&str; 7] = ["s", "ms", "µs", "min", "h", "kB", "B"];

/// An output without what differs from run to run: numbers and their units.
fn steady(output: &str) -> Vec<String> {
    let lines = output.lines().map(|line| {
        let words = line.split_whitespace().map(|word| {
            let mut steady = String::new();
            for c in word.chars() {
                match c {
                    '0'..='9' if steady.ends_with('#') => {}
                    '0'..='9' => steady.push('#'),
                    '.' if steady.ends_with('#') => {}
                    c => steady.push(c),
                }
            }
            steady.replace("#ms", "#").replace("#µs", "#")
        });
        let words = words.filter(|word| !UNITS.contains(&word.trim_end_matches(',')));
        words.collect::<Vec<_>>().join(" ")
    });
    lines.collect()
}

/// Sends what a block of requests says.
fn request(process: &Process, line: &str) {
    let (method, rest) = line.split_once(' ').unwrap();
    let (path, body) = rest.split_once(' ').unwrap_or((rest, ""));
    match method {
        "GET" => drop(process.status_of(path)),
        "PATCH" => process.patch(path, body),
        other => panic!("{other}?"),
    }
}

#[tokio::test]
async fn the_commands_of_the_debugging_page_print_what_it_says() {
    let Some((redis, _client)) = redis(8).await else {
        return;
    };
    // Room for all that the page asks for.
    let variables = [("REDIS_URL", &*redis), ("HEARTH_MEMORY_MB", "64")];
    let process = Process::with("info,cache=debug", &variables);
    compare(&process, "debugging.md", 7);
}

#[test]
fn the_commands_of_the_page_about_graphql_print_what_it_says() {
    let process = Process::with("info", &[("HEARTH_MEMORY_MB", "64")]);
    compare(&process, "graphql.md", 6);
}

/// Runs the commands of a page, and compares what they print with what it says.
fn compare(process: &Process, name: &str, blocks_of_commands: usize) {
    let path = Path::new(DOCS).join(name);
    let page = std::fs::read_to_string(&path).unwrap();
    let is_updated = std::env::var_os("HEARTH_UPDATE_DOCS").is_some();
    let mut updated = page.clone();
    let (mut steps, mut wrong) = (0, String::new());
    for (language, lines) in blocks(&page) {
        if language == "requests" {
            lines.iter().for_each(|line| request(process, line));
            continue;
        }
        assert_eq!(language, "console");
        steps += 1;
        let commands = lines.iter().filter_map(|line| line.strip_prefix("$ "));
        let mut printed = String::new();
        for command in commands {
            let output = run(process, command);
            assert!(!output.trim().is_empty(), "{command} prints nothing");
            writeln!(printed, "$ {command}\n{}", output.trim_end()).unwrap();
        }
        let expected = lines.join("\n");
        if steady(&printed) != steady(&expected) {
            writeln!(wrong, "expected:\n{expected}\nprinted:\n{printed}").unwrap();
        }
        let block = format!("```console\n{expected}\n```");
        updated = updated.replace(&block, &format!("```console\n{printed}```"));
    }
    assert_eq!(steps, blocks_of_commands);
    if is_updated {
        std::fs::write(&path, updated).unwrap();
    } else {
        assert!(
            wrong.is_empty(),
            "HEARTH_UPDATE_DOCS=1 writes what was printed\n{wrong}"
        );
    }
}

/// `explain`, `why` and `tail` know every catalogue: its filters, its rows, its edits.
#[test]
fn the_commands_know_every_catalogue() {
    let process = Process::with("info", &[("HEARTH_MEMORY_MB", "64")]);
    for catalogue in catalogue::all() {
        let (name, named) = (catalogue.name(), catalogue.named[0]);
        let facets = process.json(&format!("/api/{name}/facets/"));
        let facets = facets["facets"].as_array().unwrap();
        // The commonest value of its first facet with values.
        let (facet, option) = facets
            .iter()
            .find_map(|facet| {
                Some((
                    facet["name"].as_str()?,
                    facet["options"].as_array()?.last()?,
                ))
            })
            .unwrap();
        let filter = format!("{facet}={}", option["value"].as_str().unwrap());
        let address = format!("/{name}?page=1&utm_source=mail&{}", filter.to_uppercase());
        let key = format!("hearth:{name}:v{}:{filter}", catalogue.schema.version);
        let explained = run(&process, &format!("hearth explain '{address}'"));
        for line in [
            format!("catalogue  {name}"),
            format!("canonical  /api/{name}/?{filter}"),
            format!("key        {key}"),
        ] {
            assert!(
                explained.lines().any(|it| it == line),
                "{line}: {explained}"
            );
        }

        let listed = process.json(&format!("/api/{name}/?{filter}"));
        let id = listed["results"][0]["id"].as_u64().unwrap();
        process.patch(
            &format!("/api/{name}/{id}/"),
            &format!("{{\"{named}\": \"Crwth\"}}"),
        );
        process.status_of(&format!("/api/{name}/?{filter}"));
        let why = run(&process, &format!("hearth why '{address}'"));
        for part in [
            key.clone(),
            format!("{named} of {name} {id}, by"),
            format!("rows of {name} that it shows: "),
        ] {
            assert!(why.contains(&part), "{part}: {why}");
        }
        let tail = run(
            &process,
            &format!("hearth tail --last 20 --reason touched --key '{key}'"),
        );
        assert!(tail.contains(&key), "{tail}");
    }
}

/// Runs a command as an operator of this server does.
fn run(process: &Process, command: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_hearth")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(process.folder())
        .env("PATH", format!("{}:{path}", binary.display()))
        .envs(process.for_commands())
        .env("HEARTH", process.url())
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.is_empty(), "{command}: {error}");
    String::from_utf8(output.stdout).unwrap()
}
