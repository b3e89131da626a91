//! The encoding of an entry in the shared tier.
//!
//! | bytes | content |
//! |---|---|
//! | 4 | `HTH` and the version of this encoding |
//! | 8 | XXH3-64 of everything that follows, little-endian |
//! | 4 | length of the header, little-endian |
//! | … | the header (postcard): the canonical URL, the stamp, times, the ids of the rows that it shows, how the body is packed |
//! | … | the body |
//!
//! Bytes that are not in this encoding, or that answer another ask, are a miss.

use std::{sync::atomic::AtomicU64, time::Duration};

use ask::Ask;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{Body, Entry};
use crate::{Reason, metric::Kind, position::Position, stamp::Stamp, times::Times};

/// The first bytes; the last one is the encoding's version.
pub(super) const MAGIC: [u8; 4] = *b"HTH4";

/// Where the checksummed part begins, and where the header does.
const CHECKED: usize = 12;
const HEADER: usize = 16;

/// Bodies of at least this size are compressed: below, compressing costs more than it saves.
const COMPRESSED_FROM: usize = 4 << 10;

/// Entries above this size are not cached, neither here nor in memory: one of them would evict
/// hundreds of others, and block the connection to Redis for all callers.
pub(crate) const ENTRY_LIMIT: usize = 4 << 20;

#[derive(Serialize, Deserialize)]
struct Header<'a> {
    url: &'a str,
    stamp: Stamp,
    loaded_at: u64,
    took_micros: u64,
    queries: u32,
    shows: Vec<i64>,
    /// The body's size before it was compressed by LZ4; `None` if it was not.
    unpacked: Option<u32>,
}

impl<Q: Ask, B: Body> Entry<Q, B> {
    /// The entry as the shared tier stores it; `None` if it is too large, or composed of others:
    /// those are cached by the node that composed them.
    pub fn encode(&self) -> Option<Bytes> {
        if !self.parts.is_empty() {
            return None;
        }
        let body = self.body.encode();
        if body.len() > ENTRY_LIMIT {
            return None;
        }
        let packed = (body.len() >= COMPRESSED_FROM)
            .then(|| lz4_flex::compress(&body))
            .filter(|packed| packed.len() < body.len());
        let header = Header {
            url: &self.ask.url(),
            stamp: self.stamp,
            loaded_at: self.loaded_at,
            took_micros: u64::try_from(self.took.as_micros()).unwrap_or(u64::MAX),
            queries: self.queries,
            shows: self.shows.to_vec(),
            unpacked: packed.as_ref().and_then(|_| body.len().try_into().ok()),
        };
        let header = postcard::to_stdvec(&header).ok()?;
        let body = packed.as_deref().unwrap_or(&body);
        let mut content = Vec::with_capacity(HEADER + header.len() + body.len());
        content.extend_from_slice(&MAGIC);
        content.extend_from_slice(&[0; 8]);
        content.extend_from_slice(&u32::try_from(header.len()).ok()?.to_le_bytes());
        content.extend_from_slice(&header);
        content.extend_from_slice(body);
        let checksum = xxh3_64(&content[CHECKED..]).to_le_bytes();
        content[MAGIC.len()..CHECKED].copy_from_slice(&checksum);
        Some(content.into())
    }

    /// The entry from the shared tier's bytes, if they are intact and answer exactly this ask.
    /// `revalidate` is the interval for policies that name none.
    ///
    /// # Errors
    /// [`Reason::Schema`] for anything that is not in this encoding, [`Reason::Collision`] if the
    /// bytes answer another ask.
    pub fn decode(ask: &Q, bytes: &Bytes, revalidate: Duration) -> Result<Self, Reason> {
        let (header, body) = read(bytes).ok_or(Reason::Schema)?;
        if header.url != ask.url() {
            return Err(Reason::Collision);
        }
        let body = match header.unpacked {
            None => Some(body),
            Some(size) => unpack(&body, size),
        };
        Ok(Self {
            times: Times::of(ask.policy(), header.loaded_at, revalidate),
            metrics: Kind::of(ask.catalogue(), ask.kind()),
            ask: ask.clone(),
            stamp: header.stamp,
            shows: header.shows.into(),
            parts: Box::default(),
            body: body.and_then(B::decode).ok_or(Reason::Schema)?,
            loaded_at: header.loaded_at,
            took: Duration::from_micros(header.took_micros),
            queries: header.queries,
            verified: AtomicU64::new(Position::NONE),
            refresh_from: AtomicU64::new(0),
        })
    }
}

/// The header and the body of intact bytes.
fn read(bytes: &Bytes) -> Option<(Header<'_>, Bytes)> {
    let rest = bytes.strip_prefix(&MAGIC)?;
    let (checksum, content) = rest.split_first_chunk::<8>()?;
    if xxh3_64(content) != u64::from_le_bytes(*checksum) {
        return None;
    }
    let (length, content) = content.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let header = postcard::from_bytes(content.get(..length)?).ok()?;
    Some((header, bytes.slice(HEADER + length..)))
}

/// Unpacks no more than an entry may have, whatever its header claims.
fn unpack(packed: &[u8], size: u32) -> Option<Bytes> {
    let size = usize::try_from(size).ok()?;
    if size > ENTRY_LIMIT {
        return None;
    }
    let unpacked = lz4_flex::decompress(packed, size).ok()?;
    (unpacked.len() == size).then(|| unpacked.into())
}
