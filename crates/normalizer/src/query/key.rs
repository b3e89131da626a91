//! The key under which every tier stores an answer.

use super::Query;
use crate::Schema;

/// A key up to this many bytes is used as it is.
const LONGEST: usize = 200;
/// This many bytes of a longer key stay readable.
const READABLE: usize = 160;

impl Query {
    /// The key of this query's list: `hearth:properties:v1:city=austin`.
    ///
    /// A key over 200 bytes is cut to its first 160, followed by `~` and the 32 hexadecimal digits
    /// of the whole key's XXH3-128. That hash does not resist an attacker, so store
    /// [`as_str`](Query::as_str) with the answer and compare it when reading.
    #[must_use]
    pub fn key(&self) -> String {
        shortened(prefix(self.schema, self.text.len()) + &self.text)
    }

    /// The key of another kind of answer to the same query: `hearth:properties:v1:@facets:city=austin`.
    #[must_use]
    pub fn key_of(&self, kind: &str) -> String {
        let mut key = prefix(self.schema, kind.len() + 2 + self.text.len());
        for part in ["@", kind, ":", &self.text] {
            key.push_str(part);
        }
        shortened(key)
    }
}

/// The key of one row: `hearth:properties:v1:@object:42`.
#[must_use]
pub fn object_key(schema: &Schema, id: i64) -> String {
    prefix(schema, 24) + "@object:" + &id.to_string()
}

fn prefix(schema: &Schema, more: usize) -> String {
    let mut key = String::with_capacity(schema.catalogue.len() + 20 + more);
    for part in ["hearth:", schema.catalogue, ":v"] {
        key.push_str(part);
    }
    key.push_str(&schema.version.to_string());
    key.push(':');
    key
}

fn shortened(mut key: String) -> String {
    if key.len() > LONGEST {
        let hash = xxhash_rust::xxh3::xxh3_128(key.as_bytes());
        key.truncate(key.floor_char_boundary(READABLE));
        key.push_str(&format!("~{hash:032x}"));
    }
    key
}
