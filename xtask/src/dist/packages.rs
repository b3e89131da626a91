//! What the binary and its site are made of.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    env, fs,
    path::PathBuf,
    process::Command,
};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use services::{Context, cargo, process, progress::Step};

use crate::{node, wasm_toolchain::TARGET};

/// All packages, ours apart.
pub(super) struct Packages {
    /// The server's own package: what everything else is a part of.
    server: Package,
    /// Everything that others wrote, sorted.
    pub(super) third_party: Vec<Package>,
}

/// A package of which code or data is in the tarball.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    /// As package URL (purl) knows it: `cargo`, `npm`, `generic`.
    pub(super) kind: &'static str,
    /// An SPDX expression.
    pub(super) license: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) repository: Option<String>,
    /// Where its files are; `None` for the standard library, which is installed without texts.
    pub(super) folder: Option<PathBuf>,
    /// A file that it names itself.
    pub(super) license_file: Option<PathBuf>,
    /// The archive's checksum in the lock file.
    pub(super) sha256: Option<String>,
    /// What it uses of the other packages, by [`Package::id`].
    pub(super) uses: BTreeSet<String>,
}

impl Package {
    /// Its package URL, which names it everywhere.
    pub(super) fn id(&self) -> String {
        purl(self.kind, &self.name, &self.version)
    }
}

/// A package URL. Of the characters that it escapes, npm's scopes have one and versions another.
fn purl(kind: &str, name: &str, version: &str) -> String {
    let (name, version) = (name.replace('@', "%40"), version.replace('+', "%2B"));
    format!("pkg:{kind}/{name}@{version}")
}

impl Packages {
    /// Asks cargo what is linked; build scripts, macros and tests are not.
    pub(super) fn find(context: &Context, step: &Step) -> Result<Self> {
        let host = env::consts::ARCH.to_owned() + "-unknown-linux-gnu";
        let mut linked = linked(context, &["--package=server", "--target", &host])?;
        linked.extend(self::linked(
            context,
            &[
                "--package=frontend",
                "--package=frontend-admin",
                "--package=frontend-kitchen",
                "--target",
                TARGET,
            ],
        )?);
        step.detail("cargo metadata");
        let mut ask = cargo::cargo(&context.layout, "metadata");
        ask.args(["--locked", "--format-version=1"]);
        let metadata: Metadata =
            serde_json::from_str(&output(&mut ask)?).context("read what cargo metadata wrote")?;
        let checksums = checksums(
            &fs::read_to_string(context.layout.root.join("Cargo.lock"))
                .context("read Cargo.lock")?,
        );
        let (mut server, mut third_party) = (None, Vec::new());
        let names: HashMap<&str, (&str, &str)> = metadata
            .packages
            .iter()
            .map(|it| (&*it.id, (&*it.name, &*it.version)))
            .collect();
        let mut uses: HashMap<&str, BTreeSet<String>> = HashMap::new();
        for node in &metadata.resolve.nodes {
            let used = node.dependencies.iter().filter_map(|id| {
                let (name, version) = names.get(&**id)?;
                linked
                    .contains(&((*name).to_owned(), (*version).to_owned()))
                    .then(|| purl("cargo", name, version))
            });
            uses.insert(&node.id, used.collect());
        }
        for found in &metadata.packages {
            if !linked.contains(&(found.name.clone(), found.version.clone())) {
                continue;
            }
            let folder = found.manifest_path.parent().map(PathBuf::from);
            let package = Package {
                name: found.name.clone(),
                version: found.version.clone(),
                kind: "cargo",
                license: found.license.as_deref().map(with_or),
                authors: found.authors.clone(),
                repository: found.repository.clone(),
                license_file: found
                    .license_file
                    .as_ref()
                    .and_then(|file| Some(folder.as_ref()?.join(file))),
                folder,
                sha256: checksums
                    .get(&(found.name.clone(), found.version.clone()))
                    .cloned(),
                uses: uses.get(&*found.id).cloned().unwrap_or_default(),
            };
            if found.source.is_some() {
                third_party.push(package);
            } else if package.name == "server" {
                server = Some(package);
            }
        }
        third_party.push(standard_library()?);
        third_party.extend(of_npm(context)?);
        third_party.sort_by_key(Package::id);
        Ok(Self {
            server: server.context("cargo metadata knows no package `server`")?,
            third_party,
        })
    }

