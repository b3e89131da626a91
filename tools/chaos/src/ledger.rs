//! Which edits of the hot homes were begun and which were acknowledged.
//!
//! The edits of a home are numbered, and its price encodes the edit that it shows: it grows with the
//! number, and no two homes ever have the same price. Every edit names the version that it is based
//! on (`If-Match`), so an edit of unknown outcome cannot take effect after a later one.

use std::sync::atomic::{AtomicU64, Ordering};

/// Above every price that is generated.
const ZONE: u64 = 50_000_000;

/// What an edit adds to the price; the digits below it hold the home's index.
const STEP: u64 = 1_000;

/// How many edits have their price in one range that readers request.
pub(super) const RANGE: u64 = 10;

/// A home that is edited.
pub(super) struct Home {
    pub(super) id: u64,
    /// Its city, as the filter expects it.
    pub(super) city: String,
    issued: AtomicU64,
    acknowledged: AtomicU64,
}

/// All homes that are edited. A home is identified by its index here.
pub(super) struct Ledger {
    pub(super) homes: Vec<Home>,
}

/// The last acknowledged or the last begun edit of every home.
pub(super) type Edits = Vec<u64>;

impl Ledger {
    pub(super) fn new(homes: impl IntoIterator<Item = (u64, String)>) -> Self {
        let home = |(id, city)| Home {
            id,
            city,
            issued: AtomicU64::new(0),
            acknowledged: AtomicU64::new(0),
        };
        Self {
            homes: homes.into_iter().map(home).collect(),
        }
    }

    /// The number of a home's next edit. Call this before sending the edit.
    pub(super) fn issue(&self, home: usize) -> u64 {
        self.homes[home].issued.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Call this once the acknowledgement has arrived.
    pub(super) fn acknowledge(&self, home: usize, edit: u64) {
        self.homes[home]
            .acknowledged
            .fetch_max(edit, Ordering::SeqCst);
    }

    /// The last acknowledged edits. Read them before sending a request.
    pub(super) fn acknowledged(&self) -> Edits {
        let last = |home: &Home| home.acknowledged.load(Ordering::SeqCst);
        self.homes.iter().map(last).collect()
    }

    /// The last edits that were begun. Read them after the answer has arrived.
    pub(super) fn issued(&self) -> Edits {
        let last = |home: &Home| home.issued.load(Ordering::SeqCst);
        self.homes.iter().map(last).collect()
    }

    pub(super) fn place(&self, id: u64) -> Option<usize> {
        self.homes.iter().position(|home| home.id == id)
    }
}

/// What a home costs after an edit, in dollars.
pub(super) fn price(home: usize, edit: u64) -> u64 {
    ZONE + edit * STEP + home as u64
}

/// The home and the edit that a price encodes.
pub(super) fn edit_of(price: u64) -> Option<(usize, u64)> {
    let over = price.checked_sub(ZONE)?;
    Some((usize::try_from(over % STEP).ok()?, over / STEP))
}

/// Every eighth edit takes a home off the market; the next one brings it back.
pub(super) fn status(edit: u64) -> &'static str {
    if edit % 8 == 7 { "pending" } else { "active" }
}

/// The lowest and the highest price of a range, in dollars.
pub(super) fn range(number: u64) -> (u64, u64) {
    let lowest = ZONE + number * RANGE * STEP;
    (lowest, lowest + RANGE * STEP - 1)
}

/// The lowest price that a hot home can have.
pub(super) fn zone() -> u64 {
    ZONE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_encodes_its_home_and_its_edit() {
        for home in [0, 1, 19] {
            for edit in [0, 1, 7, 12_345] {
                assert_eq!(edit_of(price(home, edit)), Some((home, edit)));
                assert!(price(home, edit) < price(home, edit + 1));
                let (lowest, highest) = range(edit / RANGE);
                assert!((lowest..=highest).contains(&price(home, edit)));
            }
        }
        assert_eq!(edit_of(450_000), None);
    }

    #[test]
    fn an_acknowledgement_never_goes_back() {
        let ledger = Ledger::new([(42, "austin".to_owned())]);
        assert_eq!((ledger.issue(0), ledger.issue(0)), (1, 2));
        ledger.acknowledge(0, 2);
        ledger.acknowledge(0, 1);
        assert_eq!((ledger.acknowledged(), ledger.issued()), (vec![2], vec![2]));
    }
}
