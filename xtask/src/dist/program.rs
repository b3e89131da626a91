//! The binary: without its symbols, with the site.

use std::{
    fs,
    fs::File,
    io::{Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use services::{Context, private::Scratch, progress::Step, tool::Tool};
use time::{OffsetDateTime, PrimitiveDateTime};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::site;

/// A binary and its symbols.
pub(super) struct Program {
    pub(super) binary: PathBuf,
    pub(super) symbols: PathBuf,
}

/// Copies a built binary into a directory, in two: what runs, and what debuggers and profilers read.
pub(super) fn strip(context: &Context, step: &Step, built: &Path, into: &Path) -> Result<Program> {
    let scratch = Scratch::new("objcopy")?;
    let objcopy = Tool::of_package(context, &scratch, "objcopy", "binutils")?;
    let program = Program {
        binary: into.join("hearth"),
        symbols: into.join("hearth.debug"),
    };
    let mut separate = objcopy.command();
    separate
        .args(["--only-keep-debug", "--compress-debug-sections=zlib"])
        .arg(built)
        .arg(&program.symbols);
    context.run(step, &mut separate)?;
    // The binary names the file and its checksum, so that debuggers find it.
    let mut strip = objcopy.command();
    strip
        .args(["--strip-all", "--add-gnu-debuglink=hearth.debug"])
        .arg(built)
        .arg(&program.binary)
        .current_dir(into);
    context.run(step, &mut strip)?;
    Ok(program)
}

/// Appends the files of a site to a binary. Of what is there compressed too, only the smallest form is appended: the
/// server makes the others of its `.br`.
pub(super) fn append(binary: &Path, site: &Path, epoch: i64) -> Result<()> {
    let at = OffsetDateTime::from_unix_timestamp(epoch).context("read SOURCE_DATE_EPOCH")?;
    let at = DateTime::try_from(PrimitiveDateTime::new(at.date(), at.time()))
        .context("SOURCE_DATE_EPOCH is after 2107")?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(at)
        .unix_permissions(0o644);
    let mut file = File::options()
        .read(true)
        .write(true)
        .open(binary)
        .with_context(|| format!("open {}", binary.display()))?;
    file.seek(SeekFrom::End(0)).context("find a binary's end")?;
    let mut archive = ZipWriter::new(file);
    let files = site::walk(site)?;
    let is_made = |path: &Path| {
        let original = match path.extension() {
            Some(kind) if kind == "gz" => path.with_extension(""),
            _ => path.to_owned(),
        };
        let mut smallest = original.into_os_string();
        smallest.push(".br");
        files.iter().any(|file| file.as_os_str() == smallest)
    };
    for path in files.iter().filter(|path| !is_made(path)) {
        let name = path
            .strip_prefix(site)
            .context("a file is outside of its site")?;
        archive
            .start_file(name.to_string_lossy(), options)
            .with_context(|| format!("pack {}", path.display()))?;
        let bytes = fs::read(path).with_context(|| format!("read {}", path.display()))?;
        archive
            .write_all(&bytes)
            .with_context(|| format!("pack {}", path.display()))?;
    }
    archive.finish().context("write the site's directory")?;
    Ok(())
}