    /// The version of what is packed.
    pub(super) fn version(&self) -> &str {
        &self.server.version
    }

    /// The license of what we wrote.
    pub(super) fn license(&self) -> Option<&str> {
        self.server.license.as_deref()
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Found>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Found {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    license_file: Option<PathBuf>,
    authors: Vec<String>,
    repository: Option<String>,
    manifest_path: PathBuf,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    dependencies: Vec<String>,
}

/// The names and versions of the packages that are linked into some of ours. Unlike `cargo metadata`, this
/// enables only the features that these need.
fn linked(context: &Context, selection: &[&str]) -> Result<BTreeSet<(String, String)>> {
    let mut tree = cargo::cargo(&context.layout, "tree");
    tree.args(["--locked", "--edges=normal,no-proc-macro", "--prefix=none"])
        .arg("--format={p}")
        .args(selection);
    let lines = output(&mut tree)?;
    let package = |line: &str| {
        let (name, rest) = line.split_once(" v")?;
        let version = rest.split_whitespace().next()?;
        Some((name.to_owned(), version.to_owned()))
    };
    Ok(lines.lines().filter_map(package).collect())
}

/// A license expression in which no `/` stands for `OR`, as it once did.
fn with_or(license: &str) -> String {
    let choices: Vec<&str> = license.split('/').map(str::trim).collect();
    choices.join(" OR ")
}

/// The checksums of a lock file, by name and version.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let entry = |text: &str| {
        let value = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(key))?;
            Some(line.trim_start_matches(" = ").trim_matches('"').to_owned())
        };
        Some(((value("name")?, value("version")?), value("checksum")?))
    };
    lock.split("[[package]]").filter_map(entry).collect()
}

/// Rust's standard library is linked into both programs.
fn standard_library() -> Result<Package> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = process::ask(Command::new(rustc).arg("--version"));
    let version = version.context("rustc does not say its version")?;
    let version = version.split_whitespace().nth(1);
    Ok(Package {
        name: "rust-std".to_owned(),
        version: version.context("rustc's version is empty")?.to_owned(),
        kind: "generic",
        license: Some("MIT OR Apache-2.0".to_owned()),
        authors: vec!["The Rust Project Developers".to_owned()],
        repository: Some("https://github.com/rust-lang/rust".to_owned()),
        folder: None,
        license_file: None,
        sha256: None,
        uses: BTreeSet::new(),
    })
}

/// What the site has from npm: its font, and GraphiQL.
const OF_NPM: [&str; 5] = [
    "@fontsource-variable/figtree",
    "graphiql",
    "graphql",
    "react",
    "react-dom",
];

/// The packages of npm in the site, with those that they depend on.
fn of_npm(context: &Context) -> Result<Vec<Package>> {
    let modules = node::modules(context, node::TOOLS)?;
    let lock = context
        .layout
        .root
        .join(node::TOOLS)
        .join("package-lock.json");
    let text = fs::read_to_string(&lock).with_context(|| format!("read {}", lock.display()))?;
    let lock: Lock = serde_json::from_str(&text).context("read package-lock.json")?;
    let places = lock.reached_from(&OF_NPM);
    places
        .iter()
        .map(|place| of_manifest(modules.join(place)))
        .collect()
}

/// A `package-lock.json`: its packages by their places, such as `node_modules/a/node_modules/b`.
#[derive(Deserialize)]
struct Lock {
    packages: BTreeMap<String, Locked>,
}

