//! Names the set of pictures after its content, so that browsers can cache each picture forever.

use std::{env, fs, path::Path};

fn main() {
    let folder = Path::new("../assets/pictures");
    println!("cargo::rerun-if-changed={}", folder.display());
    // Only the server writes the addresses of pictures.
    if env::var_os("CARGO_FEATURE_SSR").is_none() {
        return;
    }
    let mut files: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    // FNV-1a is enough: it only tells our own sets apart and need not be cryptographic.
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = files.iter().fold(0xcbf2_9ce4_8422_2325, |hash, file| {
        fs::read(file).unwrap_or_default().iter().fold(hash, step)
    });
    println!("cargo::rustc-env=HEARTH_PICTURES={hash:016x}");
}
