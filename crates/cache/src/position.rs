//! How far a log has been followed.

/// Bits of a packed position that hold the revision; the rest hold the epoch.
const REVISION_BITS: u32 = 48;

/// How far a log has been followed. The epoch grows whenever the log is dropped, so that a
/// revision number from before is never compared with one from after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub(crate) epoch: u64,
    pub(crate) revision: u64,
}

impl Position {
    /// Before any revision of any epoch.
    pub(crate) const NONE: u64 = 0;

    pub(crate) fn packed(self) -> u64 {
        (self.epoch << REVISION_BITS) | (self.revision & ((1 << REVISION_BITS) - 1))
    }

    pub(crate) fn unpack(packed: u64) -> Self {
        Self {
            epoch: packed >> REVISION_BITS,
            revision: packed & ((1 << REVISION_BITS) - 1),
        }
    }
}
