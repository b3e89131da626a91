//! An answer as bytes, ready to be sent.

use std::{io::Write, sync::OnceLock};

use bytes::{BufMut, Bytes, BytesMut};
use xxhash_rust::xxh3::xxh3_128;

/// A JSON answer with what a response says of it. Encodings are made when first asked for, once.
#[derive(Debug)]
pub struct Representation {
    json: Bytes,
    found: bool,
    etag: String,
    version: Option<i64>,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

/// A content coding (RFC 9110, section 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// None.
    Identity,
    /// gzip, RFC 1952.
    Gzip,
    /// Brotli, RFC 7932.
    Brotli,
}

impl Coding {
    /// Its name in `Content-Encoding`; none for identity.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }
}

impl Representation {
    /// A representation of a list (no version) or of a row.
    pub fn new(json: Bytes, found: bool, version: Option<i64>) -> Self {
        // Half of the hash is plenty to tell one content from another.
        let hash = u64::try_from(xxh3_128(&json) >> 64).unwrap_or_default();
        let etag = version.map_or(format!("{hash:016x}"), |version| {
            format!("{version}-{hash:016x}")
        });
        Self {
            json,
            found,
            etag,
            version,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    /// The JSON.
    pub fn json(&self) -> &Bytes {
        &self.json
    }

    /// Whether there is such a row or page.
    pub fn found(&self) -> bool {
        self.found
    }

    /// The version of the row; none for a list.
    pub fn version(&self) -> Option<i64> {
        self.version
    }

    /// The opaque part of the entity tag, in the given coding.
    pub fn etag(&self, coding: Coding) -> String {
        match coding.name() {
            Some(name) => format!("{}-{name}", self.etag),
            None => self.etag.clone(),
        }
    }

    /// The bytes in the given coding.
    pub fn bytes(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Identity => self.json.clone(),
            Coding::Gzip => self.gzip.get_or_init(|| gzip(&self.json)).clone(),
            Coding::Brotli => self.brotli.get_or_init(|| brotli(&self.json)).clone(),
        }
    }
}

impl cache::Body for Representation {
    fn encode(&self) -> Bytes {
        let mut bytes = BytesMut::with_capacity(self.json.len() + 9);
        bytes.put_u8(u8::from(self.found) | u8::from(self.version.is_some()) << 1);
        bytes.put_i64_le(self.version.unwrap_or_default());
        bytes.put_slice(&self.json);
        bytes.freeze()
    }

    fn decode(bytes: Bytes) -> Option<Self> {
        let flags = *bytes.first()?;
        let version = i64::from_le_bytes(bytes.get(1..9)?.try_into().ok()?);
        Some(Self::new(
            bytes.slice(9..),
            flags & 1 != 0,
            (flags & 2 != 0).then_some(version),
        ))
    }

    fn weight(&self) -> usize {
        // The encodings, made later, add about a third.
        self.json.len() * 4 / 3 + self.etag.len() + size_of::<Self>()
    }
}

fn gzip(content: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    // Writing into memory cannot fail.
    let _ = encoder.write_all(content);
    encoder.finish().unwrap_or_default().into()
}

fn brotli(content: &[u8]) -> Bytes {
    let mut encoded = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 5,
        ..Default::default()
    };
    // Writing into memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &*content, &mut encoded, &parameters);
    encoded.into()
}
