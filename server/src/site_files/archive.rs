//! A site in a zip archive, which may have a program in front of it.

use std::{
    collections::{HashMap, hash_map::Entry},
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
    sync::Arc,
    time::SystemTime,
};

use brotli::Decompressor;
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use time::PrimitiveDateTime;
use zip::ZipArchive;

use super::{COMPRESSED, Content, SiteFile};

/// How the last record of an archive begins, and its length without a comment. Packaging writes
/// none, so the record is the file's end.
const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: i64 = 22;

/// How much is decompressed at a time, in bytes.
const BUFFER: usize = 64 << 10;

/// The files of the archive that a file ends in, by name; `None` if it ends in no archive.
pub(super) fn read(mut file: File) -> io::Result<Option<HashMap<String, Arc<SiteFile>>>> {
    let mut end = [0; END.len()];
    // A shorter file is no archive.
    if file.seek(SeekFrom::End(-END_LENGTH)).is_err() {
        return Ok(None);
    }
    file.read_exact(&mut end)?;
    if end != END {
        return Ok(None);
    }
    let mut archive = ZipArchive::new(BufReader::new(file))?;
    let mut contents = HashMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        if entry.is_file() {
            let mut bytes = Vec::new();
            // Also compares the checksum.
            entry.read_to_end(&mut bytes)?;
            // Archives do not say of which zone their times are; packaging writes UTC.
            let modified = entry
                .last_modified()
                .and_then(|at| PrimitiveDateTime::try_from(at).ok());
            let modified = modified.map_or(SystemTime::UNIX_EPOCH, |at| at.assume_utc().into());
            contents.insert(entry.name()?.into_owned(), (Bytes::from(bytes), modified));
        }
    }
    // Of what packaging stores with brotli, it leaves out the other forms.
    let smallest: Vec<_> = contents
        .iter()
        .filter_map(|(name, (bytes, modified))| {
            let name = name.strip_suffix(".br")?.to_owned();
            Some((name, bytes.clone(), *modified))
        })
        .collect();
    for (name, bytes, modified) in smallest {
        let gzipped = format!("{name}.gz");
        if contents.contains_key(&name) && contents.contains_key(&gzipped) {
            continue;
        }
        let mut original = Vec::new();
        Decompressor::new(&*bytes, BUFFER).read_to_end(&mut original)?;
        if let Entry::Vacant(place) = contents.entry(gzipped) {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&original)?;
            place.insert((encoder.finish()?.into(), modified));
        }
        let place = contents.entry(name);
        place.or_insert_with(|| (original.into(), modified));
    }
    let file = |name: &String| {
        let (bytes, modified) = contents.get(name)?;
        let mut file = SiteFile::new(name, bytes.clone(), *modified);
        for (coding, ending) in COMPRESSED {
            if let Some((bytes, _)) = contents.get(&format!("{name}{ending}")) {
                file.compressed.push((coding, Content::new(bytes.clone())));
            }
        }
        Some((name.clone(), Arc::new(file)))
    };
    Ok(Some(contents.keys().filter_map(file).collect()))
}
