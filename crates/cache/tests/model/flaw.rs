//! The protocol's rules, each of which can be left out, to test that the checker notices.

/// A mistake that the protocol could have: in the rule of validity, in the lease, or in the
/// acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Any answer found under the key is valid.
    ValidByKey,
    /// The answer of a load that a caller joins is valid, whenever the load began.
    JoinedLoadsValid,
    /// A lease never ends.
    LeaseNeverEnds,
    /// Answers are valid without a lease.
    ValidWithoutLease,
    /// The lease counts from the arrival of the confirmation, not from before it was sent.
    LeaseFromReply,
    /// A lease is granted before the changes up to the confirmed revision are applied.
    LeaseBeforeChanges,
    /// A node registers once it has a lease, rather than before.
    RegistersAfterLease,
    /// A node that was struck off the list is confirmed anyway.
    LeaseWhileStruckOff,
    /// An edit is acknowledged when it is committed.
    AcknowledgesImmediately,
    /// The nodes are listed before the commit.
    ListsBeforeCommit,
    /// A silent node is struck off without checking its beat again.
    StrikesOffUnseen,
    /// A node's silence is counted from the commit, even if the node was listed long after it.
    SilenceSinceCommit,
    /// A node that registers again starts counting its beats from the same number.
    BeatsStartAgain,
}
