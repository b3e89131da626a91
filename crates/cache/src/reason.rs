//! Why an answer was not a hit.

use std::{fmt, sync::Arc};

/// Why a tier did not have an answer that it could give. The list is closed: headers, logs,
/// metrics, traces and the inspector all show these, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The tier never had it, as far as this node knows.
    Cold,
    /// It had outlived its lifetime; for a caller that needs one that is not due, its interval.
    Expired,
    /// The tier had it and dropped it: there was no room, or the tier was emptied.
    Evicted,
    /// A change since then touches it.
    Touched(Arc<Touched>),
    /// The log in memory does not reach back to its stamp, so nobody can tell.
    LogBehind,
    /// The node had no lease when the caller arrived, so nobody can tell.
    NoLease,
    /// It is of a revision that this node has yet to follow.
    Ahead,
    /// Another ask has the same shortened key.
    Collision,
    /// What is stored there is not in this version's format.
    Schema,
    /// The shared tier did not respond.
    SharedAway,
    /// Answers to this ask are never stored; or the caller needs one of a snapshot of its own.
    Bypass,
    /// Too many callers are waiting, so this one was turned away.
    Refused,
}

/// The change that made an answer outdated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// The revision of the change.
    pub revision: u64,
    /// When it was logged, in milliseconds since 1970, if the log says so.
    pub at: Option<u64>,
    /// The catalogue of the row that was edited.
    pub catalogue: &'static str,
    /// The row that was edited; `None` if any row of the catalogue may have been.
    pub id: Option<i64>,
    /// What the edit changed, and who made it.
    pub cause: Cause,
}

/// What an edit changed, and who made it, as far as the change log tells. People read this; nothing
/// is decided by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Cause {
    /// Who made it; `None` for an edit that nobody signed, such as one from a database console.
    pub who: Option<Box<str>>,
    /// The names of the fields that it changed; empty if the row was added or removed.
    pub fields: Box<[Box<str>]>,
}

impl Reason {
    /// The names of all reasons.
    pub const NAMES: [&str; 12] = [
        "cold",
        "expired",
        "evicted",
        "touched",
        "log-behind",
        "no-lease",
        "ahead",
        "collision",
        "schema",
        "shared-away",
        "bypass",
        "refused",
    ];

    /// What the reasons mean: each the end of a sentence for people, which begins: the tier had no
    /// answer to give, because ….
    pub const MEANINGS: [&str; 12] = [
        "it never had one, as far as this node knows",
        "its lifetime was over; or it was due, and the caller needed one that is not",
        "there was no room for it, or the tier was emptied",
        "an edit since then touches it",
        "the log in memory does not reach back to its stamp, or belongs to another history",
        "the node had no lease when the request arrived",
        "it is of a revision that this node has yet to follow",
        "another question has the same shortened key",
        "what is stored there is not in this version's format",
        "the shared tier did not respond",
        "answers to this question are never stored; or a page needed one of a snapshot of its own",
        "too many requests are waiting",
    ];

    /// The names of those for which the tier had an answer, but not one that it could give.
    pub const STALE: [&str; 5] = ["expired", "touched", "log-behind", "no-lease", "ahead"];

    /// Its name, the same everywhere.
    pub fn name(&self) -> &'static str {
        Self::NAMES[self.place()]
    }

    /// Its place among [`NAMES`](Self::NAMES).
    fn place(&self) -> usize {
        match self {
            Self::Cold => 0,
            Self::Expired => 1,
            Self::Evicted => 2,
            Self::Touched(_) => 3,
            Self::LogBehind => 4,
            Self::NoLease => 5,
            Self::Ahead => 6,
            Self::Collision => 7,
            Self::Schema => 8,
            Self::SharedAway => 9,
            Self::Bypass => 10,
            Self::Refused => 11,
        }
    }

    /// What it means, one of [`MEANINGS`](Self::MEANINGS).
    pub fn meaning(&self) -> &'static str {
        Self::MEANINGS[self.place()]
    }

    /// The change that touched the answer, if that is the reason.
    pub fn touched(&self) -> Option<&Touched> {
        match self {
            Self::Touched(touched) => Some(touched),
            _ => None,
        }
    }

    /// Whether the tier had an answer, but not one that it could give.
    pub fn is_stale(&self) -> bool {
        Self::STALE.contains(&self.name())
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_name_of_its_own() {
        let touched = Touched {
            revision: 7,
            at: None,
            catalogue: "homes",
            id: Some(1),
            cause: Cause::default(),
        };
        let all = [
            Reason::Cold,
            Reason::Expired,
            Reason::Evicted,
            Reason::Touched(Arc::new(touched)),
            Reason::LogBehind,
            Reason::NoLease,
            Reason::Ahead,
            Reason::Collision,
            Reason::Schema,
            Reason::SharedAway,
            Reason::Bypass,
            Reason::Refused,
        ];
        assert_eq!(all.each_ref().map(Reason::name), Reason::NAMES);
        assert_eq!(
            all.each_ref().map(Reason::place),
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
        );
    }
}
