//! Stamps: the point in the database's history that an answer was read at.

use serde::{Deserialize, Serialize};

/// The revision that an answer was read at, and the tag that was drawn with it.
///
/// The tag distinguishes revisions of the same number: after the database is restored from a
/// backup, numbers are issued again, with different content and different tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The number of the last committed transaction with changes.
    pub revision: u64,
    /// 64 random bits drawn with that revision.
    pub tag: u64,
}

impl Stamp {
    /// A point that no log contains: an answer with this stamp is valid only for its own caller.
    pub const NOWHERE: Self = Self {
        revision: 0,
        tag: 0,
    };
}
