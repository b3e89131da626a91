//! The parts of a list page. They know a catalogue only by its declaration.

mod chips;
mod empty;
mod field;
mod form_state;
mod pager;
mod rail;
mod relax;
mod scale;
mod toolbar;

pub(crate) use chips::Chips;
pub(crate) use empty::{Empty, PastTheEnd, Refused};
pub(crate) use field::Field;
pub(crate) use form_state::FormState;
pub(crate) use pager::{Pager, pages};
pub(crate) use rail::Rail;
pub(crate) use relax::{Relaxed, relaxed};
pub(crate) use toolbar::{FiltersButton, Toolbar};
