//! Compresses files once rather than for every request, and so can afford the best quality.

use std::{
    ffi::OsString,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use anyhow::{Context as _, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use parking_lot::Mutex;

use super::walk;

/// The extensions of files to compress. Pictures, icons and fonts are already compressed by their own formats.
const KINDS: [&str; 10] = [
    "css",
    "html",
    "js",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "xml",
    "xsl",
];

/// Writes `.br` and `.gz` beside every file that benefits from it.
pub(super) fn tree(site: &Path) -> Result<()> {
    let mut files = walk(site)?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|kind| KINDS.iter().any(|known| kind == *known))
    });
    // The largest first, so that the threads finish at about the same time.
    files.sort_by_key(|file| std::cmp::Reverse(fs::metadata(file).map_or(0, |meta| meta.len())));
    let next = AtomicUsize::new(0);
    let failure = Mutex::new(None);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = compress(file) {
                        *failure.lock() = Some(error);
                    }
                }
            });
        }
    });
    failure.into_inner().map_or(Ok(()), Err)
}

fn compress(file: &Path) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("read {}", file.display()))?;

    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&bytes).context("compress with gzip")?;
    let gzip = gzip.finish().context("compress with gzip")?;

    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut brotli, &params)
        .context("compress with brotli")?;
    for (kind, compressed) in [("gz", gzip), ("br", brotli)] {
        if compressed.len() < bytes.len() {
            write(file, kind, &compressed)?;
        }
    }
    Ok(())
}

fn write(file: &Path, kind: &str, bytes: &[u8]) -> Result<()> {
    let mut name = OsString::from(file);
    name.push(".");
    name.push(kind);
    let path = PathBuf::from(name);
    fs::write(&path, bytes).with_context(|| format!("write {}", path.display()))
}
