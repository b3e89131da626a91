//! The other cached answers that a load can use: those in the memory tier.

use std::time::Duration;

use super::{Cached, Tiers};
use crate::{
    loaded::Loaded,
    origin::{Nearby, Origin},
    stamp::Stamp,
};

impl<O: Origin> Nearby<O> for Tiers<O> {
    fn right_at(&self, ask: &O::Ask, stamp: Stamp) -> Option<Cached<O>> {
        let entry = self.in_memory(ask)?;
        let right = !self.is_expired(&entry) && self.log.is_right_at(&entry, stamp);
        right.then_some(entry)
    }

    fn store_beside(&self, ask: O::Ask, loaded: Loaded<O::Ask, O::Body>, took: Duration) {
        self.store(&self.entry(ask, loaded, took));
    }
}
