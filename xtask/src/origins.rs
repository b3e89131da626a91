//! Which crates code comes from, by the names of functions: that of WebAssembly here, that of the server in
//! [`native`].

pub(crate) mod native;

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
};

use anyhow::{Context as _, Result};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// The size of one crate's code.
pub(crate) struct Share {
    pub(crate) name: String,
    pub(crate) bytes: u64,
}

/// The crates in a file that still has its function names, the largest first.
pub(crate) fn shares(wasm: &Path) -> Result<Vec<Share>> {
    let bytes = fs::read(wasm).with_context(|| format!("read {}", wasm.display()))?;
    let mut imported = 0;
    let mut sizes = Vec::new();
    let mut names = HashMap::new();
    let mut shares = BTreeMap::new();
    for payload in Parser::new(0).parse_all(&bytes) {
        match payload.with_context(|| format!("parse {}", wasm.display()))? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)) {
                        imported += 1;
                    }
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len() as u64),
            Payload::DataSection(data) => {
                *shares.entry("(texts and tables)".to_owned()).or_insert(0) +=
                    data.range().len() as u64;
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(sections) = section.as_known() {
                    for section in sections {
                        if let Name::Function(map) = section? {
                            for naming in map {
                                let naming = naming?;
                                names.insert(naming.index, naming.name.to_owned());
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    for (index, size) in (imported..).zip(sizes) {
        let name = names.get(&index).map_or("", String::as_str);
        *shares.entry(crate_of(name)).or_insert(0) += size;
    }
    Ok(sorted(shares))
}

/// The largest first.
fn sorted(shares: BTreeMap<String, u64>) -> Vec<Share> {
    let mut shares: Vec<Share> = shares
        .into_iter()
        .map(|(name, bytes)| Share { name, bytes })
        .collect();
    shares.sort_by_key(|share| std::cmp::Reverse(share.bytes));
    shares
}

/// The crate that a function belongs to: that of its type, or of its trait if the type is a generic parameter.
fn crate_of(symbol: &str) -> String {
    let path = format!("{:#}", rustc_demangle::demangle(symbol));
    if !path.contains("::") {
        return "(glue)".to_owned();
    }
    let owner = |path: &str| {
        let path = path.trim_start_matches(['<', '&', '(', '[', '*', '_']);
        let path = ["mut ", "dyn ", "const ", "impl "]
            .iter()
            .fold(path, |path, word| path.trim_start_matches(word));
        let path = path.trim_start_matches(['<', '&', '(', '[']);
        path.split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let first = owner(&path);
    // `<f64>::from_bits`
    const PRIMITIVE: [&str; 13] = [
        "bool", "char", "f32", "f64", "i32", "i64", "isize", "str", "u128", "u32", "u64", "u8",
        "usize",
    ];
    if PRIMITIVE.contains(&first.as_str()) {
        return "core".to_owned();
    }
    // `<T as core::fmt::Debug>::fmt`
    let is_generic = first.len() < 2 || first.chars().next().is_some_and(char::is_uppercase);
    match path.split_once(" as ") {
        Some((_, of)) if is_generic => owner(of),
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::crate_of;

    #[test]
    fn functions_belong_to_crates() {
        let check = |symbol: &str, expect: &str| assert_eq!(crate_of(symbol), expect, "{symbol}");
        check(
            "_ZN10normalizer9normalize6finish17h098348f8a94a2f9fE",
            "normalizer",
        );
        check("normalizer::normalize::finish", "normalizer");
        check(
            "<&mut serde_json::de::Deserializer<R> as serde_core::de::Deserializer>::f",
            "serde_json",
        );
        check("<T as core::any::Any>::type_id", "core");
        check("<f64>::from_bits", "core");
        check("memcpy", "(glue)");
    }
}
