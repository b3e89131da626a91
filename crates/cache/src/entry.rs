//! Entries: remembered answers that say themselves what they are.

use std::{
    sync::atomic::AtomicU64,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::{Loaded, Question, Stamp, log::Position};

/// The first bytes of an entry in the shared tier; the last one is the format's version.
const MAGIC: [u8; 4] = *b"HTH1";

/// An answer's content.
pub trait Body: Send + Sync + Sized + 'static {
    /// The content as bytes.
    fn encode(&self) -> Bytes;

    /// The content from bytes that [`encode`](Self::encode) made; `None` for any others.
    fn decode(bytes: Bytes) -> Option<Self>;

    /// Roughly how many bytes of memory the content takes.
    fn weight(&self) -> usize;
}

/// A remembered answer.
#[derive(Debug)]
pub struct Entry<Q, B> {
    /// What it answers.
    pub question: Q,
    /// The revision that it was read at.
    pub stamp: Stamp,
    /// The rows that it shows.
    pub shows: Box<[i64]>,
    /// The answer.
    pub body: B,
    /// When it was loaded, in milliseconds since 1970.
    loaded_at: u64,
    /// How far the log has been searched for changes that touch it.
    pub(crate) verified: AtomicU64,
}

#[derive(Serialize, Deserialize)]
struct Header<'a> {
    text: &'a str,
    stamp: Stamp,
    loaded_at: u64,
    shows: Vec<i64>,
}

impl<Q: Question, B: Body> Entry<Q, B> {
    pub(crate) fn new(question: Q, loaded: Loaded<B>) -> Self {
        Self {
            question,
            stamp: loaded.stamp,
            shows: loaded.shows.into(),
            body: loaded.body,
            loaded_at: unix_millis(),
            verified: AtomicU64::new(Position::NONE),
        }
    }

    /// How long ago the answer was loaded from the database, by this machine's clock.
    pub fn age(&self) -> Duration {
        Duration::from_millis(unix_millis().saturating_sub(self.loaded_at))
    }

    /// Roughly how many bytes of memory the entry takes.
    pub(crate) fn weight(&self) -> usize {
        let question = self.question.key().len() + self.question.text().len();
        question + self.body.weight() + self.shows.len() * size_of::<i64>() + size_of::<Self>()
    }

    /// The entry as the shared tier keeps it: magic, checksum, header length, header, body.
    pub(crate) fn encode(&self) -> Option<Bytes> {
        let header = Header {
            text: self.question.text(),
            stamp: self.stamp,
            loaded_at: self.loaded_at,
            shows: self.shows.to_vec(),
        };
        let header = postcard::to_stdvec(&header).ok()?;
        let body = self.body.encode();
        let mut content = Vec::with_capacity(16 + header.len() + body.len());
        content.extend_from_slice(&MAGIC);
        content.extend_from_slice(&[0; 8]);
        content.extend_from_slice(&u32::try_from(header.len()).ok()?.to_le_bytes());
        content.extend_from_slice(&header);
        content.extend_from_slice(&body);
        let checksum = xxh3_64(&content[12..]).to_le_bytes();
        content[4..12].copy_from_slice(&checksum);
        Some(content.into())
    }

    /// The entry from the shared tier's bytes, if they are whole and answer this very question.
    pub(crate) fn decode(question: &Q, bytes: &Bytes) -> Option<Self> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (checksum, content) = rest.split_first_chunk::<8>()?;
        if xxh3_64(content) != u64::from_le_bytes(*checksum) {
            return None;
        }
        let (length, content) = content.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let header: Header = postcard::from_bytes(content.get(..length)?).ok()?;
        if header.text != question.text() {
            return None;
        }
        Some(Self {
            question: question.clone(),
            stamp: header.stamp,
            shows: header.shows.into(),
            body: B::decode(bytes.slice(16 + length..))?,
            loaded_at: header.loaded_at,
            verified: AtomicU64::new(Position::NONE),
        })
    }
}

fn unix_millis() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
