//! Stamps: the point in the database's history that an answer was read at.

use serde::{Deserialize, Serialize};

/// The revision that an answer was read at, and the tag that was drawn with it.
///
/// The tag tells a revision from another one of the same number: after the database was restored
/// from a backup, numbers are issued a second time, with other content and other tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The number of the last committed transaction with changes.
    pub revision: u64,
    /// 64 random bits drawn with that revision.
    pub tag: u64,
}

impl Stamp {
    /// No point that any log knows: an answer of this stamp is valid for nobody but its asker.
    pub const NOWHERE: Self = Self {
        revision: 0,
        tag: 0,
    };
}
