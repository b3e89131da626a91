//! The bill of materials, as [CycloneDX 1.6](https://cyclonedx.org/docs/1.6/json/) in JSON.
//!
//! Neither a serial number nor a time is in it, so that the same sources have the same bill.

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};

use super::packages::{Package, Packages};

/// The bill.
pub(super) fn json(packages: &Packages) -> Result<Vec<u8>> {
    let version = packages.version();
    let own = format!("pkg:generic/hearth@{version}");
    let mut hearth = json!({
        "type": "application",
        "bom-ref": own,
        "name": "hearth",
        "version": version,
        "purl": own,
    });
    if let Some(license) = packages.license() {
        hearth["licenses"] = licenses(license);
    }
    let all: Vec<String> = packages.third_party.iter().map(Package::id).collect();
    let uses = packages
        .third_party
        .iter()
        .map(|package| json!({ "ref": package.id(), "dependsOn": package.uses }));
    // Which of them our own crates use, and which those use in turn, is not worth telling apart.
    let mut dependencies = vec![json!({ "ref": own, "dependsOn": all })];
    dependencies.extend(uses);
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": hearth },
        "components": packages.third_party.iter().map(component).collect::<Vec<_>>(),
        "dependencies": dependencies,
    });
    let mut text = serde_json::to_vec_pretty(&bill).context("write the bill of materials")?;
    text.push(b'\n');
    Ok(text)
}

fn component(package: &Package) -> Value {
    let (scope, name) = match package.name.split_once('/') {
        Some((scope, name)) => (Some(scope), name),
        None => (None, &*package.name),
    };
    let mut component = Map::new();
    let mut set = |key: &str, value: Value| drop(component.insert(key.to_owned(), value));
    set("type", "library".into());
    set("bom-ref", package.id().into());
    if let Some(scope) = scope {
        set("group", scope.into());
    }
    set("name", name.into());
    set("version", package.version.clone().into());
    set("purl", package.id().into());
    if let Some(license) = &package.license {
        set("licenses", licenses(license));
    }
    if let Some(sha256) = &package.sha256 {
        set("hashes", json!([{ "alg": "SHA-256", "content": sha256 }]));
    }
    if let Some(repository) = &package.repository {
        set(
            "externalReferences",
            json!([{ "type": "vcs", "url": repository }]),
        );
    }
    Value::Object(component)
}

fn licenses(expression: &str) -> Value {
    json!([{ "expression": expression }])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_component_is_named_by_its_package_url() {
        let mut package = Package {
            name: "bytes".to_owned(),
            version: "1.0.0".to_owned(),
            kind: "cargo",
            license: Some("MIT".to_owned()),
            authors: Vec::new(),
            repository: None,
            folder: None,
            license_file: None,
            sha256: Some("abc".to_owned()),
            uses: BTreeSet::new(),
        };
        let found = component(&package);
        assert_eq!(found["purl"], "pkg:cargo/bytes@1.0.0");
        assert_eq!(found["hashes"][0]["content"], "abc");
        assert_eq!(found["licenses"][0]["expression"], "MIT");
        package.name = "@fontsource/figtree".to_owned();
        package.kind = "npm";
        let found = component(&package);
        assert_eq!(found["purl"], "pkg:npm/%40fontsource/figtree@1.0.0");
        assert_eq!(
            (&found["group"], &found["name"]),
            (&json!("@fontsource"), &json!("figtree"))
        );
    }
}
