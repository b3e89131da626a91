//! Whether an answer keeps the promise.
//!
//! In an answer, a home may show any edit from the last one that was acknowledged before the request
//! was sent up to the last one that was begun before the answer arrived. It must be on a list if it
//! matches after each of these edits, and must not be if it matches after none.

use super::{
    ask::{Ask, Shown},
    ledger::Ledger,
    violation::Violation,
};

/// What is wrong with an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wrong {
    /// It shows an older edit than the last acknowledged one.
    Stale { home: usize, noted: u64, got: u64 },
    /// It shows an edit that was never made.
    Invented { home: usize, begun: u64, got: u64 },
    /// A home that matches is not on the list.
    Missing { home: usize, noted: u64 },
    /// A home that does not match is on the list.
    Uninvited { home: usize, noted: u64, got: u64 },
}

/// Checks an answer against the edits acknowledged before its request and those begun before it arrived.
pub(super) fn check(
    ledger: &Ledger,
    ask: Ask,
    acknowledged: &[u64],
    begun: &[u64],
    shown: &[Shown],
) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for home in 0..ledger.homes.len() {
        let (noted, begun) = (acknowledged[home], begun[home]);
        let mut possible = noted..=begun;
        let found = shown.iter().find(|shown| shown.home == home);
        match found.map(|shown| shown.edit) {
            Some(got) if got < noted => wrong.push(Wrong::Stale { home, noted, got }),
            Some(got) if got > begun => wrong.push(Wrong::Invented { home, begun, got }),
            Some(got) if !ask.shows(ledger, home, got) => {
                wrong.push(Wrong::Uninvited { home, noted, got });
            }
            Some(_) => {}
            None if possible.all(|edit| ask.shows(ledger, home, edit)) => {
                wrong.push(Wrong::Missing { home, noted });
            }
            None => {}
        }
    }
    wrong
}

impl Wrong {
    pub(super) fn kind(self) -> Violation {
        match self {
            Self::Stale { .. } => Violation::Stale,
            Self::Invented { .. } => Violation::Invented,
            Self::Missing { .. } => Violation::Missing,
            Self::Uninvited { .. } => Violation::Uninvited,
        }
    }

    /// Whether a marked answer may be wrong in this way.
    pub(super) fn is_age(self) -> bool {
        !matches!(self, Self::Invented { .. })
    }

    pub(super) fn in_words(self, ledger: &Ledger) -> String {
        let id = |home: usize| ledger.homes[home].id;
        match self {
            Self::Stale { home, noted, got } => {
                format!(
                    "home {}: edit {noted} was acknowledged, edit {got} is shown",
                    id(home)
                )
            }
            Self::Invented { home, begun, got } => {
                format!(
                    "home {}: edit {begun} is the last, edit {got} is shown",
                    id(home)
                )
            }
            Self::Missing { home, noted } => {
                format!(
                    "home {}: edit {noted} was acknowledged, but it is not listed",
                    id(home)
                )
            }
            Self::Uninvited { home, noted, got } => format!(
                "home {}: edit {noted} was acknowledged, edit {got} is listed where it does not belong",
                id(home)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ask::Listing, ledger::RANGE};

    fn found(ask: Ask, noted: u64, begun: u64, shown: Option<u64>) -> Vec<Wrong> {
        let ledger = Ledger::new([(7, "austin".to_owned())]);
        let shown: Vec<Shown> = shown
            .map(|edit| Shown { home: 0, edit })
            .into_iter()
            .collect();
        check(&ledger, ask, &[noted], &[begun], &shown)
    }

    #[test]
    fn acknowledged_edits_must_be_shown() {
        let object = Ask::Object(0);
        let stale = Wrong::Stale {
            home: 0,
            noted: 4,
            got: 3,
        };
        assert_eq!(found(object, 4, 4, Some(3)), [stale]);
        assert_eq!(found(object, 4, 6, Some(3)), [stale]);
        assert_eq!(found(object, 4, 4, Some(4)), []);
        assert_eq!(found(object, 4, 6, Some(6)), [], "begun is allowed");
        let invented = Wrong::Invented {
            home: 0,
            begun: 6,
            got: 7,
        };
        assert_eq!(found(object, 4, 6, Some(7)), [invented]);
        assert_eq!(
            found(object, 4, 4, None),
            [Wrong::Missing { home: 0, noted: 4 }]
        );
    }

    #[test]
    fn a_list_contains_every_certain_match() {
        let first = Ask::List(Listing::Range(0));
        let second = Ask::List(Listing::Range(1));
        let last = RANGE - 1;
        let missing = |noted| [Wrong::Missing { home: 0, noted }];
        assert_eq!(found(first, 3, 3, None), missing(3));
        assert_eq!(found(second, RANGE, RANGE, None), missing(RANGE));
        assert_eq!(found(first, 3, 3, Some(3)), []);
        assert_eq!(found(second, 3, 3, None), []);
        // While an edit that moves the home is in progress, both are right.
        assert_eq!(found(first, last, RANGE, Some(last)), []);
        assert_eq!(found(first, last, RANGE, None), []);
        assert_eq!(found(second, last, RANGE, None), []);
        assert_eq!(found(second, last, RANGE, Some(RANGE)), []);
    }

    #[test]
    fn a_list_contains_nothing_else() {
        let first = Ask::List(Listing::Range(0));
        let uninvited = Wrong::Uninvited {
            home: 0,
            noted: RANGE,
            got: RANGE,
        };
        assert_eq!(found(first, RANGE, RANGE, Some(RANGE)), [uninvited]);
        let stale = found(first, RANGE, RANGE, Some(RANGE - 1));
        assert_eq!(stale[0].kind(), Violation::Stale);
        // The seventh edit takes the home off the market.
        assert_eq!(found(first, 7, 7, None), []);
        assert_eq!(found(Ask::List(Listing::Pending), 7, 7, Some(7)), []);
        let pending = found(Ask::List(Listing::Pending), 8, 8, None);
        assert_eq!(pending, []);
    }
}
