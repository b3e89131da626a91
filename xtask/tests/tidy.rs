//! Rules of the repository that neither the compiler nor clippy checks.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").expect("tests are run by cargo");
    Path::new(&manifest)
        .parent()
        .expect("xtask is in the repository")
        .to_owned()
}

/// Every file that is or would be committed: its name in the repository, and its path.
fn files() -> Vec<(String, PathBuf)> {
    let root = root();
    let output = Command::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ])
        .current_dir(&root)
        .output()
        .expect("git lists the repository's files");
    assert!(
        output.status.success(),
        "git: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let names = String::from_utf8(output.stdout).expect("file names are UTF-8");
    let names = names.split('\0').filter(|name| !name.is_empty());
    // Git also lists files whose deletion is not staged yet.
    names
        .map(|name| (name.to_owned(), root.join(name)))
        .filter(|(_, path)| path.is_file())
        .collect()
}

/// The text files among [`files`].
fn texts() -> impl Iterator<Item = (String, String)> {
    files()
        .into_iter()
        .filter_map(|(name, path)| Some((name, fs::read_to_string(path).ok()?)))
}

fn assert_none(rule: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

#[test]
fn modules_are_files_named_after_them() {
    let found = files()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| name.ends_with("/mod.rs"));
    assert_none("write foo.rs beside foo/, not foo/mod.rs", found.collect());
}

#[test]
fn files_stay_readable() {
    let found = texts()
        .filter(|(name, text)| name.ends_with(".rs") && text.lines().count() > 800)
        .map(|(name, text)| format!("{name}: {} lines", text.lines().count()));
    assert_none("split files of more than 800 lines", found.collect());
}

#[test]
fn nothing_names_a_machine() {
    // Concatenated, so that this file does not match.
    let foreign = [
        concat!("/wo", "rk/main"),
        concat!("/wo", "rk/shared"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("registry.npm", "js.org"),
        concat!("BEGIN PRIVATE ", "KEY"),
        concat!("BEGIN RSA PRIVATE ", "KEY"),
        concat!("BEGIN OPENSSH PRIVATE ", "KEY"),
    ];
    let found = texts().flat_map(|(name, text)| {
        let hit = move |(at, line): (usize, &str)| {
            let what = foreign.iter().find(|what| line.contains(**what))?;
            Some(format!("{name}:{}: {what}", at + 1))
        };
        text.lines().enumerate().filter_map(hit).collect::<Vec<_>>()
    });
    assert_none(
        "do not commit paths of a machine, hosts of a registry or keys",
        found.collect(),
    );
}

#[test]
fn npm_locks_name_no_registry() {
    let found = texts()
        .filter(|(name, text)| name.ends_with("package-lock.json") && text.contains("\"resolved\""))
        .map(|(name, _)| name);
    assert_none(
        "run npm with --omit-lockfile-registry-resolved",
        found.collect(),
    );
}

#[test]
fn both_databases_have_the_same_migrations() {
    let of = |database: &str| -> BTreeSet<String> {
        let prefix = format!("migrations/{database}/");
        let names = files()
            .into_iter()
            .filter_map(|(name, _)| Some(name.strip_prefix(&prefix)?.to_owned()));
        names.filter(|name| name.ends_with(".sql")).collect()
    };
    let (postgres, sqlite) = (of("postgres"), of("sqlite"));
    assert!(!postgres.is_empty(), "migrations/postgres is empty");
    assert_none(
        "a migration of one database has no counterpart in the other",
        postgres.symmetric_difference(&sqlite).cloned().collect(),
    );
    let numbers: BTreeSet<&str> = postgres
        .iter()
        .filter_map(|name| name.split('_').next())
        .collect();
    assert_eq!(
        numbers.len(),
        postgres.len(),
        "two migrations have the same number"
    );
}

#[test]
fn dependencies_point_one_way() {
    // Which of our own crates each crate may use.
    let allowed: [(&str, &[&str]); 20] = [
        ("crates/normalizer", &[]),
        ("crates/catalogue", &["normalizer"]),
        ("crates/ask", &["normalizer"]),
        ("crates/site", &["ask", "catalogue"]),
        ("crates/cache", &["ask"]),
        ("crates/leptos-cached", &["ask", "cache"]),
        ("app", &["catalogue", "leptos-cached", "site"]),
        ("frontend", &["app", "site"]),
        ("frontend/admin", &["app", "frontend"]),
        ("frontend/kitchen", &["site"]),
        ("crates/demo", &["catalogue"]),
        (
            "server",
            &[
                "app",
                "ask",
                "cache",
                "catalogue",
                "demo",
                "leptos-cached",
                "site",
            ],
        ),
        ("examples/minimal", &["leptos-cached"]),
        ("examples/normalizer-alone", &["normalizer"]),
        ("examples/cache-alone", &["cache"]),
        ("tools/services", &[]),
        ("tools/chaos", &["services"]),
        ("tools/bench", &["services"]),
        ("tools/stack", &["services"]),
        ("xtask", &["bench", "chaos", "services", "stack"]),
    ];
    let ours = [
        "normalizer",
        "catalogue",
        "ask",
        "site",
        "cache",
        "leptos-cached",
        "demo",
        "app",
        "frontend",
        "server",
        "minimal",
        "services",
        "chaos",
        "bench",
        "stack",
        "xtask",
    ];
    let mut found = Vec::new();
    for (folder, may) in allowed {
        let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml"))
            .expect("each crate has a manifest");
        let mut section = "";
        for line in manifest.lines() {
            if line.starts_with('[') {
                section = line;
            }
            let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
            if section == "[dependencies]" && ours.contains(&name) && !may.contains(&name) {
                found.push(format!("{folder} uses {name}"));
            }
        }
    }
    assert_none("dependencies point the wrong way", found);
}
