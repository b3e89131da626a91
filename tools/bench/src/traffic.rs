//! Traffic as readers send it.
//!
//! [`Addresses`] are canonical and ranked; [`Requests`] draws them by Zipf's law, each in one of its many spellings,
//! as people, forms and other sites write them. All of it follows from a seed.

mod address;
mod draw;
mod spelling;

pub use self::{
    address::{Address, Addresses, Kind, Stock},
    draw::{Request, Requests},
};
