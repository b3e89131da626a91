//! The kinds of violation, and the promises that they break.

use serde::{Serialize, Serializer};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Violation {
    /// An answer shows an older edit than the last acknowledged one.
    Stale,
    /// An edit is acknowledged with an answer that does not show it.
    OwnAnswerStale,
    Missing,
    Uninvited,
    /// The parts of a page are of different moments.
    Torn,
    /// An answer shows an edit that was never made.
    Invented,
    /// An answer says that its node is cut off although it is not.
    MarkedWithoutReason,
    /// A node that can reach the database answers 5xx.
    Error,
    /// A node that is up does not answer.
    Silence,
    /// A valid request is answered 4xx.
    Refused,
    Unreadable,
    /// More or less than one load of a cold key.
    ColdLoads,
    ColdUnanswered,
    /// Redis is back but not used again.
    NotShared,
    /// Everything is healed but a node is not ready.
    NotRecovered,
    /// A node ended by itself.
    Ended,
    /// A node that was told to end did not end well.
    NotStopped,
}

/// The promises of a cluster: each is a test that passes or fails, and a row of the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Promise {
    Fresh,
    Lists,
    Marks,
    Answers,
    OneLoad,
    Sound,
}

impl Violation {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Stale => "stale after acknowledgement",
            Self::OwnAnswerStale => "an edit's own answer is stale",
            Self::Missing => "missing from a list",
            Self::Uninvited => "on a list that it does not match",
            Self::Torn => "a page that contradicts itself",
            Self::Invented => "an edit that nobody made",
            Self::MarkedWithoutReason => "marked without reason",
            Self::Error => "5xx of a node that reaches the database",
            Self::Silence => "no answer of a node that is up",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
            Self::ColdLoads => "more or less than one load of a cold key",
            Self::ColdUnanswered => "no answer to a cold key",
            Self::NotShared => "Redis not used again",
            Self::NotRecovered => "not recovered",
            Self::Ended => "a node ended by itself",
            Self::NotStopped => "a node did not stop well",
        }
    }

    pub(super) fn promise(self) -> Promise {
        match self {
            Self::Stale | Self::OwnAnswerStale => Promise::Fresh,
            Self::Missing | Self::Uninvited | Self::Torn => Promise::Lists,
            Self::MarkedWithoutReason => Promise::Marks,
            Self::Error | Self::Silence => Promise::Answers,
            Self::ColdLoads | Self::ColdUnanswered => Promise::OneLoad,
            Self::Invented
            | Self::Refused
            | Self::Unreadable
            | Self::NotShared
            | Self::NotRecovered
            | Self::Ended
            | Self::NotStopped => Promise::Sound,
        }
    }
}

impl Promise {
    pub(super) const ALL: [Self; 6] = [
        Self::Fresh,
        Self::Lists,
        Self::Marks,
        Self::Answers,
        Self::OneLoad,
        Self::Sound,
    ];

    /// What the table calls its violations.
    pub(super) fn broken(self) -> &'static str {
        match self {
            Self::Fresh => "stale after acknowledgement",
            Self::Lists => "wrong on a list",
            Self::Marks => "marked without reason",
            Self::Answers => "errors of nodes that reach the database",
            Self::OneLoad => "cold keys with other than one load",
            Self::Sound => "anything else",
        }
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
