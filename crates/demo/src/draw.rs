//! Random numbers for one row.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// 2026-11-01T00:00:00Z, the "today" of all rows: with a clock, every run would be different.
pub(super) const TODAY_MS: i64 = 1_793_491_200_000;

const DAY_MS: i64 = 86_400_000;
const TWO_YEARS_MS: f64 = 730.0 * DAY_MS as f64;

/// The kind of a row; rows of different kinds with the same index share nothing. Prose has a
/// separate kind, so that better wording does not change prices.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    World = 1,
    Property = 2,
    PropertyText = 3,
    Recipe = 4,
    RecipeOrder = 5,
    Agent = 6,
}

/// The generator of one row.
///
/// ChaCha, because its stream number can be the row's index: no state is carried from row to row.
/// Only its raw words are used, because `rand` may change how it turns them into ranges and
/// choices.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    pub(super) fn new(seed: u64, kind: Kind, index: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8] = kind as u8;
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(index);
        Self(rng)
    }

    /// A number from 0 up to, but not including, `end`; 0 if `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        // Multiply and shift: the bias is below one in ten million for the short lists here.
        ((u64::from(self.0.next_u32()) * end as u64) >> 32) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(0) as usize) as i64
    }

    /// A number from 0 up to, but not including, 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number from -1 to 1, more often near 0. A sum, because logarithms differ in the last bit
    /// between libraries.
    pub(super) fn bell(&mut self) -> f64 {
        (self.unit() + self.unit() + self.unit()) / 1.5 - 1.0
    }

    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// One of the values, each with a probability proportional to its weight.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(T, usize)]) -> T {
        let mut rest = self.below(from.iter().map(|(_, weight)| weight).sum());
        for &(value, weight) in from {
            if rest < weight {
                return value;
            }
            rest -= weight;
        }
        from[0].0
    }

    /// A time at least `min_days` and at most two years before today, more often recent.
    pub(super) fn created_at(&mut self, min_days: i64) -> i64 {
        let back = self.unit();
        let least = min_days * DAY_MS;
        TODAY_MS - least - (back * back * (TWO_YEARS_MS - least as f64)) as i64
    }

    /// How often a row was viewed: more for older rows, and very often for a few.
    pub(super) fn view_count(&mut self, created_at: i64) -> i64 {
        let days = ((TODAY_MS - created_at) / DAY_MS) as f64;
        let fame = self.unit();
        let fame = fame * fame * fame;
        ((3.0 + days.sqrt() * 9.0) * (0.15 + fame * fame * 12.0 + fame)) as i64
    }
}
