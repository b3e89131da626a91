//! Which edits of the hot homes were begun and which were acknowledged.
//!
//! The edits of a home are numbered, and its price says which one it shows: it grows with the
//! number, and no two homes ever have the same one. Every edit names the version that it builds
//! upon (`If-Match`), so one of unknown outcome cannot come into effect after a later one did.

use std::sync::atomic::{AtomicU64, Ordering};

/// Above every price that is generated.
const ZONE: u64 = 50_000_000;

/// What an edit adds to the price: room for the home's own number below it.
const STEP: u64 = 1_000;

/// Edits whose price lies in one range that readers ask for.
pub(super) const RANGE: u64 = 10;

/// A home that is edited.
pub(super) struct Home {
    pub(super) id: u64,
    /// Its city, as the filter takes it.
    pub(super) city: String,
    issued: AtomicU64,
    acknowledged: AtomicU64,
}

/// All of them. A home is known by its place here.
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

    /// The number of the next edit of a home; to be called before it is sent.
    pub(super) fn issue(&self, home: usize) -> u64 {
        self.homes[home].issued.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// To be called once the acknowledgement has arrived.
    pub(super) fn acknowledge(&self, home: usize, edit: u64) {
        self.homes[home]
            .acknowledged
            .fetch_max(edit, Ordering::SeqCst);
    }

    /// The last acknowledged edits; to be taken before asking.
    pub(super) fn acknowledged(&self) -> Edits {
        let of = |home: &Home| home.acknowledged.load(Ordering::SeqCst);
        self.homes.iter().map(of).collect()
    }

    /// The last edits that were begun; to be taken after the answer.
    pub(super) fn issued(&self) -> Edits {
        let of = |home: &Home| home.issued.load(Ordering::SeqCst);
        self.homes.iter().map(of).collect()
    }

    pub(super) fn place(&self, id: u64) -> Option<usize> {
        self.homes.iter().position(|home| home.id == id)
    }
}

/// What a home costs after an edit, in dollars.
pub(super) fn price(home: usize, edit: u64) -> u64 {
    ZONE + edit * STEP + home as u64
}

/// The home and the edit that a price says.
pub(super) fn edit_of(price: u64) -> Option<(usize, u64)> {
    let over = price.checked_sub(ZONE)?;
    Some((usize::try_from(over % STEP).ok()?, over / STEP))
}

/// Now and then an edit takes a home off the market, the next one brings it back.
pub(super) fn status(edit: u64) -> &'static str {
    if edit % 8 == 7 { "pending" } else { "active" }
}

/// The lowest and the highest price of a range, in dollars.
pub(super) fn range(number: u64) -> (u64, u64) {
    let lowest = ZONE + number * RANGE * STEP;
    (lowest, lowest + RANGE * STEP - 1)
}

/// The least price of every hot home.
pub(super) fn zone() -> u64 {
    ZONE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_says_its_home_and_its_edit() {
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
