//! A hash of rows that does not depend on their order, which databases and collations see
//! differently.

use std::fmt;

use sea_query::Value;
use sha2::{Digest as _, Sha256};

/// The sum of the SHA-256 hashes of rows. (This finds what was lost or altered by accident; it is
/// no signature.)
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Digest([u8; 32]);

impl Digest {
    pub(super) fn add(&mut self, row: &[Value]) {
        let mut hash = Sha256::new();
        for value in row {
            write(&mut hash, value);
        }
        let mut carry = 0;
        for (sum, byte) in self.0.iter_mut().zip(hash.finalize()) {
            let both = u16::from(*sum) + u16::from(byte) + carry;
            carry = both >> 8;
            *sum = both.to_le_bytes()[0];
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A value with its kind and its length, so that no two rows have the same bytes.
fn write(hash: &mut Sha256, value: &Value) {
    let mut part = |kind: u8, bytes: &[u8]| {
        hash.update([kind]);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    match value {
        Value::BigInt(Some(n)) => part(1, &n.to_le_bytes()),
        Value::Double(Some(n)) => part(2, &n.to_bits().to_le_bytes()),
        Value::String(Some(text)) => part(3, text.as_bytes()),
        // Rows are read as these three kinds.
        _ => part(0, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(rows: &[&[&str]]) -> String {
        let mut digest = Digest::default();
        for row in rows {
            let row: Vec<Value> = row.iter().map(|text| (*text).into()).collect();
            digest.add(&row);
        }
        digest.to_string()
    }

    #[test]
    fn the_order_of_rows_does_not_matter_but_every_value_does() {
        let both = hash(&[&["a", "b"], &["c", "d"]]);
        assert_eq!(both, hash(&[&["c", "d"], &["a", "b"]]));
        for other in [
            hash(&[&["a", "b"]]),
            hash(&[&["a", "b"], &["c", "d"], &["c", "d"]]),
            hash(&[&["a", "bc"], &["", "d"]]),
            hash(&[&["ab", ""], &["c", "d"]]),
        ] {
            assert_ne!(both, other);
        }
    }
}
