//! An answer as bytes, ready to be sent.

use std::{
    any::Any,
    io::Write,
    sync::{Arc, OnceLock},
};

use ::cache::{MemoryStep, Trail};
use axum::http::HeaderValue;
use bytes::{BufMut, Bytes, BytesMut};
use xxhash_rust::xxh3::xxh3_128;

use crate::{Fault, FromJson, cache_status};

/// The bytes before the content in the shared tier: flags, version and hash.
const HEAD: usize = 1 + 8 + 8;

/// An answer with the metadata that a response needs. Each coding is made once, when it is first
/// requested, with its entity tag.
#[derive(Debug)]
pub struct Representation {
    identity: Encoded,
    gzip: OnceLock<Encoded>,
    brotli: OnceLock<Encoded>,
    zstd: OnceLock<Encoded>,
    found: bool,
    /// The upper half of the content's XXH3-128.
    hash: u64,
    /// The entity tag without quotes and coding.
    tag: String,
    version: Option<i64>,
    hit_status: OnceLock<HeaderValue>,
    /// The value that the content was first read as; `None` if it could not be parsed.
    value: OnceLock<Option<Value>>,
}

type Value = Arc<dyn Any + Send + Sync>;

/// An answer in one coding. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Encoded {
    /// The bytes.
    pub bytes: Bytes,
    /// The coding that they are in.
    pub coding: Coding,
    /// The entity tag, as the value of `ETag`.
    pub etag: HeaderValue,
}

/// A content coding (RFC 9110, section 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// No coding.
    Identity,
    /// gzip, RFC 1952.
    Gzip,
    /// Brotli, RFC 7932.
    Brotli,
    /// Zstandard, RFC 8878.
    Zstd,
}

impl Coding {
    /// Its name in `Content-Encoding`; `None` for identity.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
            Self::Zstd => Some("zstd"),
        }
    }
}

impl Representation {
    /// The representation of a row, with its version, or of a list or a page, without one.
    /// `content` is JSON or HTML; `found` says whether the row or page exists.
    pub fn new(content: Bytes, found: bool, version: Option<i64>) -> Self {
        // Half of the hash is enough to distinguish contents.
        let hash = u64::try_from(xxh3_128(&content) >> 64).unwrap_or_default();
        Self::hashed(content, found, version, hash)
    }

    fn hashed(content: Bytes, found: bool, version: Option<i64>, hash: u64) -> Self {
        let tag = version.map_or(format!("{hash:016x}"), |version| {
            format!("{version}-{hash:016x}")
        });
        Self {
            identity: Encoded::new(content, &tag, Coding::Identity),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            zstd: OnceLock::new(),
            found,
            hash,
            tag,
            version,
            hit_status: OnceLock::new(),
            value: OnceLock::new(),
        }
    }

    /// The value in the content, which is JSON. The first read parses it; later reads as the same
    /// type share the result.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if the row or page does not exist; [`Fault::Unavailable`] if the content
    /// does not parse as a `T`, which is logged.
    pub fn read<T: FromJson>(&self) -> Result<Arc<T>, Fault> {
        if !self.found {
            return Err(Fault::NotFound);
        }
        let first = self.value.get_or_init(|| {
            let value: Option<Arc<T>> = self.parse();
            value.map(|value| value as Value)
        });
        let value = first.clone().and_then(|value| value.downcast().ok());
        // It was first read as another type.
        value.or_else(|| self.parse()).ok_or(Fault::Unavailable)
    }

    fn parse<T: FromJson>(&self) -> Option<Arc<T>> {
        let text = std::str::from_utf8(self.content()).unwrap_or_default();
        match T::from_json(text) {
            Ok(value) => Some(Arc::new(value)),
            Err(error) => {
                tracing::error!(?error, "cannot parse an answer as its type");
                None
            }
        }
    }

    /// `Cache-Status` for this answer, cached under a key. The header of a plain memory hit is always
    /// the same, so it is built once.
    pub fn cache_status(&self, trail: &Trail, key: &str) -> HeaderValue {
        let is_plain = trail.memory == MemoryStep::Hit
            && !trail.joined
            && trail.load.is_none()
            && !trail.cut_off;
        if is_plain {
            let built = || cache_status::write(trail, key);
            return self.hit_status.get_or_init(built).clone();
        }
        cache_status::write(trail, key)
    }

    /// The content: JSON, or HTML.
    pub fn content(&self) -> &Bytes {
        &self.identity.bytes
    }

    /// Whether the row or page exists.
    pub fn found(&self) -> bool {
        self.found
    }

    /// The version of the row; `None` for a list or a page.
    pub fn version(&self) -> Option<i64> {
        self.version
    }

    /// Roughly how many bytes of memory it takes if it is never read as a value: a page.
    pub fn weight_of_bytes(&self) -> usize {
        // The codings, made later, add about a third.
        self.content().len() * 4 / 3 + self.tag.len() + size_of::<Self>()
    }

