//! Which crates the code of a native binary comes from, by its symbols.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
    path::Path,
};

use anyhow::{Context as _, Result};
use object::{File, Object as _, ObjectSection as _, ObjectSymbol as _, SectionKind, SymbolKind};

use super::{Share, crate_of, sorted};

/// The crates in a binary that still has its symbols, the largest first, and what is no code. What only
/// debuggers read is not counted.
pub(crate) fn shares(binary: &Path) -> Result<Vec<Share>> {
    let bytes = fs::read(binary).with_context(|| format!("read {}", binary.display()))?;
    let file = File::parse(&*bytes).with_context(|| format!("parse {}", binary.display()))?;
    let mut shares: BTreeMap<String, u64> = BTreeMap::new();
    let mut text = HashMap::new();
    for section in file.sections() {
        let name = section.name().context("read a section's name")?;
        // The others are not loaded, or take no space in the file.
        if section.address() == 0 || section.file_range().is_none() {
            continue;
        }
        if section.kind() == SectionKind::Text {
            text.insert(section.index(), section.size());
        } else {
            *shares.entry(content_of(name).to_owned()).or_default() += section.size();
        }
    }
    let mut seen = HashSet::new();
    let mut source = "";
    let mut named = 0;
    for symbol in file.symbols() {
        let name = symbol.name().unwrap_or_default();
        if symbol.kind() == SymbolKind::File {
            source = name;
        }
        let is_code = symbol
            .section_index()
            .is_some_and(|at| text.contains_key(&at));
        // Identical functions are one, under several names.
        if is_code && symbol.size() > 0 && seen.insert(symbol.address()) {
            let source = if symbol.is_local() { source } else { "" };
            *shares.entry(origin(name, source)).or_default() += symbol.size();
            named += symbol.size();
        }
    }
    let whole: u64 = text.values().sum();
    *shares.entry("(between functions)".to_owned()).or_default() += whole.saturating_sub(named);
    Ok(sorted(shares))
}

/// The crate of a function. C's names have no crate: those of the libraries that we link are known by the
/// source files of what is private, and by the beginnings of what is not.
fn origin(symbol: &str, source: &str) -> String {
    let is = |start: &str| source.starts_with(start) || symbol.starts_with(start);
    if is("sqlite3") {
        return "libsqlite3-sys".to_owned();
    }
    let zstd = [
        "zstd",
        "ZSTD",
        "huf_",
        "HUF_",
        "fse_",
        "FSE_",
        "hist.c",
        "HIST_",
        "entropy_common",
    ];
    if zstd.into_iter().any(is) {
        return "zstd-sys".to_owned();
    }
    crate_of(symbol)
}

/// What a section without code has in it, in words.
fn content_of(section: &str) -> &'static str {
    match section {
        ".rodata" => "(texts and tables)",
        ".eh_frame" | ".eh_frame_hdr" | ".gcc_except_table" => "(unwinding after a panic)",
        name if name.starts_with(".rela") || name.starts_with(".data.rel") => {
            "(pointers and relocations)"
        }
        _ => "(other sections)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_of_c_belong_to_the_crates_that_bring_them() {
        let check = |symbol, source, expect| assert_eq!(origin(symbol, source), expect, "{symbol}");
        check("sqlite3_step", "", "libsqlite3-sys");
        check("balance", "sqlite3.c", "libsqlite3-sys");
        check("ZSTD_compress", "", "zstd-sys");
        check("HUF_sort", "huf_compress.c", "zstd-sys");
        check("main", "", "(glue)");
        check("_RNvCsdiX_4core5drops", "", "core");
    }

    #[test]
    fn this_program_has_code_of_this_crate() {
        let shares = shares(&std::env::current_exe().unwrap()).unwrap();
        let of = |name: &str| shares.iter().find(|share| share.name == name);
        assert!(of("core").is_some_and(|share| share.bytes > 10_000));
        assert!(of("(texts and tables)").is_some());
        let names: Vec<&str> = shares.iter().map(|share| &*share.name).collect();
        assert!(shares.is_sorted_by(|a, b| a.bytes >= b.bytes), "{names:?}");
    }
}
