//! The guides have no dead link, and one that is planted is found.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

#[test]
fn the_guides_and_all_documents_have_no_dead_link() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let site = TempDir::new().unwrap();
    let wrong = guides::build(&root, site.path()).unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a repository that has these files besides two pages.
fn wrong(files: &[(&str, &str)]) -> Vec<String> {
    let root = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("docs/book.toml", include_str!("../../../docs/book.toml"));
    write(
        "docs/SUMMARY.md",
        "[Start](start.md)\n\n- [Next](next.md)\n",
    );
    write("docs/start.md", "# Start\n");
    write("docs/next.md", "# Next\n\n## A heading\n");
    write(
        "code.rs",
        "// ANCHOR: part\nfn part() {}\n// ANCHOR_END: part\n",
    );
    write("README.md", "[the guides](docs), [one](docs/next.md)\n");
    for (name, text) in files {
        write(name, text);
    }
    let git = Command::new("git")
        .arg("init")
        .current_dir(root.path())
        .output();
    assert!(git.unwrap().status.success());
    guides::build(root.path(), &root.path().join("target/site")).unwrap()
}

#[test]
fn a_planted_dead_link_is_found() {
    let check = |link: &str, expect: &[&str]| {
        let expect: Vec<_> = expect
            .iter()
            .map(|why| format!("next.html: {why}"))
            .collect();
        let page = format!("# Next\n\n## A heading\n\n[link]({link})\n");
        assert_eq!(wrong(&[("docs/next.md", &page)]), expect, "{link}");
    };
    check("start.md", &[]);
    check("start.md#start", &[]);
    check("#a-heading", &[]);
    check("../code.rs", &[]);
    check("../README.md", &[]);
    check("https://example.org/a?b=c#d", &[]);
    check("gone.md", &["gone.html: no such file"]);
    check("start.md#gone", &["start.html#gone: no such heading"]);
    check("#gone", &["#gone: no such heading"]);
    check("../gone.rs", &["../gone.rs: no such file"]);
    check("../docs", &["../docs: no such file"]);
    check(
        "../../outside",
        &["../../outside: leads out of the repository"],
    );
    check("https://example", &["https://example: not an address"]);
    let place = "copies have no ids, so link to the file";
    check("../README.md#a", &[&format!("../README.html#a: {place}")]);
}

#[test]
fn a_dead_link_in_another_document_is_found() {
    let check = |link: &str, expect: &[&str]| {
        let expect: Vec<_> = expect.iter().map(|why| format!("a/b.md: {why}")).collect();
        assert_eq!(
            wrong(&[("a/b.md", &format!("[link]({link})\n"))]),
            expect,
            "{link}"
        );
    };
    check("../README.md", &[]);
    check("../docs", &[]);
    check("README.md", &["README.md: no such file"]);
    check("http:/example.org", &["http:/example.org: no such file"]);
}

#[test]
fn what_cannot_be_included_is_found() {
    let check = |path: &str, expect: &[&str]| {
        let page = format!("# Next\n\n```rust\n{{{{#include {path}}}}}\n```\n");
        assert_eq!(wrong(&[("docs/next.md", &page)]), expect, "{path}");
    };
    check("../code.rs:part", &[]);
    check(
        "../code.rs:gone",
        &["next.html: something cannot be included"],
    );
    check("../gone.rs", &["next.html: something cannot be included"]);
}

#[test]
fn a_page_that_is_not_listed_is_found() {
    let wrong = wrong(&[("docs/other.md", "# Other\n")]);
    assert_eq!(wrong, ["docs/other.md: not in SUMMARY.md"]);
}