    /// The codings that have been made so far, with their sizes in bytes.
    pub fn ready(&self) -> Vec<(Coding, usize)> {
        let made = [
            (Coding::Identity, Some(&self.identity)),
            (Coding::Gzip, self.gzip.get()),
            (Coding::Brotli, self.brotli.get()),
            (Coding::Zstd, self.zstd.get()),
        ];
        let ready = made.into_iter();
        ready
            .filter_map(|(coding, encoded)| Some((coding, encoded?)))
            .filter(|(coding, encoded)| encoded.coding == *coding)
            .map(|(coding, encoded)| (coding, encoded.bytes.len()))
            .collect()
    }

    /// Whether the content in a coding is there, or takes no time to be made.
    pub(crate) fn is_ready(&self, coding: Coding) -> bool {
        const SMALL: usize = 4 << 10;
        let made = match coding {
            Coding::Identity => return true,
            Coding::Gzip => &self.gzip,
            Coding::Brotli => &self.brotli,
            Coding::Zstd => &self.zstd,
        };
        self.content().len() < SMALL || made.get().is_some()
    }

    /// The content in the given coding, or as it is if that is no larger, as with little content.
    pub fn encoded(&self, coding: Coding) -> &Encoded {
        let encode = |encode: fn(&[u8]) -> Bytes| {
            let bytes = encode(self.content());
            if bytes.len() < self.content().len() {
                Encoded::new(bytes, &self.tag, coding)
            } else {
                self.identity.clone()
            }
        };
        match coding {
            Coding::Identity => &self.identity,
            Coding::Gzip => self.gzip.get_or_init(|| encode(gzip)),
            Coding::Brotli => self.brotli.get_or_init(|| encode(brotli)),
            Coding::Zstd => self.zstd.get_or_init(|| encode(zstd)),
        }
    }
}

impl Encoded {
    fn new(bytes: Bytes, tag: &str, coding: Coding) -> Self {
        let etag = match coding.name() {
            Some(name) => format!("\"{tag}-{name}\""),
            None => format!("\"{tag}\""),
        };
        Self {
            bytes,
            coding,
            // Always valid: only hexadecimal digits, a sign, dashes and a coding's name, in quotes.
            etag: HeaderValue::try_from(etag).unwrap_or(HeaderValue::from_static("\"\"")),
        }
    }
}

impl ::cache::Body for Representation {
    fn encode(&self) -> Bytes {
        let content = self.content();
        let mut bytes = BytesMut::with_capacity(HEAD + content.len());
        bytes.put_u8(u8::from(self.found) | u8::from(self.version.is_some()) << 1);
        bytes.put_i64_le(self.version.unwrap_or_default());
        bytes.put_u64_le(self.hash);
        bytes.put_slice(content);
        bytes.freeze()
    }

    fn decode(bytes: Bytes) -> Option<Self> {
        let head: &[u8; HEAD] = bytes.first_chunk()?;
        let [flags, rest @ ..] = head;
        let (version, hash) = rest.split_first_chunk()?;
        let version = i64::from_le_bytes(*version);
        // The whole entry was checked for corruption before, so the hash need not be computed
        // again.
        let hash = u64::from_le_bytes(*hash.first_chunk()?);
        Some(Self::hashed(
            bytes.slice(HEAD..),
            flags & 1 != 0,
            (flags & 2 != 0).then_some(version),
            hash,
        ))
    }

    fn is_same(&self, other: &Self) -> bool {
        self.found == other.found && self.hash == other.hash
    }

    fn weight(&self) -> usize {
        // The value, parsed later, takes about as much as its text.
        self.weight_of_bytes() + self.content().len()
    }
}

fn gzip(content: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    // Writing into memory cannot fail.
    let _ = encoder.write_all(content);
    fitted(encoder.finish().unwrap_or_default())
}

fn brotli(content: &[u8]) -> Bytes {
    let mut encoded = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 5,
        ..Default::default()
    };
    // Writing into memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &*content, &mut encoded, &parameters);
    fitted(encoded)
}

fn zstd(content: &[u8]) -> Bytes {
    // Takes about as long as the other codings.
    const LEVEL: i32 = 9;
    // Writing into memory cannot fail.
    fitted(zstd::bulk::compress(content, LEVEL).unwrap_or_default())
}

/// Drops the spare capacity, because the bytes are cached for a long time.
fn fitted(mut encoded: Vec<u8>) -> Bytes {
    encoded.shrink_to_fit();
    encoded.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_that_no_coding_makes_smaller_is_sent_as_it_is() {
        const CODINGS: [Coding; 3] = [Coding::Gzip, Coding::Brotli, Coding::Zstd];
        let little = Representation::new(r#"{"count":7}"#.into(), true, None);
        let much = Representation::new(r#"{"count":7}"#.repeat(40).into(), true, None);
        for coding in CODINGS {
            let encoded = little.encoded(coding);
            assert_eq!(encoded.coding, Coding::Identity);
            assert_eq!(encoded.bytes, little.content());
            assert_eq!(encoded.etag, little.encoded(Coding::Identity).etag);
            let encoded = much.encoded(coding);
            assert_eq!(encoded.coding, coding);
            assert!(encoded.bytes.len() < much.content().len());
        }
        let made = |body: &Representation| body.ready().len();
        assert_eq!((made(&little), made(&much)), (1, 1 + CODINGS.len()));
    }
}
