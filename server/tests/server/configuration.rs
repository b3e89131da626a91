//! What is configured, and where it came from.

use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::process::HEARTH;

const SECRET: &str = "geheim";

/// Runs the binary with a file of variables, in an environment of these alone. Returns whether it succeeded, and
/// its two outputs.
fn run(arguments: &[&str], variables: &[(&str, &str)], file: &str) -> (bool, String, String) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("hearth.env");
    std::fs::write(&path, file).unwrap();
    // Whatever waits for a database that is not there ends after a while.
    let output = Command::new("/usr/bin/timeout")
        .args(["3", HEARTH])
        .env_clear()
        .current_dir(folder.path())
        .env("HEARTH_ENV_FILE", "hearth.env")
        .envs(variables.iter().copied())
        .args(arguments)
        .output()
        .unwrap();
    let [out, errors] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    for text in [&out, &errors] {
        assert!(!text.contains(SECRET), "a secret is shown: {text}");
    }
    (output.status.success(), out, errors)
}

#[test]
fn an_option_precedes_the_environment_and_that_the_file() {
    let file = "# a comment\nHEARTH_MEMORY_MB=1\nHEARTH_CDN_SECONDS='2'\nHEARTH_LOG=debug\n\
                HEARTH_ORIGIN=\nPOSTGRES_PASSWORD=ours-is-not\n";
    let variables = [
        ("HEARTH_MEMORY_MB", "3"),
        ("HEARTH_CDN_SECONDS", "4"),
        ("HEARTH_LOG", ""),
    ];
    let (ok, out, errors) = run(&["--memory-mb", "5", "config", "--json"], &variables, file);
    assert!(ok, "{errors}");
    let settings: Vec<Value> = serde_json::from_str(&out).unwrap();
    let check = |variable: &str, value: Value, source: Value| {
        let found = settings
            .iter()
            .find(|one| one["variable"] == variable)
            .unwrap();
        assert_eq!(
            (&found["value"], &found["source"]),
            (&value, &source),
            "{variable}"
        );
    };
    let file = || serde_json::json!({"file": "hearth.env"});
    check("HEARTH_MEMORY_MB", "5".into(), "option".into());
    check("HEARTH_CDN_SECONDS", "4".into(), "environment".into());
    check("HEARTH_LOG", "debug".into(), file());
    check("HEARTH_ORIGIN", Value::Null, "default".into());
    check("HEARTH_DRAIN", "3s".into(), "default".into());
}

#[test]
fn secrets_are_shown_nowhere() {
    let file = format!(
        "DATABASE_URL=postgres://ann:{SECRET}@127.0.0.1:1/hearth\n\
         REDIS_URL=redis://:{SECRET}@127.0.0.1:1/0\nHEARTH_ADMIN_TOKEN={SECRET}\n\
         HEARTH_ADMIN_PASSWORD={SECRET}\n"
    );
    for arguments in [&["config"][..], &["config", "--json"], &["--help"], &["-h"]] {
        let (ok, out, errors) = run(arguments, &[], &file);
        assert!(ok, "{errors}");
        assert!(
            out.contains("postgres://ann:***@127.0.0.1:1/hearth"),
            "{out}"
        );
    }
    // Commands that cannot connect.
    for arguments in [&["migrate"][..], &["serve"], &["user", "add", "ann"]] {
        let (ok, _, errors) = run(arguments, &[], &file);
        let is_waiting = errors.contains("cannot reach the database");
        assert!(
            !ok && (is_waiting || arguments[0] == "user" && !errors.is_empty()),
            "{arguments:?}: {errors}"
        );
    }
}

#[test]
fn an_error_names_the_variable_the_value_and_what_would_be_right() {
    let check = |variable: &str, value: &str, shown: &str, right: &str| {
        let (ok, _, errors) = run(&["config"], &[(variable, value)], "");
        assert!(!ok, "{variable}={value}");
        for part in [variable, shown, right, "was read from the environment"] {
            assert!(errors.contains(part), "{part} is not in {errors}");
        }
        let file = format!("{variable}=\"{value}\"\n");
        let (ok, _, errors) = run(&["config"], &[], &file);
        assert!(!ok, "{file}");
        assert!(errors.contains("was read from hearth.env"), "{errors}");
    };
    let mysql = format!("mysql://ann:{SECRET}@db/hearth");
    check(
        "DATABASE_URL",
        &mysql,
        "mysql://ann:***@db/hearth",
        "postgres://USER",
    );
    let tls = format!("rediss://:{SECRET}@cache");
    check(
        "REDIS_URL",
        &tls,
        "rediss://:***@cache",
        "redis://:PASSWORD",
    );
    check("LEPTOS_SITE_ADDR", "3000", "'3000'", "127.0.0.1:3000");
    check(
        "HEARTH_ORIGIN",
        "example.org",
        "'example.org'",
        "https://example.org",
    );
    check("HEARTH_MEMORY_MB", "-1", "'-1'", "whole number");
    check("HEARTH_REVALIDATE_SECONDS", "1h", "'1h'", "whole number");
    check("HEARTH_WARM_EVERY", "1s", "'1s'", "30m");
    check("HEARTH_DRAIN", "3", "'3'", "3s");
    check("HEARTH_CUT_OFF", "stop", "'stop'", "serve, fail");
    check("HEARTH_KEY_PREFIX", "a b", "'a b'", "site2");
    check("HEARTH_LOG", "a=b=c", "'a=b=c'", "info,sqlx=debug");
    check("HEARTH_LOG_FORMAT", "xml", "'xml'", "text, json");
    check(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "https://a",
        "'https://a'",
        "http://",
    );
}

#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    let check = |file: &str, expect: &str| {
        let (ok, _, errors) = run(&["config"], &[], file);
        assert!(
            !ok && errors.contains(expect),
            "{expect} is not in {errors}"
        );
    };
    check("HEARTH_MEMROY_MB=1\n", "is it HEARTH_MEMORY_MB?");
    check(
        "A=1\nHEARTH_ADMIN_TOKEN='geheim\n",
        "whose entry after A is not of the form",
    );
    let (ok, _, errors) = run(&["--env-file=nowhere", "config"], &[], "");
    assert!(
        !ok && errors.contains("nowhere, which cannot be read"),
        "{errors}"
    );
}

#[test]
fn a_misspelled_variable_of_the_environment_is_pointed_out() {
    let (ok, out, _) = run(&["config"], &[("HEARTH_REVALIDATE", "1")], "");
    assert!(
        ok && out.contains("is it HEARTH_REVALIDATE_SECONDS?"),
        "{out}"
    );
}

#[test]
fn the_example_can_be_used_as_it_is() {
    let (_, example, _) = run(&["config", "--example"], &[], "");
    let all = example
        .replace("\n#HEARTH", "\nHEARTH")
        .replace("\n#LEPTOS", "\nLEPTOS");
    assert!(all.contains("\nHEARTH_MEMORY_MB=256\n"), "{all}");
    let (ok, _, errors) = run(&["config"], &[], &all);
    assert!(ok, "{errors}");
}
