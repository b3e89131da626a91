//! The licenses of everything that others wrote, in one text: first who is under which, then each text
//! once, with the packages that it is for.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use anyhow::{Context as _, Result, bail};
use spdx::{Expression, ParseMode};

use super::packages::{Package, Packages};
use crate::site;

/// What names of files begin with that contain a license, in small letters. Packages with sources of
/// others inside have more of them below.
const NAMES: [&str; 6] = [
    "license",
    "licence",
    "unlicense",
    "copying",
    "copyright",
    "notice",
];

const LINE: &str =
    "================================================================================\n";

/// The whole text.
pub(super) fn text(packages: &Packages) -> Result<String> {
    let mut all = String::from("Hearth contains the following software and fonts of others.\n\n");
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in &packages.third_party {
        let Package { name, version, .. } = package;
        let license = package.license.as_deref().unwrap_or("see below");
        writeln!(all, "{name} {version}: {license}")?;
        for text in texts_of(package)? {
            texts
                .entry(text)
                .or_default()
                .insert(format!("{name} {version}"));
        }
    }
    // In the order of the packages, not of the texts.
    let mut texts: Vec<_> = texts.into_iter().map(|(text, of)| (of, text)).collect();
    texts.sort();
    for (of, text) in texts {
        let of: Vec<String> = of.into_iter().collect();
        write!(all, "\n{LINE}{}\n{LINE}\n{text}\n", of.join(", "))?;
    }
    Ok(all)
}

/// The texts that a package brings; without any, the standard texts of its licenses.
fn texts_of(package: &Package) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    if let Some(folder) = &package.folder {
        for file in site::walk(folder)? {
            if is_license(folder, &file) {
                found.insert(tidy(&read(&file)?));
            }
        }
    }
    if let Some(file) = &package.license_file {
        found.insert(tidy(&read(file)?));
    }
    if found.is_empty() {
        found.insert(standard(package)?);
    }
    Ok(found)
}

fn is_license(folder: &Path, file: &Path) -> bool {
    let below = file.strip_prefix(folder).unwrap_or(file);
    let starts = |part: &std::ffi::OsStr| {
        let part = part.to_string_lossy().to_lowercase();
        NAMES.iter().any(|start| part.starts_with(start))
    };
    let is_named = file.file_name().is_some_and(starts);
    // Some have a folder of them.
    let is_among = below.parent().is_some_and(|of| starts(of.as_os_str()));
    // Deeper are tests and examples.
    let depth = below.components().count();
    // `license.rs` is code about licenses.
    let is_text = ["rs", "toml", "json", "c", "h"]
        .iter()
        .all(|code| file.extension().is_none_or(|kind| kind != *code));
    depth <= 4 && is_text && (is_named || is_among)
}

fn read(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("read {}", file.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Without what differs between copies of one text.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The texts of the licenses that a package names, with its authors, whom it does not name in a text.
fn standard(package: &Package) -> Result<String> {
    let Package {
        name,
        version,
        license,
        authors,
        ..
    } = package;
    let Some(license) = license else {
        bail!("{name} {version} has no license: neither a text nor a name");
    };
    let expression = Expression::parse_mode(license, ParseMode::LAX)
        .map_err(|error| anyhow::anyhow!("the license of {name} {version}: {error}"))?;
    let mut whole = format!("{license}\n");
    if !authors.is_empty() {
        writeln!(whole, "Copyright: {}", authors.join(", "))?;
    }
    let mut seen = BTreeSet::new();
    for named in expression.requirements() {
        let Some(id) = named.req.license.id() else {
            bail!(
                "{name} {version} is under {}, whose text is unknown",
                named.req
            );
        };
        if seen.insert(id.name) {
            write!(whole, "\n{}\n", tidy(id.text()))?;
        }
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(license: Option<&str>) -> Package {
        Package {
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            kind: "cargo",
            license: license.map(str::to_owned),
            authors: vec!["Ann".to_owned()],
            repository: None,
            folder: None,
            license_file: None,
            sha256: None,
            uses: BTreeSet::new(),
        }
    }

    #[test]
    fn a_package_without_texts_gets_those_that_it_names() {
        let text = standard(&package(Some("MIT OR Apache-2.0"))).unwrap();
        for part in [
            "Copyright: Ann",
            "THE SOFTWARE IS PROVIDED",
            "Apache License",
        ] {
            assert!(text.contains(part), "{part}");
        }
        let error = standard(&package(None)).unwrap_err().to_string();
        assert!(error.contains("a 1.0.0 has no license"), "{error}");
        assert!(standard(&package(Some("LicenseRef-own"))).is_err());
    }

    #[test]
    fn licenses_are_texts() {
        let check = |name: &str, expect| {
            let folder = Path::new("a");
            assert_eq!(is_license(folder, &folder.join(name)), expect, "{name}");
        };
        check("LICENSE", true);
        check("LICENSE-MIT.md", true);
        check("Copyright.txt", true);
        check("zstd/COPYING", true);
        check("LICENSES/MIT.txt", true);
        check("src/license.rs", false);
        check("README.md", false);
        check("tests/data/some/deep/LICENSE", false);
    }
}
