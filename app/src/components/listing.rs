//! The parts of a list's page, which know a catalogue by its declaration only.

mod asked;
mod chips;
mod empty;
mod field;
mod pager;
mod rail;
mod relax;
mod scale;
mod toolbar;

pub(crate) use asked::Asked;
pub(crate) use chips::Chips;
pub(crate) use empty::{Empty, PastTheEnd, Refused};
pub(crate) use field::Field;
pub(crate) use pager::Pager;
pub(crate) use rail::Rail;
pub(crate) use relax::{Relaxed, relaxed};
pub(crate) use toolbar::{FiltersButton, Toolbar};
