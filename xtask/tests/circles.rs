//! The modules of a crate must not import each other in a cycle: what two modules share lies below both.
//!
//! A file and the folder of the same name are one unit: the files in the folder may use what that file
//! defines (`super::X`). An edge is any other use of an item, to the file that defines it, through any
//! re-exports. Tests may use anything.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use syn::{Attribute, Item, ItemMod, ItemUse, UseTree, visit::Visit};

/// A module's path below its crate: empty for the crate itself.
type Name = Vec<String>;

/// The modules of one crate, by name.
#[derive(Default)]
struct Modules(BTreeMap<Name, Module>);

#[derive(Default)]
struct Module {
    /// The names that its `use` items bring into scope, and the paths that they stand for.
    imports: BTreeMap<String, Vec<String>>,
    /// Every path that it names.
    paths: Vec<Vec<String>>,
    /// How many inline modules are being visited: their imports are not the file's.
    inside: usize,
}

impl Modules {
    /// Reads a crate's sources: names of files below its root, and their texts.
    fn read(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut modules = Self::default();
        for (file, text) in files {
            let name = name_of(&file);
            let syntax = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
            let mut module = Module::default();
            module.visit_file(&syntax);
            modules.0.insert(name, module);
        }
        modules
    }

    /// The cycles, each as the names of its modules.
    fn circles(&self) -> Vec<BTreeSet<String>> {
        let edges: BTreeMap<&Name, BTreeSet<Name>> = self
            .0
            .iter()
            .map(|(name, module)| (name, self.uses(name, module)))
            .collect();
        let reach = |from: &Name| {
            let (mut seen, mut next) = (BTreeSet::new(), vec![from.clone()]);
            while let Some(at) = next.pop() {
                for to in edges.get(&at).into_iter().flatten() {
                    if seen.insert(to.clone()) {
                        next.push(to.clone());
                    }
                }
            }
            seen
        };
        let reached: BTreeMap<&Name, BTreeSet<Name>> =
            self.0.keys().map(|name| (name, reach(name))).collect();
        let mut cycles = BTreeSet::new();
        for (name, reached_from) in &reached {
            if reached_from.contains(*name) {
                let others = reached_from
                    .iter()
                    .filter(|other| reached.get(other).is_some_and(|back| back.contains(*name)));
                cycles.insert(others.map(|name| name.join("::")).collect());
            }
        }
        cycles.into_iter().collect()
    }

    /// The modules that one module uses, except itself and its ancestors.
    fn uses(&self, name: &Name, module: &Module) -> BTreeSet<Name> {
        let imports = module.imports.values();
        imports
            .chain(&module.paths)
            .filter_map(|path| self.resolve(name, path, 0))
            .filter(|to| !name.starts_with(to))
            .collect()
    }

    /// The module that defines what a path names, as seen from a module; `None` for other crates.
    fn resolve(&self, from: &Name, path: &[String], depth: usize) -> Option<Name> {
        let (first, mut rest) = path.split_first()?;
        let mut at = from.clone();
        match first.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => {
                at.pop();
                while rest.first().is_some_and(|segment| segment == "super") {
                    at.pop();
                    rest = &rest[1..];
                }
            }
            child => {
                at.push(child.to_owned());
                self.0.get(&at)?;
            }
        }
        for (place, segment) in rest.iter().enumerate() {
            let child: Name = at.iter().chain([segment]).cloned().collect();
            if self.0.contains_key(&child) {
                at = child;
                continue;
            }
            let import = self
                .0
                .get(&at)
                .and_then(|module| module.imports.get(segment));
            if let Some(import) = import.filter(|_| depth < 8) {
                let path: Vec<String> = import.iter().chain(&rest[place + 1..]).cloned().collect();
                return self.resolve(&at, &path, depth + 1);
            }
            break;
        }
        Some(at)
    }
}

impl Module {
    fn import(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &dyn ToString| {
            let mut path = before.to_vec();
            path.push(name.to_string());
            path
        };
        match tree {
            UseTree::Path(path) => self.import(&path.tree, &with(&path.ident)),
            UseTree::Group(group) => group
                .items
                .iter()
                .for_each(|tree| self.import(tree, before)),
            UseTree::Name(name) if name.ident == "self" => {
                let short = before.last().cloned().unwrap_or_default();
                self.bring(short, before.to_vec());
            }
            UseTree::Name(name) => {
                let path = with(&name.ident);
                self.bring(name.ident.to_string(), path);
            }
            UseTree::Rename(name) => {
                let path = with(&name.ident);
                // Each `as _` is a separate import.
                let short = format!("{} {}", name.rename, self.imports.len());
                let short = if name.rename == "_" {
                    short
                } else {
                    name.rename.to_string()
                };
                self.bring(short, path);
            }
            UseTree::Glob(_) => self.name(before.to_vec()),
        }
    }

