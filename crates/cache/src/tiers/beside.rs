//! What a load finds beside it: the memory tier.

use std::time::Duration;

use super::{Remembered, Tiers};
use crate::{
    loaded::Loaded,
    origin::{Nearby, Origin},
    stamp::Stamp,
};

impl<O: Origin> Nearby<O> for Tiers<O> {
    fn right_at(&self, ask: &O::Ask, stamp: Stamp) -> Option<Remembered<O>> {
        let entry = self.remembered(ask)?;
        let right = !self.is_expired(&entry) && self.log.is_right_at(&entry, stamp);
        right.then_some(entry)
    }

    fn keep(&self, ask: O::Ask, loaded: Loaded<O::Ask, O::Body>, took: Duration) {
        self.remember(&self.entry(ask, loaded, took));
    }
}
