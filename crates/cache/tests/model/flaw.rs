//! The protocol's rules, each of which can be left out, to see that the checker misses it.

/// A mistake that the protocol could have: in what is believed, in the lease, or in the
/// acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Whatever is found under the key is believed.
    BelievesByKey,
    /// A load that an asker joins is believed, whenever it began.
    BelievesJoinedLoads,
    /// A lease never ends.
    LeaseNeverEnds,
    /// Belief needs no lease.
    BelievesWithoutLease,
    /// The lease counts from the arrival of the confirmation, not from before it was sent.
    LeaseFromReply,
    /// A lease is granted before the changes up to the confirmed revision are applied.
    LeaseBeforeChanges,
    /// A node puts itself on the list once it has a lease, rather than before.
    RegistersAfterLease,
    /// A node that was struck off the list is confirmed all the same.
    LeaseThoughStruckOff,
    /// An edit is acknowledged when it is committed.
    AcknowledgesAtOnce,
    /// The nodes are listed before the commit.
    ListsBeforeCommit,
    /// A silent node is struck off without another look at its beat.
    StrikesOffUnseen,
    /// A node's silence is counted from the commit, even if it was listed long after it.
    SilenceSinceCommit,
    /// A node that registers anew counts its beats from the same number again.
    BeatsStartAgain,
}