#[derive(Deserialize)]
struct Locked {
    #[serde(default)]
    dependencies: BTreeMap<String, String>,
}

impl Lock {
    /// The places of these packages and of all that they depend on, below `node_modules`.
    fn reached_from(&self, names: &[&str]) -> BTreeSet<&str> {
        const MODULES: &str = "node_modules/";
        let mut reached = BTreeSet::new();
        let mut open: Vec<(&str, &str)> = names.iter().map(|name| ("", *name)).collect();
        while let Some((by, name)) = open.pop() {
            // A package sees those below itself first, then those beside it, and so on outwards.
            let mut around = Some(by);
            let found = std::iter::from_fn(|| {
                let here = around?;
                around = here
                    .rsplit_once("node_modules/")
                    .map(|(outer, _)| outer.trim_end_matches('/'));
                let below = if here.is_empty() {
                    String::new()
                } else {
                    format!("{here}/")
                };
                Some(format!("{below}{MODULES}{name}"))
            });
            let mut found = found.filter_map(|place| self.packages.get_key_value(&place));
            // One that is optional may not be there.
            let Some((place, locked)) = found.next() else {
                continue;
            };
            if reached.insert(place.strip_prefix(MODULES).unwrap_or(place)) {
                open.extend(locked.dependencies.keys().map(|name| (&**place, &**name)));
            }
        }
        reached
    }
}

/// The package of npm in a folder.
fn of_manifest(folder: PathBuf) -> Result<Package> {
    #[derive(Deserialize)]
    struct Manifest {
        name: String,
        version: String,
        license: Option<String>,
    }
    let manifest = folder.join("package.json");
    let text = fs::read_to_string(&manifest);
    let text = text.with_context(|| format!("read {}", manifest.display()))?;
    let manifest: Manifest = serde_json::from_str(&text)
        .with_context(|| format!("read {}", folder.join("package.json").display()))?;
    Ok(Package {
        name: manifest.name,
        version: manifest.version,
        kind: "npm",
        license: manifest.license,
        authors: Vec::new(),
        repository: None,
        folder: Some(folder),
        license_file: None,
        sha256: None,
        uses: BTreeSet::new(),
    })
}

/// What a command writes to standard output alone.
fn output(command: &mut Command) -> Result<String> {
    let said = command.output().context("start cargo")?;
    if !said.status.success() {
        bail!("{}", String::from_utf8_lossy(&said.stderr).trim());
    }
    String::from_utf8(said.stdout).context("read what cargo wrote")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_found_by_name_and_version() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"s\"\n\
            checksum = \"abc\"\ndependencies = [\n \"b\",\n]\n\n[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\n";
        let found = checksums(lock);
        assert_eq!(found.len(), 1);
        assert_eq!(found[&("a".to_owned(), "1.0.0".to_owned())], "abc");
    }

    #[test]
    fn packages_of_npm_are_reached_by_their_dependencies() {
        let lock: Lock = serde_json::from_str(
            r#"{"packages": {
                "": {"dependencies": {"tool": "1"}},
                "node_modules/tool": {},
                "node_modules/a": {"dependencies": {"b": "1", "gone": "1"}},
                "node_modules/a/node_modules/b": {"dependencies": {"c": "1"}},
                "node_modules/b": {},
                "node_modules/c": {"dependencies": {"a": "1"}}
            }}"#,
        )
        .unwrap();
        let reached: Vec<&str> = lock.reached_from(&["a"]).into_iter().collect();
        assert_eq!(reached, ["a", "a/node_modules/b", "c"]);
    }

    #[test]
    fn names_are_as_others_write_them() {
        assert_eq!(purl("cargo", "a", "1.0.0+2"), "pkg:cargo/a@1.0.0%2B2");
        assert_eq!(with_or("MIT/Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(with_or("Apache-2.0 / MIT"), "Apache-2.0 OR MIT");
    }
}