    /// Records that a name stands for a path.
    fn bring(&mut self, short: String, path: Vec<String>) {
        if self.inside == 0 {
            self.imports.insert(short, path);
        } else {
            self.name(path);
        }
    }

    /// Records a path, as the file's own module would write it.
    fn name(&mut self, mut path: Vec<String>) {
        let supers = path.iter().take_while(|segment| *segment == "super");
        let out = supers.count().min(self.inside);
        if out > 0 {
            path.splice(..out, ["self".to_owned()]);
        }
        self.paths.push(path);
    }
}

impl<'ast> Visit<'ast> for Module {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.import(&item.tree, &[]);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            self.inside += 1;
            syn::visit::visit_item_mod(self, item);
            self.inside -= 1;
        }
    }

    fn visit_item(&mut self, item: &'ast Item) {
        if !matches!(item, Item::Fn(function) if is_test(&function.attrs)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            let segments = path.segments.iter();
            self.name(segments.map(|segment| segment.ident.to_string()).collect());
        }
        syn::visit::visit_path(self, path);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let list = attribute.meta.require_list();
        attribute.path().is_ident("cfg") && list.is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

/// The module of a file: `lib.rs` and `main.rs` are the crate.
fn name_of(file: &str) -> Name {
    let path = file.strip_suffix(".rs").unwrap_or(file);
    match path {
        "lib" | "main" => Name::new(),
        path => path.split('/').map(str::to_owned).collect(),
    }
}

/// Collects the sources below a folder, except tests.
fn sources(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    let entries = fs::read_dir(folder).expect("a source folder can be read");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            sources(root, &path, found);
        } else if path.extension().is_some_and(|end| end == "rs")
            && path.file_stem().is_some_and(|stem| stem != "tests")
        {
            let name = path.strip_prefix(root).expect("below its root");
            let text = fs::read_to_string(&path).expect("a source is text");
            found.push((name.to_string_lossy().into_owned(), text));
        }
    }
}

#[test]
fn no_crate_has_an_import_cycle() {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").expect("tests are run by cargo");
    let root = Path::new(&manifest)
        .parent()
        .expect("the repository")
        .to_owned();
    let mut crates = vec![root.join("app"), root.join("server"), root.join("frontend")];
    crates.push(root.join("xtask"));
    for folder in ["crates", "tools", "examples"] {
        let entries = fs::read_dir(root.join(folder)).into_iter().flatten();
        crates.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    let mut found = Vec::new();
    let mut looked_at = 0;
    for folder in crates {
        let source = folder.join("src");
        if !source.is_dir() {
            continue;
        }
        let mut files = Vec::new();
        sources(&source, &source, &mut files);
        looked_at += files.len();
        for cycle in Modules::read(files).circles() {
            let names: Vec<String> = cycle.into_iter().collect();
            found.push(format!("{}: {}", folder.display(), names.join(", ")));
        }
    }
    assert!(looked_at > 100, "only {looked_at} files were looked at");
    assert!(found.is_empty(), "import cycles:\n  {}", found.join("\n  "));
}

#[test]
fn a_planted_cycle_is_found() {
    let check = |files: &[(&str, &str)], expect: &[&str]| {
        let files = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let cycles = Modules::read(files).circles();
        let names: Vec<Vec<&str>> = cycles
            .iter()
            .map(|cycle| cycle.iter().map(String::as_str).collect())
            .collect();
        let expect: Vec<Vec<&str>> = if expect.is_empty() {
            Vec::new()
        } else {
            vec![expect.to_vec()]
        };
        assert_eq!(names, expect);
    };
    let root = ("lib.rs", "mod a; mod b;");
    let a = ("a.rs", "use crate::b::B; pub struct A;");
    check(&[root, a, ("b.rs", "pub struct B;")], &[]);
    check(
        &[root, a, ("b.rs", "pub struct B(super::a::A);")],
        &["a", "b"],
    );
    // Through a re-export at the root.
    let re_exports = ("lib.rs", "mod a; mod b; pub use a::A; pub use b::B;");
    let uses = ("a.rs", "use crate::B; pub struct A(B);");
    check(
        &[re_exports, uses, ("b.rs", "use crate::A; pub struct B(A);")],
        &["a", "b"],
    );
    // From an inline module.
    let inside = (
        "a.rs",
        "pub struct A; mod inner { use super::A; use crate::B; }",
    );
    check(
        &[
            re_exports,
            inside,
            ("b.rs", "use crate::A; pub struct B(A);"),
        ],
        &["a", "b"],
    );
    // Tests may import in a cycle, and the files of a folder may use what its own file defines.
    let tests = (
        "b.rs",
        "pub struct B; #[cfg(test)] mod tests { use crate::a::A; }",
    );
    check(&[root, a, tests], &[]);
    let parent = ("a.rs", "mod c; use c::C; pub struct A(C);");
    check(
        &[
            ("lib.rs", "mod a;"),
            parent,
            ("a/c.rs", "use super::A; pub struct C(A);"),
        ],
        &[],
    );
}
